using System.Net;
using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Server.Tests.Messages;

/// <summary>Messages as a session would hand them to a store.</summary>
internal static class Incoming
{
    public static MessageTrace Trace { get; } =
        new("client.example", IPAddress.Loopback, "mx.example", "ESMTP", new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)));

    public static IncomingMessage Message(
        DeliveryKind kind = DeliveryKind.Mailbox,
        string data = "Subject: hello\r\n\r\nhello\r\n",
        params string[] forwardPaths
    )
    {
        var message = new IncomingMessage { Kind = kind };
        message.Apply(BufferEffects.SetReversePath, "<a@client.example>"u8);
        foreach (var path in forwardPaths.Length > 0 ? forwardPaths : ["<b@mx.example>"])
        {
            message.Apply(BufferEffects.AppendForwardPath, Encoding.Latin1.GetBytes(path));
        }

        message.DataBuffer.Append(Encoding.Latin1.GetBytes(data));
        return message;
    }

    public static ValueTask<Decision> StoreAsync(this IMessageStore store, IncomingMessage message) =>
        store.StoreAsync(message, Trace, TestContext.Current.CancellationToken);
}
