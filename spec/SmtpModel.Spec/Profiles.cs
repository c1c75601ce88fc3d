using System.Collections.Concurrent;
using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>The profiles this specification has, and those that are composed of a base and extensions.</summary>
public static class Profiles
{
    private static readonly ConcurrentDictionary<string, Profile> ComposedBefore = new(StringComparer.Ordinal);

    /// <summary>RFC 821 and nothing else.</summary>
    public static readonly Profile Rfc821 = new("rfc821", "RFC 821, August 1982", Spec.Rfc821.Part);

    /// <summary>RFC 5321 without extensions.</summary>
    public static readonly Profile Rfc5321 = Rfc821.With(
        "rfc5321",
        "RFC 5321, October 2008, without extensions",
        Spec.Rfc5321.Part,
        Rfc7504.Part
    );

    /// <summary>The extensions of the profiles of <see cref="All"/>: what may be put on top of <see cref="Rfc5321"/>, in any
    /// choice.</summary>
    public static IReadOnlyList<ProfilePart> Extensions { get; } =
    [
        Rfc6152.Part, Rfc3461.Part, Rfc2034.Part, Rfc1985.Part, Rfc2920.Part, Rfc1870.Part, Rfc6531.Part, Rfc3207.Part, Rfc4954.Part,
    ];

    /// <summary>
    /// Those of <see cref="Extensions"/> that change the channel, or who is at its other end: what a session knows is multiplied by
    /// them, so a tester plays all else inside, and them apart.
    /// </summary>
    public static IReadOnlyList<ProfilePart> OfTheChannel { get; } = [Rfc3207.Part, Rfc4954.Part];

    /// <summary>The others: what a tester plays wherever a server offers it.</summary>
    public static IReadOnlyList<ProfilePart> Played { get; } = [.. Extensions.Except(OfTheChannel)];

    /// <summary>
    /// Extensions that a tester plays wherever a server offers them, and that no profile of <see cref="All"/> has: the server of this
    /// project does not do what they promise, or offers them only where that is asked for, as <c>rfc5321+chunking</c>.
    /// </summary>
    public static IReadOnlyList<ProfilePart> WhereOffered { get; } =
    [
        Rfc2645.Part, Rfc2852.Part, Rfc3865.Part, Rfc4468.Part, Rfc4865.Part, Rfc6710.Part, Rfc7293.Part, Rfc8689.Part, Rfc9422.Part,
        Rfc3030.Part, Rfc3030Binary.Part,
    ];

    /// <summary>Those of <see cref="WhereOffered"/> that promise what no session of this project's server does, so that it does not offer
    /// them.</summary>
    public static IReadOnlyList<ProfilePart> Unserved { get; } =
    [
        Rfc2645.Part, Rfc2852.Part, Rfc3865.Part, Rfc4468.Part, Rfc4865.Part, Rfc6710.Part, Rfc7293.Part, Rfc8689.Part,
    ];

    /// <summary>All extensions.</summary>
    public static IReadOnlyList<ProfilePart> Every { get; } = [.. Extensions, .. WhereOffered];

    /// <summary>RFC 5321 with every extension but those of the channel.</summary>
    public static readonly Profile Esmtp = Rfc5321.With("esmtp", "RFC 5321 with all extensions but STARTTLS and AUTH", Played);

    /// <summary>RFC 5321 with every extension; the name is the one that RFC 3848 has for it.</summary>
    public static readonly Profile Esmtpsa = Esmtp.With("esmtpsa", "RFC 5321 with all extensions", OfTheChannel);

    /// <summary>RFC 2033 with the extensions that it asks every server for.</summary>
    public static readonly Profile Lmtp = Rfc821.With(
        "lmtp",
        "LMTP, RFC 2033, October 1996, with the extensions it asks for",
        Rfc2033.Part,
        Rfc2034.Part,
        Rfc2920.Part,
        Rfc6152.Part
    );

