using System.Text;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>The three buffers as the effects of the specification leave them.</summary>
internal sealed class ExpectedBuffers
{
    private readonly Dictionary<DataBuffer, List<string>> _contents = new()
    {
        [Rfc821.ReversePath] = [],
        [Rfc821.ForwardPath] = [],
        [Rfc821.MailData] = [],
    };

    public IReadOnlyList<string> this[DataBuffer buffer] => _contents[buffer];

    /// <summary>Does to the buffers what an exchange does.</summary>
    public void Apply(Exchange exchange, string argument)
    {
        foreach (var effect in exchange.Effects)
        {
            var content = _contents[effect.Buffer];
            if (effect.Kind is not EffectKind.Append)
            {
                content.Clear();
            }

            if (effect.Kind is not EffectKind.Clear)
            {
                // the lines of mail data come behind DATA; a block comes with its command
                content.Add(effect.Buffer == Rfc821.MailData && exchange.Command.Block is null ? "" : argument);
            }
        }
    }

    /// <summary>Holds the session's buffers against these, octet for octet.</summary>
    public void Check(IncomingMessage message, string data = "")
    {
        var reverse = _contents[Rfc821.ReversePath];
        Assert.Equal(reverse.Count > 0, message.HasReversePath);
        Assert.Equal(string.Concat(reverse), Encoding.ASCII.GetString(message.ReversePath));
        Assert.Equal(
            _contents[Rfc821.ForwardPath],
            Enumerable.Range(0, message.RecipientCount).Select(index => Encoding.ASCII.GetString(message.Recipient(index)))
        );
        Assert.Equal(string.Concat(_contents[Rfc821.MailData]) + data, Encoding.ASCII.GetString(message.Data.Span));
    }
}
