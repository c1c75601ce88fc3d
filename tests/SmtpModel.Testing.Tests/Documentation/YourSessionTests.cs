// docs/serving.md shows what stands below the line, with every using that a project of one's own needs
#pragma warning disable IDE0005, CA1515, xUnit1051
// ---- your-session
using System.Text;
using SmtpModel.Server;
using Xunit;

namespace YourTests;

public sealed class YourSessionTests
{
    [Fact]
    public void A_message_is_received_without_a_socket()
    {
        List<string> messages = [];
        var session = SmtpSession.Create("rfc5321", new SessionSettings(), new SitePolicy());
        session.Open();
        Assert.StartsWith("220 ", Say(""));
        Assert.StartsWith("250", Say("EHLO client.example\r\n"));
        Assert.StartsWith("503 ", Say("RCPT TO:<b@mx.example>\r\n"));
        Assert.StartsWith("250 ", Say("MAIL FROM:<a@client.example>\r\n"));
        Assert.StartsWith("250 ", Say("RCPT TO:<b@mx.example>\r\n"));
        Assert.StartsWith("354 ", Say("DATA\r\n"));
        Assert.StartsWith("250 ", Say("Subject: hi\r\n\r\n..text\r\n.\r\n"));
        Assert.Equal("<a@client.example> to <b@mx.example>: Subject: hi\r\n\r\n.text\r\n", Assert.Single(messages));

        string Say(string octets)
        {
            session.Receive(Encoding.ASCII.GetBytes(octets));
            if (session.Status is SessionStatus.Delivering)
            {
                var message = session.Message.Copy();
                messages.Add($"{message.ReversePath} to {message.ForwardPaths[0]}: {Encoding.ASCII.GetString(message.Data.Span)}");
                session.CompleteDelivery(Decision.Accept);
            }

            var reply = Encoding.ASCII.GetString(session.Output.Span);
            session.ClearOutput();
            return reply;
        }
    }
}
