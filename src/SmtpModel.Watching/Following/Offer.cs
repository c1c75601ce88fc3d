using System.Collections.Concurrent;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>What a server has offered, with the profile that is composed of it.</summary>
/// <param name="Services">The list; null where it is not known what was offered, as behind a gap.</param>
/// <param name="Grounds">The profile.</param>
internal sealed record Offer(ServiceOffer? Services, Grounds Grounds)
{
    public bool IsKnown => Services is not null;

    public bool Pipelines { get; } = Services?.Lists(Rfc2920.Part.Extension!.Keyword) == true;

    public bool TakesEightBits { get; } =
        Services is null || Services.Lists(Rfc6152.Part.Extension!.Keyword) || Services.Lists(Rfc6531.Part.Extension!.Keyword);

    public bool TakesUtf8 { get; } = Services is null || Services.Lists(Rfc6531.Part.Extension!.Keyword);

    /// <summary>Whether there is a keyword among them that no standard of this specification has: it may bring parameters, verbs and
    /// replies.</summary>
    public bool HasUnknown { get; } = Services is not null && Services.Services.Any(service => !OfferBook.IsKnown(service.Keyword));

    /// <summary>The lines that are not written as the standard of their keyword has it, each with the rule.</summary>
    public IReadOnlyList<(Rule Rule, string Line, string Syntax)> Odd { get; } = [.. from extension in Grounds.Table.Extensions
        where extension.Form is not null
        let service = Services?[extension.Keyword]
        where service is not null && !OfferJudge.IsWritten(extension, service)
        select (extension.Form, service.ToString(), OfferJudge.Line(extension))];

    /// <summary>Whether an extension is offered; AUTH= is how servers wrote AUTH before it was a standard.</summary>
    public bool Lists(string keyword) => Services is null || Services.Lists(keyword)
        || Services.Services.Any(service => service.Keyword.StartsWith(keyword + "=", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The offers that were read, each list once: servers say the same in every session. Not safe for use by several
/// threads.</summary>
internal sealed class OfferBook
{
    private const int MostLists = 1000;
    private const int MostProfiles = 48;

    private static readonly HashSet<string> Known = Profiles
        .Every.Select(part => part.Extension!.Keyword)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    // commands that every receiver has, or may have, and some list all the same
    private static readonly HashSet<string> Harmless = new(
        ["HELP", "EXPN", "VRFY", "ETRN", "SEND", "SAML", "SOML", "TURN"],
        StringComparer.OrdinalIgnoreCase
    );

    // what changes how octets are read, or where the session goes: composed however many profiles there are by then
    private static readonly string[] Framing =
    [
        Rfc2920.Part.Extension!.Keyword, Rfc3207.Part.Extension!.Keyword, Rfc4954.Part.Extension!.Keyword, Rfc3030.Part.Extension!.Keyword,
    ];

    private readonly Dictionary<Profile, Dictionary<byte[], Offer>.AlternateLookup<ReadOnlySpan<byte>>> _lists = [];

    // worked out once for all books
    private static readonly ConcurrentDictionary<Profile, Lazy<Grounds>> Prepared = new();
    private readonly Dictionary<(Grounds, Grounds), StateSet[]> _maps = [];

    public static bool IsKnown(string keyword) => Known.Contains(keyword) || Harmless.Contains(keyword);

    public static Grounds Of(Profile profile) => Prepared.GetOrAdd(profile, static one => new Lazy<Grounds>(() => new Grounds(one))).Value;

    /// <summary>The offer in a reply to EHLO.</summary>
    /// <param name="reply">The reply's octets.</param>
    /// <param name="profile">What it comes on top of.</param>
    public Offer Read(ReadOnlySpan<byte> reply, Profile profile)
    {
        // the first line has a name and a greeting, which may be another one each time
        var rest = reply[(reply.IndexOf((byte)'\n') + 1)..];
        if (!_lists.TryGetValue(profile, out var lists))
        {
            _lists[profile] = lists = new Dictionary<byte[], Offer>(new OctetComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        if (lists.TryGetValue(rest, out var known))
        {
            return known;
        }

        var reader = new ReplyReader();
        _ = reader.Feed(reply);
        var services = reader.Reply is { } whole ? ServiceOffer.Read(whole) : ServiceOffer.None;
        var offer = new Offer(services, Composed(profile, services.Services.Select(service => service.Keyword)));
        if (lists.Dictionary.Count < MostLists)
        {
            lists[rest] = offer;
        }

        return offer;
    }

    /// <summary>An offer of which nothing is known: everything may be in it.</summary>
    public static Offer Unknown(Profile profile) => new(null, Of(Fit(profile, Framing)));

    /// <summary>The same offer on grounds that also have an extension which was not offered, so that what is done with it can be
    /// followed.</summary>
    public static Offer With(Offer offer, string keyword) => new(offer.Services, Of(Fit(offer.Grounds.Profile, [keyword])));

    public StateSet Map(StateSet states, Grounds from, Grounds to)
    {
        if (from == to || states.IsEmpty)
        {
            return states;
        }

        if (!_maps.TryGetValue((from, to), out var map))
        {
            _maps[(from, to)] = map = [
                .. Enumerable.Range(0, from.Table.AllStates.Count).Select(state => from.Map(StateSet.Of(state), to)),
            ];
        }

        return states.Indexes().Aggregate(StateSet.None, (set, state) => set.Union(map[state]));
    }

    private static Grounds Composed(Profile profile, IEnumerable<string> keywords) =>
        Of(Fit(profile, Prepared.Count < MostProfiles ? keywords : keywords.Intersect(Framing, StringComparer.OrdinalIgnoreCase)));

    // sets of states hold 64: where everything at once is more than that, what is offered and seldom used is left out
    private static Profile Fit(Profile profile, IEnumerable<string> keywords)
    {
        var chosen = keywords.ToList();
        var composed = Profiles.Extended(profile, chosen);
        for (var drop = Framing.Length - 1; composed.Table.AllStates.Count > 64 && drop >= 0; drop--)
        {
            chosen.RemoveAll(keyword => string.Equals(keyword, Framing[drop], StringComparison.OrdinalIgnoreCase));
            composed = Profiles.Extended(profile, chosen);
        }

        return composed;
    }

    private sealed class OctetComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] octets) => GetHashCode(octets.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
