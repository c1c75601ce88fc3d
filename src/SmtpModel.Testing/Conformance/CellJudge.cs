using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>Makes the verdict on one case out of what was tried for it.</summary>
internal sealed class CellJudge(TransitionTable table, ConductLog conduct, TestOptions options)
{
    /// <summary>The verdict on one trial; the plain line of the same command, tried in the same state, is the control for what is about an argument.</summary>
    public CaseResult Judge(Trial trial, ProbeResult probe, ProbeResult? plain, StateCheck? check)
    {
        var one = trial.Case;
        if (options.Accepted.TryGetValue(one.Id, out var codes) && probe.Steps.Count == probe.Moves.Count && codes.Contains(probe.Steps[^1].Came.Code))
        {
            return new CaseResult(one, CaseVerdict.Pass, $"{probe.Steps[^1].Came} is taken as right for this case") { Evidence = Evidence(probe, string.Join(" or ", codes), probe.Steps[^1].Came.ToString()) };
        }

        if (one.Kind is CaseKind.Argument && ArgumentJudge.Judge(table, one, probe, plain, check) is { } argument)
        {
            return argument;
        }

        if (one.Kind is CaseKind.Refused && probe.Violation?.Kind is ViolationKind.Reply && plain?.Violation?.Kind is ViolationKind.Reply && plain.Steps[^1].Came.Code == probe.Steps[^1].Came.Code)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"the plain {trial.Move.Command} is answered so too, with {probe.Steps[^1].Came}") { Evidence = Evidence(probe, probe.Violation.Expected, probe.Violation.Came) };
        }

        if (probe.Violation is { } violation)
        {
            return Broken(one, probe, violation);
        }

        if (probe.Last is not { } last)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, probe.Cut ?? "the session could not be played so far") { Evidence = Evidence(probe, "", "") };
        }

        if (probe.Cut is { } cut)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, cut) { Evidence = Evidence(probe, "", last.Came.ToString()) };
        }

        var expected = Expectation.Of(table, one.State!, trial.Move.Command, trial.Move.Kind);
        var untested = Untested(one, trial, last);
        if (untested is { } left && !(last.Came.IsRefusal() && check is { Whereabouts: Whereabouts.Differs }))
        {
            return new CaseResult(one, left.Verdict, left.Reason) { Evidence = Evidence(probe, expected, last.Came.ToString()) };
        }

        return check switch
        {
            // a server may be free in what it answers, but not in what state that leaves it in
            { Whereabouts: Whereabouts.Differs } when !table[trial.Move.Command].Required && check.Evidence?.Came == new Observation(ObservationKind.Closed).ToString() => new CaseResult(one, CaseVerdict.Inconclusive, $"the server closes the channel, which is another rule's matter: {table.Conduct.Closing}") { Evidence = check.Evidence },
            // where the case asks for no more than it should, the answer behind it says which rule is broken
            { Whereabouts: Whereabouts.Differs, Rule: { } broken } when one.Rule.Level is not Level.Must => new CaseResult(one, Of(broken), check.Reason) { Evidence = check.Evidence, Rule = broken },
            { Whereabouts: Whereabouts.Differs } => new CaseResult(one, CaseVerdict.Fail, check.Reason) { Evidence = check.Evidence },
            { Whereabouts: Whereabouts.Undecided } when last.Judgement?.Verdict is Verdict.Pass => new CaseResult(one, CaseVerdict.Inconclusive, $"the reply is right; where it left the server is open: {check.Reason}")
            { Evidence = check.Evidence ?? Evidence(probe, expected, last.Came.ToString()) },
            _ => last.Judgement?.Verdict is Verdict.NonStrict
                ? new CaseResult(one, CaseVerdict.NonStrict, one.Kind is CaseKind.Refused ? $"{last.Move} is refused with {last.Came}, a code that is not among the replies to {trial.Move.Command} ({table[trial.Move.Command].Clause})" : $"{last.Move} draws {last.Came}; expected {expected}") { Evidence = Evidence(probe, expected, last.Came.ToString()) }
                : new CaseResult(one, CaseVerdict.Pass) { Evidence = Evidence(probe, expected, last.Came.ToString()) },
        };
    }

    /// <summary>A verdict as binding as its rule.</summary>
    public static CaseVerdict Of(Rule rule) => rule.Level is Level.Must ? CaseVerdict.Fail : rule.Level is Level.Should ? CaseVerdict.NonStrict : CaseVerdict.Info;

    public static Evidence Evidence(ProbeResult probe, string expected, string came) => new(probe.Transcript, expected, came) { Session = probe.Session, IsRelative = probe.Violation is null };

    private CaseResult Broken(TestCase one, ProbeResult probe, Violation violation)
    {
        var evidence = Evidence(probe, violation.Expected, violation.Came);
        if (probe.Last is null && probe.Steps.Count < probe.Moves.Count)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"on the way there: {violation}") { Evidence = evidence };
        }

        // a rule that holds whatever the command has a case of its own; a command that is there in another state is missing in this one only
        return conduct.IsConduct(violation.Rule) && !(violation.Rule!.Id == table.Conduct.Minimum.Id && conduct.IsServed(probe.Moves[^1].Command))
            ? new CaseResult(one, CaseVerdict.Inconclusive, $"it breaks another rule, {violation.Rule}: expected {violation.Expected}, came {violation.Came}") { Evidence = evidence }
            : new CaseResult(one, CaseVerdict.Fail, $"expected {violation.Expected}, came {violation.Came}") { Evidence = evidence };
    }

    // without the argument that there has to be; MAIL and RCPT without what every path stands in; and the null path where it names nobody
    private static bool IsNoMailbox(Move move) => move.Text == move.Command.Name || move.Text.EndsWith(":<>", StringComparison.Ordinal) || move.Command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear) && !(move.Text.Contains(":<", StringComparison.Ordinal) && move.Text.EndsWith('>'));

    // what the server answered leaves the requirement untested, and that is its right
    private (CaseVerdict Verdict, string Reason)? Untested(TestCase one, Trial trial, ProbeStep last)
    {
        var use = table[trial.Move.Command];
        switch (one.Kind)
        {
            case CaseKind.InOrder when last.Came.IsRefusal():
                var code = last.Came.Code;
                var isAbsent = code == table.Faults.NotImplemented || code == table.Faults.Unrecognized;
                return !use.Required && isAbsent ? (CaseVerdict.NotApplicable, $"not offered: {last.Came}")
                    : last.Judgement?.Verdict is Verdict.NonStrict ? (CaseVerdict.NonStrict, $"refused with {last.Came}, which the table does not list here")
                    : table.From(one.State!, trial.Move.Command).Any(edge => edge.Exchange.IsAccepted && edge.To != one.State) ? (CaseVerdict.Inconclusive, $"refused: {last.Came}; that is for the server to choose, and what comes behind it stays untested")
                    : (CaseVerdict.Info, $"refused, as it may be: {last.Came}");
            case CaseKind.Malformed when last.Came.IsAcceptance() && use.Argument != Argument.None && !IsNoMailbox(trial.Move):
                // a mailbox that is malformed to the standard may be acceptable to the site; a line without one is not
                return (CaseVerdict.Info, $"taken all the same, as the site may: {trial.Move} draws {last.Came}");
            case CaseKind.Refused when last.Came.IsAcceptance():
                return (CaseVerdict.NotApplicable, $"this server refuses none that was tried: {trial.Move} draws {last.Came}");
            case CaseKind.Refused when !use.Required && (last.Came.Code == table.Faults.NotImplemented || last.Came.Code == table.Faults.Unrecognized):
                return (CaseVerdict.NotApplicable, $"not offered: {last.Came}");
            default:
                return null;
        }
    }
}
