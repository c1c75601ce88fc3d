using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>The lines a receiver puts at the top of a message it delivers (RFC 821 4.1.1 DATA, RFC 5321 4.4), and the envelope.</summary>
internal static class TraceLines
{
    /// <summary>Writes Return-Path, one X-Original-To for each forward-path, and the time stamp line.</summary>
    public static void Write(ByteBuffer output, IncomingMessage message, MessageTrace trace, string id)
    {
        Append(output, "Return-Path: ");
        AppendClean(output, message.ReversePath);
        for (var index = 0; index < message.RecipientCount; index++)
        {
            Append(output, "\r\nX-Original-To: ");
            AppendClean(output, message.Recipient(index));
        }

        Append(output, "\r\nReceived: from ");
        AppendClean(output, Encoding.Latin1.GetBytes(trace.ClientName));
        if (trace.ClientAddress is { } address)
        {
            Append(output, $" ([{AddressLiteral(address)}])");
        }

        Append(output, "\r\n\tby ");
        AppendClean(output, Encoding.Latin1.GetBytes(trace.HostName));
        Append(output, $" with {trace.Protocol} id {id};\r\n\t{Date(trace.ReceivedAt)}\r\n");
    }

    private static string AddressLiteral(IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6
        // without the name of the interface, which means nothing elsewhere
        ? $"IPv6:{new IPAddress(address.GetAddressBytes())}"
        : address.ToString();

    private static string Date(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static void Append(ByteBuffer output, string text) => output.Append(Encoding.ASCII.GetBytes(text));

    // no octet of a client's ends a line of ours
    private static void AppendClean(ByteBuffer output, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            output.Append(octet is < 0x20 or 0x7f ? (byte)'?' : octet);
        }
    }
}
