using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes the verdict on one case out of what was tried for it.</summary>
internal sealed class CellJudge(TransitionTable table, ConductLog conduct, TestOptions options)
{
    /// <summary>The verdict on one trial; other lines of the same command, tried in the same state, are the control for what is about an
    /// argument.</summary>
    public CaseResult Judge(Trial trial, ProbeResult probe, Controls controls, StateCheck? check)
    {
        var plain = controls.Plain;
        var one = trial.Case;
        if (
            options.Accepted.TryGetValue(one.Id, out var codes)
            && probe.Steps.Count == probe.Moves.Count
            && codes.Contains(probe.Steps[^1].Came.Code)
        )
        {
            return new CaseResult(one, CaseVerdict.Pass, $"{probe.Steps[^1].Came} is taken as right for this case")
            {
                Evidence = Evidence(probe, string.Join(" or ", codes), probe.Steps[^1].Came.ToString()),
            };
        }

        if (ChangingOffer.Withdrawn(table, options.Palette.Offer, one, trial.Move, probe) is { } withdrawn)
        {
            return new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"the offer changes: {withdrawn} was listed when the server was asked first, and is not in this session"
            )
            {
                Evidence = Evidence(probe, "", probe.Steps[^1].Came.ToString()),
            };
        }

        if (one.Kind is CaseKind.Argument && ArgumentJudge.Judge(table, one, probe, controls, check) is { } argument)
        {
            return argument;
        }