    /// <summary>
    /// RFC 6409 on top of RFC 5321, as its sessions are played: inside TLS and behind a login. <see cref="Served"/> is what a server has.
    /// It is played and served where it is asked for, and by none of <see cref="All"/>.
    /// </summary>
    public static readonly Profile Submission = Rfc5321.With("submission", "message submission, RFC 6409, November 2011", Rfc6409.Part);

    /// <summary>The profiles that extensions go on top of.</summary>
    public static IReadOnlyList<Profile> Bases { get; } = [Rfc5321, Lmtp, Submission];

    /// <summary>The one of <see cref="Bases"/> that a profile is made of; itself where it is made of none.</summary>
    /// <param name="profile">The profile.</param>
    public static Profile BaseOf(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Bases.LastOrDefault(known => known.Parts.All(profile.Parts.Contains)) ?? profile;
    }

    /// <summary>All profiles that have a name of their own, the oldest first.</summary>
    public static IReadOnlyList<Profile> All { get; } = [Rfc821, Rfc5321, Esmtp, Esmtpsa, Lmtp];

    /// <summary>All profiles that can be named by one word.</summary>
    public static IReadOnlyList<Profile> Named { get; } = [.. All, Submission];

    /// <summary>A profile as a server has it: for submission with STARTTLS, AUTH and the extensions that every such server should
    /// have.</summary>
    /// <param name="profile">The profile that is asked for.</param>
    public static Profile Served(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return !profile.Parts.Contains(Rfc6409.Part)
            ? profile
            : Extended(
                profile,
                profile
                    .Table.DemandedOffers.Where(offer => !offer.IsForbidden)
                    .Select(offer => offer.Keyword)
                    .Append(Rfc3207.STARTTLS.Name)
            );
    }

    /// <summary>The profile of a name; null when there is none.</summary>
    /// <param name="name">The name, as <c>rfc5321</c>, or one of <see cref="Bases"/> with extensions, as <c>rfc5321+size+dsn</c>.</param>
    public static Profile? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.Split('+');
        return words.Length == 1 ? Named.FirstOrDefault(profile => Is(profile.Name, name))
            : Bases.FirstOrDefault(profile => Is(profile.Name, words[0])) is { } known
            && words[1..].All(word => Every.Any(part => Is(part.Extension!.Keyword, word)))
                ? Extended(known, words[1..])
            : null;
    }

    /// <summary>RFC 5321 with the extensions of some keywords; see <see cref="Extended"/>.</summary>
    /// <param name="keywords">EHLO keywords, in either case.</param>
    public static Profile Composed(params IEnumerable<string> keywords) => Extended(Rfc5321, keywords);

    /// <summary>A profile with the extensions of some keywords; those that are not specified, and those it has already, are left out. The
    /// same keywords give the same profile.</summary>
    /// <param name="profile">The base.</param>
    /// <param name="keywords">EHLO keywords, in either case and any order.</param>
    public static Profile Extended(Profile profile, IEnumerable<string> keywords)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var meant = keywords.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var chosen = Every
            .Except(profile.Parts)
            .Where(part => meant.Contains(part.Extension!.Keyword))
            .OrderBy(part => part.Extension!.Keyword, StringComparer.Ordinal)
            .ToList();
        return chosen.Count == 0 ? profile
            : profile == Rfc5321 && NamedOf(chosen) is { } named ? named
            : ComposedBefore.GetOrAdd(
                $"{profile.Name}+{string.Join('+', chosen.Select(part => part.Extension!.Keyword.ToLowerInvariant()))}",
                name =>
                    profile.With(
                        name,
                        $"{profile.Title.Replace(", without extensions", "", StringComparison.Ordinal)}, with "
                            + $"{string.Join(", ", chosen.Select(part => part.Extension!.Keyword))}",
                        chosen
                    )
            );
    }

    private static Profile? NamedOf(List<ProfilePart> chosen) => All.FirstOrDefault(named =>
        named.Parts.Count == Rfc5321.Parts.Count + chosen.Count && Rfc5321.Parts.Concat(chosen).All(named.Parts.Contains));

    private static bool Is(string name, string word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase);
}
