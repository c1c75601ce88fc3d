using System.Net;

namespace SmtpModel.Server;

/// <summary>Where a message came from: what a time stamp line says (RFC 821 4.1.1 DATA, RFC 5321 4.4).</summary>
/// <param name="ClientName">The argument of the last HELO, EHLO or LHLO that was accepted.</param>
/// <param name="ClientAddress">The client's network address; null where the transport has none.</param>
/// <param name="HostName">The receiver's own name.</param>
/// <param name="Protocol"><c>SMTP</c> after HELO, <c>ESMTP</c> after EHLO, <c>LMTP</c> after LHLO, with <c>S</c> behind it through TLS and
/// <c>A</c> from a client that has authenticated (RFC 3848).</param>
/// <param name="ReceivedAt">When the end of data came.</param>
public readonly record struct MessageTrace(
    string ClientName, IPAddress? ClientAddress, string HostName, string Protocol, DateTimeOffset ReceivedAt)
{
    /// <summary>Who the client has shown to be (RFC 4954); null for nobody. It is not in the time stamp line.</summary>
    public string? Identity { get; init; }
}
