using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <content>Where no reply came, or the channel was closed, or something came that nothing asked for.</content>
internal sealed partial class Play
{
    /// <summary>Something came before anything was asked; false when the session cannot go on.</summary>
    public bool Unasked(Observation observation, Move next)
    {
        // what is no reply belongs to the one that it came with
        if (observation is { Kind: ObservationKind.NoReply, Fault: { } fault })
        {
            transcript?.Add(new TranscriptLine(State.Name, null, observation.ToString(), Verdict.Fail));
            return !Odd(null, _last ?? next.Command, fault, observation, Table.Conduct.Form);
        }

        if (observation.Kind is ObservationKind.Closed)
        {
            return Closed(next, observation);
        }

        // 421 may come on its own when the service shuts down (RFC 5321 3.8): it is the reply to what is sent next
        if (observation.Code == Table.Faults.Closing)
        {
            transcript?.Add(new TranscriptLine(State.Name, null, observation.ToString(), Verdict.Pass));
            _inconclusive = $"the server closed: {observation}";
            return false;
        }

        _ = Fail(ViolationKind.Form, null, next, observation, "no reply without a command",
            _last is null ? Table.Conduct.OneReply : Number(_last));
        _violation = _violation! with { Command = _last ?? next.Command, IsUnasked = true };
        return false;
    }

    /// <summary>Whether nothing came where a reply should have.</summary>
    public bool IsUnanswered(Observation observation) =>
        observation is { Kind: ObservationKind.Silence, IsFaultGrave: false } && !States.Overlaps(oracle.Final);

    /// <summary>Nothing came for a move, and it may yet come; false, for the session cannot go on.</summary>
    public bool Late(Move move, string why)
    {
        Note(move, new Observation(ObservationKind.Silence), Verdict.Pass);
        (Edge, Judgement) = (null, null);
        _inconclusive = why;
        return false;
    }

    /// <summary>
    /// What a reply is that no rule allows, and that the channel is closed behind: a farewell. That it came at all is then no
    /// matter of the command.
    /// </summary>
    public async ValueTask PartingAsync(Move move, Observation came, CancellationToken cancellation)
    {
        var isFarewell = _violation is { Kind: ViolationKind.Reply } && Table.Ending is { } ending && move.Command != ending
            && Table[ending].Replies.Accepting.Contains(came.Code);
        if (isFarewell && await Connection.UnaskedAsync(Farewell, cancellation) is { Kind: ObservationKind.Closed } closed)
        {
            transcript?.Add(new TranscriptLine(State.Name, null, closed.ToString(), Verdict.Fail));
            _violation = new Violation(ViolationKind.Closed, State, move.Command, Table.Conduct.Closing, $"a reply; {OnlyAfter}",
                $"{came}, and then {closed}")
            { Key = $"{ViolationKind.Closed}|{Table.Conduct.Closing.Id}" };
        }
    }

    /// <summary>
    /// What came to the first command inside TLS and greets: where another reply comes behind it, that one is the command's, and the
    /// server
    /// has greeted again (RFC 3207 4.2), to no command.
    /// </summary>
    public async ValueTask GreetingAsync(Observation came, CancellationToken cancellation)
    {
        if (_violation is { Kind: ViolationKind.Reply } && _previous is { Exchange: { IsAccepted: true } secured }
            && Table.Machine.Vocabulary.Securing.Contains(secured.Command)
            && Table.From(Table.Start).Any(edge => edge.Exchange.IsAccepted && edge.Exchange.Code == came.Code)
            && await Connection.UnaskedAsync(Farewell, cancellation) is { Kind: ObservationKind.Reply } own)
        {
            transcript?.Add(new TranscriptLine(State.Name, null, own.Told(), Verdict.Pass));
            _violation = new Violation(
                ViolationKind.Form,
                State,
                secured.Command,
                Number(secured.Command),
                "nothing before the client speaks inside TLS",
                came.ToString()
            )
            {
                Key = $"{ViolationKind.Form}|unasked|{secured.Command}",
                IsUnasked = true,
            };
        }
    }

    private bool Closed(Move move, Observation observation)
    {
        Note(move, observation, Verdict.Pass);
        if (States.Overlaps(oracle.Final))
        {
            IsOver = true;
            return true;
        }

        // to close is what its ending asks for too, but only behind a reply
        if (_refusals >= Tolerance)
        {
            (_inconclusive, IsExcused) = ($"the server closed the channel after {_refusals} refusals", true);
            return false;
        }

        return Fail(ViolationKind.Closed, move, observation, $"a reply; {OnlyAfter}",
            move.Command == Table.Ending && Table.IsInOrder(State, move.Command) ? oracle.Ending : Table.Conduct.Closing, note: false);
    }

    // nothing is answered any more, as it should be; that the channel stays open is untidy and no more than that
    private bool LeftOpen(Move move, Observation observation)
    {
        Note(move, observation, Verdict.NonStrict);
        Remember("the channel stays open", oracle.Ending, move, observation);
        IsOver = true;
        return true;
    }

    // no reply was due: the session is where any reply would have led it
    private bool Unanswered(Move move, Observation observation)
    {
        Note(move, observation, Verdict.Pass);
        var exchange = move.Command / Table[move.Command].Replies.Accepting.First();
        States = oracle.Judge(States, move, exchange.Code).After;
        _last = move.Command;
        conversation.Follow(exchange);
        coverage?.Visit(States);
        return !States.IsEmpty;
    }
}
