using System.Net;
using System.Net.Mail;
using System.Text;
using MailKit.Security;
using MimeKit;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>Libraries of .NET as clients: each delivers a message to three recipients, and throws where it could not.</summary>
internal static class LibraryClients
{
    private static readonly string[] Recipients = ["first@example.test", "second@example.test", "third@example.test"];

    public static async Task MailKitAsync(IPEndPoint server, string message, CancellationToken stop)
    {
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(message));
        using var mime = await MimeMessage.LoadAsync(content, stop);
        using var client = new MailKit.Net.Smtp.SmtpClient { LocalDomain = "client.example.test" };
        await client.ConnectAsync(server.Address.ToString(), server.Port, SecureSocketOptions.None, stop);
        await client.SendAsync(
            mime,
            new MailboxAddress("", "sender@example.test"),
            Recipients.Select(one => new MailboxAddress("", one)),
            stop
        );
        await client.DisconnectAsync(quit: true, stop);
    }

    public static async Task SystemNetMailAsync(IPEndPoint server, string message, CancellationToken stop)
    {
        using var mail = new MailMessage
        {
            From = new MailAddress("sender@example.test"),
            Subject = "a message",
            Body = message[(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..],
        };
        Array.ForEach(Recipients, mail.To.Add);
        using var client = new SmtpClient(server.Address.ToString(), server.Port);
        await client.SendMailAsync(mail, stop);
    }
}
