using System.Text;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The three buffers of a transaction as the model holds them: filled by what the exchanges do to them.</summary>
internal sealed class BufferModel
{
    private readonly List<Move> _forwardPaths = [];
    private readonly List<Move> _chunks = [];
    private Move? _reversePath;
    private bool _isUnknown;

    public void Clear()
    {
        _forwardPaths.Clear();
        _chunks.Clear();
        (_reversePath, _isUnknown) = (null, false);
    }

    /// <summary>Whether it is open what a server holds, or what it makes of it.</summary>
    public bool IsOpen => _isUnknown || IsMalformed(_reversePath) || _forwardPaths.Exists(IsMalformed);

    /// <summary>The reverse-path as it was given, with its brackets; empty where none is held.</summary>
    public string ReversePath => Text(_reversePath);

    /// <summary>Does to the buffers what an exchange does that was made.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="move">What was sent.</param>
    /// <param name="judgement">What the oracle makes of it: what is refused out of order changes nothing, and where it is open in which
    /// state that leaves a server, it is open what is held.</param>
    public void Apply(Exchange exchange, Move move, Judgement judgement)
    {
        if (!exchange.IsAccepted && !judgement.IsCertain)
        {
            _isUnknown |= judgement.Edge is not null && exchange.Effects.Count > 0;
            return;
        }

        _isUnknown &= exchange.Effects.Count(effect => effect.Kind is EffectKind.Clear) < 3;
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
            else if (effect.Buffer == Rfc821.MailData)
            {
                Chunk(effect.Kind, move);
            }
        }
    }

    /// <summary>In words how a delivery differs from what is held; null when it does not.</summary>
    /// <param name="message">What was handed over.</param>
    /// <param name="data">The mail data that was sent.</param>
    public string? Differs(StoredMessage message, Move data)
    {
        var sent = Data(data);
        if (_isUnknown)
        {
            return null;
        }

        if (!message.Data.Span.SequenceEqual(sent))
        {
            return $"mail data of {message.Data.Length} octets that differs from the {sent.Length} that were sent";
        }

        var reversePath = Text(_reversePath);
        if (message.ReversePath != reversePath && !IsMalformed(_reversePath))
        {
            return $"the reverse-path {Printable.Text(message.ReversePath)} where {Printable.Text(reversePath)} was accepted";
        }

        var forwardPaths = _forwardPaths.Select(Text).ToList();
        return message.ForwardPaths.SequenceEqual(forwardPaths) || _forwardPaths.Exists(IsMalformed) ? null
            : $"the forward-paths {Printable.Text(string.Join(' ', message.ForwardPaths))} where "
                + $"{Printable.Text(string.Join(' ', forwardPaths))} were accepted";
    }

    /// <summary>What of the message that is held the server said it accepted: the whole, or a message for each forward-path whose own
    /// reply says so.</summary>
    /// <param name="table">The table.</param>
    /// <param name="data">The mail data that was sent.</param>
    /// <param name="came">The replies.</param>
    public IEnumerable<StoredMessage> Messages(TransitionTable table, Move data, Observation came)
    {
        if (!table.ForEach.ContainsKey(data.Command))
        {
            return came.IsAcceptance() ? [Message(data, _forwardPaths)] : [];
        }

        Observation[] replies = [.. came.Earlier ?? [], came];
        return replies.Zip(_forwardPaths).Where(pair => pair.First.IsAcceptance()).Select(pair => Message(data, [pair.Second]));
    }

    private StoredMessage Message(Move data, IEnumerable<Move> forwardPaths) =>
        new(Text(_reversePath), [.. forwardPaths.Select(Text)], Data(data), DeliveryKind.Mailbox);

    private void Chunk(EffectKind kind, Move move)
    {
        if (kind is EffectKind.Clear)
        {
            _chunks.Clear();
        }
        else if (!move.Content.IsEmpty)
        {
            _chunks.Add(move);
        }
    }

    /// <summary>The mail data that is held with what ends it.</summary>
    public byte[] Data(Move last) => [.. _chunks.Append(last).SelectMany(move => move.Content.ToArray())];

    // what a server that takes a malformed path makes of it is its own affair
    private static bool IsMalformed(Move? move) => move is { Kind: MoveKind.Malformed };

    private static string Text(Move? move) => move is null ? "" : Encoding.Latin1.GetString(move.Content.Span);
}
