using System.Text;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing;

/// <summary>The three buffers of a transaction as the model holds them: filled by what the exchanges do to them.</summary>
internal sealed class BufferModel
{
    private readonly List<Move> _forwardPaths = [];
    private Move? _reversePath;

    public void Clear()
    {
        _forwardPaths.Clear();
        _reversePath = null;
    }

    public void Apply(Exchange exchange, Move move)
    {
        foreach (var effect in exchange.Effects)
        {
            if (effect.Buffer == Rfc821.ReversePath)
            {
                _reversePath = effect.Kind is EffectKind.Clear ? null : move;
            }
            else if (effect.Buffer == Rfc821.ForwardPath)
            {
                if (effect.Kind is EffectKind.Clear)
                {
                    _forwardPaths.Clear();
                }
                else
                {
                    _forwardPaths.Add(move);
                }
            }
        }
    }

    /// <summary>In words how a delivery differs from what is held; null when it does not.</summary>
    /// <param name="message">What was handed over.</param>
    /// <param name="data">The mail data that was sent.</param>
    public string? Differs(StoredMessage message, Move data)
    {
        if (!message.Data.Span.SequenceEqual(data.Content.Span))
        {
            return $"mail data of {message.Data.Length} octets that differs from the {data.Content.Length} that were sent";
        }

        var reversePath = Text(_reversePath);
        if (message.ReversePath != reversePath && !IsMalformed(_reversePath))
        {
            return $"the reverse-path {Printable.Text(message.ReversePath)} where {Printable.Text(reversePath)} was accepted";
        }

        var forwardPaths = _forwardPaths.Select(Text).ToList();
        return message.ForwardPaths.SequenceEqual(forwardPaths) || _forwardPaths.Exists(IsMalformed) ? null
            : $"the forward-paths {Printable.Text(string.Join(' ', message.ForwardPaths))} where {Printable.Text(string.Join(' ', forwardPaths))} were accepted";
    }

    /// <summary>The message that is held.</summary>
    /// <param name="data">The mail data that was sent.</param>
    public StoredMessage Message(Move data) => new(Text(_reversePath), [.. _forwardPaths.Select(Text)], data.Content, DeliveryKind.Mailbox);

    // what a server that takes a malformed path makes of it is its own affair
    private static bool IsMalformed(Move? move) => move is { Kind: MoveKind.Malformed };

    private static string Text(Move? move) => move is null ? "" : Encoding.Latin1.GetString(move.Content.Span);
}
