using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing;

/// <summary>
/// What a server offers, and the profile to hold it against: the base with the extensions that it lists. A case about an extension
/// that is not offered is not in it.
/// </summary>
/// <param name="Profile">The composed profile; the base where nothing is offered that is specified.</param>
/// <param name="Offer">What the reply to EHLO lists; nothing where there was none.</param>
public sealed record ServerOffer(Profile Profile, ServiceOffer Offer)
{
    /// <summary>Keywords that were asked for and are not offered.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Opens a session, sends the command that lists extensions, and composes the profile of what comes.</summary>
    /// <param name="target">The server.</param>
    /// <param name="profile">The base; returned as it is where it has no command that lists extensions, or has extensions already.</param>
    /// <param name="options">What the server is known to take.</param>
    /// <param name="only">The keywords that are meant, in either case; null for all that are offered.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it does not talk.</exception>
    public static async Task<ServerOffer> ReadAsync(ITarget target, Profile profile, PaletteOptions options, IReadOnlyCollection<string>? only = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        var table = profile.Table;
        if (table.Listing is not { } listing || table.Extensions.Count > 0 || only is { Count: 0 })
        {
            return new ServerOffer(profile, ServiceOffer.None);
        }

        await using var session = await target.ConnectAsync(0, cancellation);
        if (session.Greeting is not { Kind: ObservationKind.Reply, Code: >= 200 and < 300 })
        {
            return new ServerOffer(profile, ServiceOffer.None);
        }

        var palette = new Palette(table, options);
        var came = await session.SendAsync(palette.Valid(listing)[0].Octets, 0, cancellation);
        var offer = came is { Kind: ObservationKind.Reply, Reply: { } reply } ? ServiceOffer.Read(reply) : ServiceOffer.None;
        if (table.Ending is { } ending && came.Kind is ObservationKind.Reply)
        {
            await session.SendAsync(palette.Valid(ending)[0].Octets, 0, cancellation);
        }

        var meant = offer.Services.Select(service => service.Keyword).Where(keyword => only?.Contains(keyword, StringComparer.OrdinalIgnoreCase)
                ?? !Profiles.OnRequest.Any(part => string.Equals(part.Extension!.Keyword, keyword, StringComparison.OrdinalIgnoreCase)))
            .Except(Profiles.OfTheChannel.Select(part => part.Extension!.Keyword), StringComparer.OrdinalIgnoreCase);
        return new ServerOffer(Profiles.Extended(profile, meant), offer) { Missing = [.. only?.Where(keyword => !offer.Lists(keyword)) ?? []] };
    }
}
