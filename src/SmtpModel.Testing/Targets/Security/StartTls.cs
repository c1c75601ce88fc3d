using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>Goes into TLS in front of a session (RFC 3207): behind the handshake the session is as it is behind the greeting
/// (4.2).</summary>
/// <param name="greeting">What asks for the list of what is offered: the command, and the name that the client gives itself until
/// then.</param>
/// <param name="patience">How long a reply may take.</param>
internal sealed class StartTls(string greeting, TimeSpan patience)
{
    /// <summary>The keyword it is offered with, and the command.</summary>
    public static readonly string Keyword = Spec.Rfc3207.STARTTLS.Name;

    private const int Ready = 220;

    /// <summary>Goes into TLS.</summary>
    /// <param name="session">A session that has been greeted.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What came of it; null where it is not offered.</returns>
    public async Task<Upgrade?> RunAsync(TcpSession session, CancellationToken cancellation)
    {
        var listed = await session.AsideAsync(greeting, patience, cancellation);
        if (listed.Reply is not { IsSuccess: true } offer)
        {
            return new Upgrade(UpgradeOutcome.Failed, $"{greeting} draws {listed}, so it is not seen whether {Keyword} is offered");
        }

        if (!ServiceOffer.Read(offer).Lists(Keyword))
        {
            return null;
        }

        var came = await session.AsideAsync(Keyword, patience, cancellation);
        return came.Code == Ready
            ? await session.SecureAsync(cancellation)
            : new Upgrade(
                UpgradeOutcome.Failed,
                $"{Keyword} is offered and draws {came}{(came.IsTransient() ? "; wait and try again" : "")}"
            );
    }
}
