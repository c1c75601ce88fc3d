using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <content>What was wrong, what was worth a remark, and the line that shows it.</content>
internal sealed partial class Play
{
    public void Misdelivered(Edge edge, Command command, string difference) =>
        _violation = new Violation(ViolationKind.Delivery, edge.From, command, edge.Rule, "what was accepted is handed over", difference);

    private void Note(Move move, Observation came, Verdict verdict) =>
        transcript?.Add(new TranscriptLine(State.Name, Sent(move), came.Told(), verdict) { IsJoined = IsJoined });

    // whether the session has shown what it was played for
    private bool Odd(Move? sent, Command command, string fault, Observation observation, Rule? rule)
    {
        if (!observation.IsFaultGrave)
        {
            Remember($"the reply to {command}: {fault}", rule, sent, observation);
            return false;
        }

        var violation = new Violation(ViolationKind.Form, State, command, Table.Conduct.Form, "a reply as the standard has it", fault);
        return Beside(Odd(violation, fault));
    }

    // one fault, wherever it shows
    private static Violation Odd(Violation violation, string fault) => violation with { Key = $"{ViolationKind.Form}|{fault}" };

    private bool Beside(Violation violation)
    {
        _besides.Add((violation, At));
        if (violation.Key != Sought)
        {
            return false;
        }

        transcript?.MarkLast();
        return true;
    }

    private bool Fail(ViolationKind kind, Move move, Observation observation, string expected, Rule? rule, bool note = true) =>
        Fail(kind, note ? Sent(move) : null, move, observation, expected, rule, note);

    private bool Fail(ViolationKind kind, string? sent, Move move, Observation observation, string expected, Rule? rule, bool note = true)
    {
        if (note)
        {
            var isJoined = IsJoined && sent is not null;
            transcript?.Add(new TranscriptLine(Blamed.Name, sent, observation.Told(), Verdict.Fail) { IsJoined = isJoined });
        }

        var violation = new Violation(kind, Blamed, move.Command, rule, expected, observation.ToString());

        // what comes unasked belongs to the command before, and a server that hangs up does so whatever comes next: one
        // fault each, in whichever state it shows
        _violation = kind switch
        {
            ViolationKind.Form when observation is { IsFaultGrave: true, Fault: { } fault } => Odd(violation, fault),
            ViolationKind.Form when sent is null => violation with { Key = $"{kind}|unasked|{_last}" },
            ViolationKind.Closed => violation with { Key = $"{kind}|{rule?.Id}" },
            _ => violation,
        };
        return false;
    }

    // it is seen time and again, and told of the first
    private void Remember(string what, Rule? rule, Move? move, Observation came)
    {
        var key = new NonStrict(State.Name, what);
        if (!nonStrict.ContainsKey(key))
        {
            nonStrict.TryAdd(key, new Remark(rule, move is null ? null : Octets(move), came.ToString()));
        }
    }

    private static string? Octets(Move move) => Sent(move) is not { } sent ? null : move.Kind is MoveKind.Data ? sent : $"{sent}\\r\\n";

    private static string? Sent(Move move) => move.Command.Kind is InputKind.Opening ? null : move.ToString();

    // a reply of the right kind whose code is not one of the row
    private Violation Miscoded(Move move, Observation came, Judgement judgement) =>
        new(ViolationKind.Reply, Blamed, move.Command, judgement.Rule, Expectation.OfCode(Table, Blamed, move), came.ToString())
        {
            Miscode = came.Code,
        };

    private string Expected(Move move, int code) => Expectation.Of(Table, Blamed, move.Command, move.Kind, code);

    private string Expected(Move move) => Expectation.Of(Table, Blamed, move.Command, move.Kind)
        + (Table.ForEach.TryGetValue(move.Command, out var shape) ? $", {Due(move)} times: for each {shape.Buffer}" : "");
}
