using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Cli.Serving;

/// <summary>One terminal, this one, at which the named users are active (RFC 821 3.4).</summary>
/// <param name="mailboxes">The users' mailboxes, without brackets.</param>
internal sealed class ConsoleTerminals(IReadOnlyList<string> mailboxes) : ITerminals
{
    public bool IsActive(string mailbox) => mailboxes.Contains(mailbox, StringComparer.OrdinalIgnoreCase);

    public async ValueTask<bool> SendAsync(string mailbox, StoredMessage message, CancellationToken cancellationToken)
    {
        // what comes from outside must not be able to steer the terminal
        var text = Encoding.Latin1.GetString(message.Data.Span).Split("\r\n").Select(line => Printable.Text(line, 500));
        await Console.Out.WriteLineAsync(
            $"-- to {Printable.Text(mailbox)} from {Printable.Text(message.ReversePath)}:\n{string.Join('\n', text)}".AsMemory(),
            cancellationToken
        );
        return true;
    }
}