        if (
            one.Kind is CaseKind.Refused
            && !ReferenceEquals(plain, probe)
            && probe.Violation?.Kind is ViolationKind.Reply
            && plain?.Violation?.Kind is ViolationKind.Reply
            && plain.Steps[^1].Came.Code == probe.Steps[^1].Came.Code
        )
        {
            return new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"the plain {trial.Move.Command} is answered so too, with {probe.Steps[^1].Came}"
            )
            {
                Evidence = Evidence(probe, probe.Violation.Expected, probe.Violation.Came),
            };
        }

        if (probe.Violation is { } violation)
        {
            return Broken(one, trial, probe, violation);
        }

        if (probe.Last is not { } last)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, probe.Cut ?? "the session could not be played so far")
            {
                Evidence = Evidence(probe, "", ""),
            };
        }

        if (probe.Cut is { } cut)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, cut) { Evidence = Evidence(probe, "", last.Came.ToString()) };
        }

        if (last.Came is { Kind: ObservationKind.Reply, Code: var code } && table.IsCondition(code) && !IsAskedFor(one, trial, code)
            && check is not { Whereabouts: Whereabouts.Differs })
        {
            // it says what the site wants first, and nothing about the command, its place or its line
            return new CaseResult(one, CaseVerdict.Inconclusive, $"the server wants TLS or a password first: {last.Came}")
            {
                Evidence = Evidence(probe, "", last.Came.ToString()),
            };
        }

        if (Miscoded(probe) is { } miscoded && one.Kind is not CaseKind.Argument)
        {
            return Coded(one, trial, probe, miscoded, check);
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
            { Whereabouts: Whereabouts.Differs }
                when (!table[trial.Move.Command].Required || one.Kind is CaseKind.OutOfOrder)
                    && check.Evidence?.Came == new Observation(ObservationKind.Closed).ToString() =>
                new CaseResult(
                    one,
                    CaseVerdict.Inconclusive,
                    $"the server closes the channel, which is another rule's matter: {table.Conduct.Closing}"
                )
                {
                    Evidence = check.Evidence,
                },
            { Whereabouts: Whereabouts.Differs } when Obeyed(trial, last.Came) is { } obeyed => new CaseResult(
                one,
                Of(obeyed),
                $"{trial.Move} is taken for {Palette.Extended(table, trial.Move.Text)}: {check.Reason}"
            )
            {
                Evidence = check.Evidence,
                Rule = obeyed,
            },
            // what it forgets has a rule of its own, whatever the answer is that shows it
            { Whereabouts: Whereabouts.Differs }
                when last.Came is { Kind: ObservationKind.Reply, Code: var came }
                    && table.Forgetting.TryGetValue(trial.Move.Command / came, out var forgetting) => new CaseResult(
                one,
                Of(forgetting),
                check.Reason
            )
                    {
                        Evidence = check.Evidence,
                        Rule = forgetting,
                    },
            // nor is what a refusal changes about the answer that shows it
            { Whereabouts: Whereabouts.Differs }
                when one.Rule.Level is not Level.Must && last.Came.IsRefusal() && table.Stated(Spec.Rfc821.R1) is { } unchanged =>
                new CaseResult(one, Of(unchanged), check.Reason)
                {
                    Evidence = check.Evidence,
                    Rule = unchanged,
                },
            // where the case asks for no more than it should, the answer behind it says which rule is broken
            { Whereabouts: Whereabouts.Differs, Rule: { } broken } when one.Rule.Level is not Level.Must => new CaseResult(
                one,
                Of(broken),
                check.Reason
            )
            {
                Evidence = check.Evidence,
                Rule = broken,
            },
            { Whereabouts: Whereabouts.Differs } => new CaseResult(one, CaseVerdict.Fail, check.Reason) { Evidence = check.Evidence },
            { Whereabouts: Whereabouts.Undecided, Evidence: null }
                when one is { Kind: CaseKind.OutOfOrder, Rule.Level: Level.May } && last.Came.IsAcceptance() => new CaseResult(
                one,
                CaseVerdict.Info,
                $"served, as it may be: {trial.Move} draws {last.Came}"
            )
                {
                    Evidence = Evidence(probe, expected, last.Came.ToString()),
                },
            { Whereabouts: Whereabouts.Undecided } when last.Judgement?.Verdict is Verdict.Pass => new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"the reply is right; where it left the server is open: {check.Reason}"
            )
            {
                Evidence = check.Evidence ?? Evidence(probe, expected, last.Came.ToString()),
            },
            _ => last.Judgement?.Verdict is Verdict.NonStrict
                ? new CaseResult(
                    one,
                    CaseVerdict.NonStrict,
                    one.Kind is CaseKind.Refused
                        ? $"{last.Move} is refused with {last.Came}, a code that is not among the replies to {trial.Move.Command} "
                            + $"({table[trial.Move.Command].Clause})"
                        : $"{last.Move} draws {last.Came}; expected {expected}"
                )
                {
                    Evidence = Evidence(probe, expected, last.Came.ToString()),
                }
                : new CaseResult(one, CaseVerdict.Pass) { Evidence = Evidence(probe, expected, last.Came.ToString()) },
        };
    }

    /// <summary>A verdict as binding as its rule.</summary>
    public static CaseVerdict Of(Rule rule) =>
        rule.Level is Level.Must ? CaseVerdict.Fail
        : rule.Level is Level.Should ? CaseVerdict.NonStrict
        : CaseVerdict.Info;

    public static Evidence Evidence(ProbeResult probe, string expected, string came) =>
        new(probe.Transcript, expected, came) { Session = probe.Session, IsRelative = probe.Violation is null && Miscoded(probe) is null };

    /// <summary>The last reply's fault, if only its code is one that a rule does not allow.</summary>
    public static Violation? Miscoded(ProbeResult probe) =>
        probe.IsWhole
            ? probe
                .Besides.Where(beside => beside.At == probe.Moves.Count - 1 && beside.Violation.IsOfCode)
                .Select(beside => beside.Violation)
                .FirstOrDefault()
            : null;

    // the right kind of reply with another code than the one a rule names
    private CaseResult Coded(TestCase one, Trial trial, ProbeResult probe, Violation violation, StateCheck? check)
    {
        var code = probe.Last!.Came.Code;
        var evidence = Evidence(probe, violation.Expected, violation.Came);
        // an answer in a dialogue is no command that a server may lack
        var isAbsent = trial.Move.Command.Kind is InputKind.Line
            && (code == table.Faults.NotImplemented || code == table.Faults.Unrecognized)
            && !conduct.IsServed(trial.Move.Command);
        return check is { Whereabouts: Whereabouts.Differs }
                ? new CaseResult(one, CaseVerdict.Fail, $"expected {violation.Expected}, came {violation.Came}; {check.Reason}")
                {
                    Evidence = check.Evidence,
                }
            : isAbsent
                ? new CaseResult(one, CaseVerdict.Inconclusive, $"the server does not have {trial.Move.Command}: {violation.Came}")
                {
                    Evidence = evidence,
                }
            : !table[trial.Move.Command].IsNeverAccepted && conduct.IsChosen(one.State!, trial.Move, code)
                ? new CaseResult(
                    one,
                    CaseVerdict.NonStrict,
                    $"{trial.Move} draws {violation.Came}, with which the server refuses what is in order too"
                )
                {
                    Evidence = evidence,
                }
            : new CaseResult(
                one,
                CaseVerdict.Fail,
                $"expected {violation.Expected}, came {violation.Came}, which {violation.Rule} does not "
                    + $"allow{(check is { Whereabouts: Whereabouts.Agrees } ? "; the state is what it should be" : "")}"
            )
            {
                Evidence = evidence,
                Rule = violation.Rule!,
            };
    }

    private CaseResult Broken(TestCase one, Trial trial, ProbeResult probe, Violation violation)
    {
        var evidence = Evidence(probe, violation.Expected, violation.Came);
        if (probe.Last is null && probe.Steps.Count < probe.Moves.Count)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"on the way there: {violation}") { Evidence = evidence };
        }

        // a rule that holds whatever the command has a case of its own; a command that is there in another state is missing in this one
        // only
        return IsToldHere(one, violation.Rule)
            ? new CaseResult(one, Of(violation.Rule!), $"expected {violation.Expected}, came {violation.Came}")
            {
                Evidence = evidence,
                Rule = violation.Rule!,
            }
            : conduct.IsConduct(violation.Rule)
            && !(violation.Rule!.Id == table.Conduct.Minimum.Id && conduct.IsServed(probe.Moves[^1].Command))
                ? new CaseResult(
                    one,
                    CaseVerdict.Inconclusive,
                    $"it breaks another rule, {violation.Rule}: expected {violation.Expected}, came {violation.Came}"
                )
                {
                    Evidence = evidence,
                }
            : Obeyed(trial, probe.Steps[^1].Came) is { } obeyed
                ? new CaseResult(
                    one,
                    CaseVerdict.Fail,
                    $"{trial.Move} is taken for {Palette.Extended(table, trial.Move.Text)}: expected {violation.Expected}, came "
                        + $"{violation.Came}"
                )
                {
                    Evidence = evidence,
                    Rule = obeyed,
                }
            : new CaseResult(one, CaseVerdict.Fail, $"expected {violation.Expected}, came {violation.Came}")
            {
                Evidence = evidence,
                Rule = violation.Rule ?? one.Rule,
            };
    }

    // the test of an extension by itself has no case for the rules that hold whatever the command. A wrong password may be what a server
    // defends itself against (RFC 5321 7.8), and has a case of its own
    private bool IsToldHere(TestCase one, Rule? rule) =>
        options.Scope is not null
        && !(one.Kind is CaseKind.Refused && table.CountsFailures(one.Command!))
        && conduct.IsConduct(rule)
        && rule!.Id != table.Conduct.Minimum.Id;

    // a rule may want that very code of what comes too early
    private bool IsAskedFor(TestCase one, Trial trial, int code) =>
        one.Kind is CaseKind.OutOfOrder && table.OutOfOrder(one.State!, trial.Move.Command)?.Codes.Contains(code) is true;

    private Rule? Obeyed(Trial trial, Observation came) => Oracle.Obeyed(table, trial.Move, came.Code);

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
                    : last.Judgement?.Verdict is Verdict.NonStrict
                        ? (CaseVerdict.NonStrict, $"refused with {last.Came}, which the table does not list here")
                    : table.From(one.State!, trial.Move.Command).Any(edge => edge.Exchange.IsAccepted && edge.To != one.State)
                        ? (
                            CaseVerdict.Inconclusive,
                            $"refused: {last.Came}; that is for the server to choose, and what comes behind it stays untested"
                        )
                    : (CaseVerdict.Info, $"refused, as it may be: {last.Came}");
            case CaseKind.Malformed when last.Came.IsAcceptance() && use.Argument != Argument.None && trial.Move.Text != use.Command.Name
                && use.Command.OnAccept.All(effect => effect.Kind is EffectKind.Clear):
                // a name that is malformed to the standard may be acceptable to the site; a path that is kept, or nothing, is not
                return (CaseVerdict.Info, $"taken all the same, as the site may: {trial.Move} draws {last.Came}");
            case CaseKind.Refused when last.Came.IsAcceptance():
                return (CaseVerdict.NotApplicable, $"this server refuses none that was tried: {trial.Move} draws {last.Came}");
            case CaseKind.Refused
                when !use.Required && (last.Came.Code == table.Faults.NotImplemented || last.Came.Code == table.Faults.Unrecognized):
                return (CaseVerdict.NotApplicable, $"not offered: {last.Came}");
            default:
                return null;
        }
    }
}
