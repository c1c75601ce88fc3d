using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a server offers, and the profile to hold it against: the base with the extensions that it lists. A case about an extension
/// that is not offered is not in it.
/// </summary>
/// <param name="Profile">The composed profile; the base where nothing is offered that is specified.</param>
/// <param name="Offer">What the reply to EHLO lists; nothing where there was none.</param>
public sealed record ServerOffer(Profile Profile, ServiceOffer Offer)
{
    // how often it is read where a session is not begun, or the command that lists extensions is put off
    private const int MostTries = 3;

    /// <summary>Whether the server greets and answers nothing: neither the command that lists extensions nor one that does
    /// nothing.</summary>
    public bool IsMute { get; init; }

    /// <summary>What came where no session was begun, or none in which extensions are listed, so that nothing is known of what is offered;
    /// null where it is. Safe to print.</summary>
    internal string? Refused { get; init; }

    /// <summary>Keywords that were asked for and are not offered.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What sessions are made of that go into TLS or log in by themselves, as <see cref="TcpTarget.For"/> lets them.</summary>
    /// <param name="profile">What the sessions are of.</param>
    /// <param name="target">The server, as it was entered when the offer was read.</param>
    /// <param name="options">What it is known to take.</param>
    /// <exception cref="TargetUnreachableException">It does not offer what the profile has, or nobody may log in: logins that fail are
    /// drawn by nobody, for a site counts them.</exception>
    public PaletteOptions Within(Profile profile, TcpTarget target, PaletteOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var upgrades = profile.Parts.Contains(Rfc3207.Part);
        if (upgrades && !target.MaySay(StartTls.Keyword, Offer))
        {
            throw new TargetUnreachableException(
                $"{target.Name} does not offer {StartTls.Keyword}, which {profile} has; --profile rfc5321 does without"
            );
        }

        var login = profile.Parts.Contains(Rfc4954.Part)
            ? LoginLines.Of(Offer, target.Login, target.IsSecure && !upgrades, fails: false)
            : null;
        return !profile.Parts.Contains(Rfc4954.Part) || login is { LogsIn: true }
            ? options with
            {
                Offer = Offer,
                Login = login,
            }
            : throw new TargetUnreachableException(
                $"{target.Name}: sessions of {profile} log in by themselves, and never wrongly, which a site counts; "
                    + (
                        login is null ? $"it offers no {Entrance.Keyword} there"
                        : upgrades ? "--user NAME says who, and --tls none that the password may be sent in clear"
                        : "--user NAME says who, and --tls starttls or implicit keeps the password from others"
                    )
            );
    }

    /// <summary>Opens a session, sends the command that lists extensions, and composes the profile of what comes.</summary>
    /// <param name="target">The server.</param>
    /// <param name="profile">The base; returned as it is where it has no command that lists extensions, or has extensions already that it
    /// does not demand of every server.</param>
    /// <param name="options">What the server is known to take.</param>
    /// <param name="only">The keywords that are meant, in either case; null for all that are offered.</param>
    /// <param name="greeted">Told the greeting, safe to print, where what comes behind it takes its time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it does not talk.</exception>
    public static async Task<ServerOffer> ReadAsync(
        ITarget target,
        Profile profile,
        PaletteOptions options,
        IReadOnlyCollection<string>? only = null,
        Action<string>? greeted = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        var table = profile.Table;
        if (table.Listing is null || table.Extensions.Any(extension => !IsDemanded(table, extension)) || only is { Count: 0 })
        {
            return new ServerOffer(profile, ServiceOffer.None);
        }

        // a server that is at its limit begins a session a little later
        var door = (target as DoorTarget)?.Door ?? new Door(target, new Pace(null), 1, MostTries - 1);
        for (var attempt = 1; ; attempt++)
        {
            await using var visit = await door.EnterAsync(cancellation);
            var read = visit.Session is { } session && visit.Greeting is { Kind: ObservationKind.Reply, Code: >= 200 and < 300 }
                ? await ReadAsync(door.Target, session, profile, options, only, greeted, cancellation)
                : new ServerOffer(profile, ServiceOffer.None) { Refused = visit.Greeting.ToString() };
            if (read.Refused is null || attempt == MostTries || !visit.Greeting.IsAcceptance())
            {
                return read;
            }
        }
    }

    private static async Task<ServerOffer> ReadAsync(
        ITarget target,
        ITargetSession session,
        Profile profile,
        PaletteOptions options,
        IReadOnlyCollection<string>? only,
        Action<string>? greeted,
        CancellationToken cancellation
    )
    {
        var (table, listing) = (profile.Table, profile.Table.Listing!);
        var palette = new Palette(table, options);
        var nothing = palette.Valid(new WireModel(profile).Nothing)[0];
        var (came, isMute) = await FirstReply.AskAsync(target, session, palette.Valid(listing)[0].Octets, nothing.Octets,
            () => greeted?.Invoke(session.Greeting.ToString()), cancellation);
        if (isMute)
        {
            return new ServerOffer(profile, ServiceOffer.None) { IsMute = true };
        }

        var offer = came is { Kind: ObservationKind.Reply, Reply: { } reply } ? ServiceOffer.Read(reply) : ServiceOffer.None;
        if (table.Ending is { } ending && came.Kind is ObservationKind.Reply)
        {
            await session.SendAsync(palette.Valid(ending)[0].Octets, 0, cancellation);
        }

        var meant = offer
            .Services.Select(service => service.Keyword)
            .Where(keyword => only?.Contains(keyword, StringComparer.OrdinalIgnoreCase) ?? true)
            .Except(Profiles.OfTheChannel.Select(part => part.Extension!.Keyword), StringComparer.OrdinalIgnoreCase)
            .Except(
                Profiles.Every.Where(part => IsLeftOut(target, part.Extension!)).Select(part => part.Extension!.Keyword),
                StringComparer.OrdinalIgnoreCase
            );
        return new ServerOffer(Profiles.Extended(profile, meant), offer)
        {
            Missing = [.. only?.Where(keyword => !offer.Lists(keyword)) ?? []],
            Refused = came is { Kind: ObservationKind.Reply, Code: >= 400 and < 500 } ? came.ToString() : null,
        };
    }

    // what rests on a login is meant for who has not made one in front of all sessions, as the refusal of ATRN is
    private static bool IsLeftOut(ITarget target, ServiceExtension extension) =>
        target is TcpTarget tcp && ((extension.IsForTls && !tcp.IsSecure) || extension.Needs.Keys.Any(tcp.HasUsed));

    private static bool IsDemanded(TransitionTable table, ServiceExtension extension) =>
        table.DemandedOffers.Any(offer =>
            !offer.IsForbidden && string.Equals(offer.Keyword, extension.Keyword, StringComparison.OrdinalIgnoreCase)
        );
}
