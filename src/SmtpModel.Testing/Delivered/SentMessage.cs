namespace SmtpModel.Testing.Engine;

/// <summary>What became of a message by the word of the server.</summary>
internal enum Fate
{
    /// <summary>It is open: the reply did not come, or what was held is not known.</summary>
    Open,

    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>It was refused at its end, for all recipients.</summary>
    Refused,

    /// <summary>The channel was lost before its end.</summary>
    Unfinished,
}

/// <summary>A message that was sent with a mark, and what the model had in its buffers when its end was answered.</summary>
/// <param name="mark">Its mark.</param>
/// <param name="session">The session.</param>
internal sealed class SentMessage(string mark, MailSession session)
{
    public string Mark => mark;

    public MailSession Session => session;

    public Fate Fate { get; set; }

    /// <summary>The reverse-path without brackets.</summary>
    public string ReversePath { get; set; } = "";

    /// <summary>The recipients whom the server said that it delivers to, as often as they were given.</summary>
    public IReadOnlyList<string> To { get; set; } = [];

    /// <summary>Mailboxes that were named in the session, or in others beside it, and are no recipients of it.</summary>
    public IReadOnlyList<string> NotTo { get; set; } = [];

    /// <summary>Senders of other sessions that were played at the same time.</summary>
    public IReadOnlyList<string> NotFrom { get; set; } = [];

    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>What was answered, for people.</summary>
    public string Came { get; set; } = "";

    /// <summary>What ended it, where that was a chunk.</summary>
    public Move? LastChunk { get; set; }

    /// <summary>The edge of the machine that its end took; null where none did.</summary>
    public Machines.Edge? Edge { get; set; }

    /// <summary>The place in its session of the move that ended it.</summary>
    public int At { get; set; }
}

/// <summary>The marked messages of one session.</summary>
/// <param name="watch">Whose session it is.</param>
/// <param name="moves">What is sent in it.</param>
/// <param name="transcript">What is said; null where nothing is noted.</param>
internal sealed class MailSession(DeliveryWatch watch, IReadOnlyList<Move> moves, Transcript? transcript)
{
    private readonly List<SentMessage> _sent = [];
    private readonly List<string> _named = [];
    private readonly Dictionary<Move, Move> _marked = [];
    private readonly HashSet<Move> _unanswered = [];
    private SentMessage? _next;
    private bool _hasChunk;
    private bool _isAmbiguous;

    public IReadOnlyList<Move> Moves => moves;

    public Transcript? Transcript => transcript;

    public IReadOnlyList<SentMessage> Sent => _sent;

    /// <summary>The move as it is sent: with the mark of its message, where it is to have one.</summary>
    /// <param name="move">The move.</param>
    /// <param name="isLast">Whether it ends a message, where it is a chunk.</param>
    public Move Mark(Move move, bool isLast = false)
    {
        if (move is { Kind: MoveKind.Valid, Command.Block: not null })
        {
            return MarkChunk(move, isLast);
        }

        if (_hasChunk && move.Command.OnAccept.Contains(new(Spec.Rfc821.MailData, Machines.EffectKind.Clear)))
        {
            // what comes behind it is another message
            (_next, _hasChunk) = (null, false);
        }

        if (move.Kind is MoveKind.Data)
        {
            var marked = Marking.Data(move, Next.Mark);
            if (!marked.Content.IsEmpty || _next!.ReversePath.Length > 0)
            {
                _next!.Data = marked.Content;
                _sent.Add(_next);
            }

            _next = null;
            return _marked[move] = marked;
        }

        if (!move.Text.Contains(Marking.Place, StringComparison.Ordinal))
        {
            return move;
        }

        // a transaction that was given up has its mark for itself
        (_next, _hasChunk) = (null, false);
        Next.ReversePath = Marking.Place;
        return _marked[move] = Marking.Line(move, Next.Mark);
    }

    /// <summary>The move as it was sent last.</summary>
    public Move Marked(Move move) => _marked.GetValueOrDefault(move, move);

    /// <summary>The end of mail data was answered.</summary>
    public void Answered(BufferModel buffers, Machines.TransitionTable table, Move data, Observation came, Machines.Edge? edge, int at)
    {
        var isChunk = data.Command.Block is not null;
        if (
            _sent.LastOrDefault(sent => isChunk ? sent.LastChunk == data : sent.LastChunk is null && sent.Data.Equals(data.Content))
            is not { } message
        )
        {
            return;
        }

        (message.Came, message.Edge, message.At) = (came.ToString(), edge, at);
        if (buffers.IsOpen || came.Kind is not ObservationKind.Reply)
        {
            return;
        }

        if (isChunk)
        {
            // a chunk that was refused may have had the mark, and what is no text is recoded on its way
            message.Data = buffers.Data(data);
            if (_isAmbiguous || !Marking.IsText(message.Data.Span, message.Mark))
            {
                return;
            }
        }

        var taken = buffers.Messages(table, data, came).ToList();
        message.ReversePath = Marking.Bare(buffers.ReversePath);
        message.To = [.. taken.SelectMany(one => one.ForwardPaths).Select(Marking.Bare)];
        message.NotTo = [.. _named.Select(Marking.Bare).Except(message.To).Distinct()];
        message.Fate = taken.Count > 0 ? Fate.Taken : came.Code >= 400 ? Fate.Refused : Fate.Open;
    }

    /// <summary>A mailbox was named as a recipient, whatever the server made of it.</summary>
    public void Named(Move move) => _named.Add(System.Text.Encoding.Latin1.GetString(move.Content.Span));

    /// <summary>A move was answered.</summary>
    public void Took(Move move) => _unanswered.Remove(move);

    // the first one with something in it has the mark
    private Move MarkChunk(Move move, bool isLast)
    {
        // which of the two an answer is for would be a guess
        _isAmbiguous |= !_unanswered.Add(move);
        var marked = _hasChunk || move.Content.IsEmpty ? move : Marking.Chunk(move, Next.Mark);
        _hasChunk |= !move.Content.IsEmpty;
        if (isLast)
        {
            Next.LastChunk = marked;
            _sent.Add(Next);
            (_next, _hasChunk) = (null, false);
        }

        return _marked[move] = marked;
    }

    private SentMessage Next => _next ??= watch.New(this);
}
