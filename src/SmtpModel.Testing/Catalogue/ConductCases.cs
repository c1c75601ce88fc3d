using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The cases about how a server behaves whatever the command: they are decided by all that was seen.</summary>
internal static class ConductCases
{
    public static IEnumerable<TestCase> Of(TransitionTable table)
    {
        var conduct = table.Conduct;
        yield return Case("one-reply", conduct.OneReply, "Every command draws exactly one reply, and none comes unasked.");
        foreach (var (command, shape) in table.ForEach)
        {
            yield return new TestCase(
                CaseName.Of(shape.Rule.Clause, $"replies-to-the-{command.Name.Replace(' ', '-')}"),
                CaseKind.Conduct,
                shape.Rule,
                $"The {command} draws one reply for each {shape.Buffer} that was accepted, and no more.",
                CaseDepth.Of(table, command)
            )
            {
                Command = command,
            };
        }

        foreach (var limit in table.CountLimits)
        {
            yield return new TestCase(
                CaseName.Of(limit.Rule.Clause, $"as-many-{limit.Counted[0]}-as-{limit.Name}-says"),
                CaseKind.Conduct,
                limit.Rule,
                $"As many {limit.Counted[0]} are taken as {table.Listing} lists behind {limit.Name}.",
                CaseDepth.Of(table, limit.Counted[0])
            )
            {
                Command = limit.Counted[0],
            };
        }

        yield return Case(
            "form-of-replies",
            conduct.Form,
            "Every reply has the form of one: three digits, the first of them 2 to 5, text, lines that end with CRLF."
        );
        yield return Case(
            "closing",
            conduct.Closing,
            $"The server closes the channel only after {table.Ending} or with {table.Faults.Closing}."
        );
        if (
            table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.Any) is { } any
            && table.Edges.FirstOrDefault(edge => edge.Exchange.Command == any.Command) is { Rule: { } closing }
        )
        {
            yield return Case(
                $"closes-after-{table.Faults.Closing}",
                closing,
                $"When the server says {table.Faults.Closing} it closes the channel."
            );
        }

        var known = table.Stated(Spec.Rfc821.C)!;
        foreach (
            var use in table.Commands.Where(use =>
                use.Command is { Kind: InputKind.Line, Variant: null or { Mark.Length: 0 } } && !use.IsNeverAccepted
            )
        )
        {
            var rule = use.Required ? conduct.Minimum : known;
            yield return new TestCase(
                CaseName.Of(rule.Clause, $"{use.Command}-is-there"),
                CaseKind.Offered,
                rule,
                use.Required
                    ? $"{use.Command} is there in every server."
                    : $"{use.Command} may be there; where it is not, it draws {table.Faults.Unrecognized} or "
                        + $"{table.Faults.NotImplemented}.",
                CaseDepth.Of(table, use.Command)
            )
            {
                Command = use.Command,
            };
        }

        var site = table.Stated(Spec.Rfc821.S2)!;
        yield return Case("site-decides", site, "Which mailboxes are acceptable is for the site to say; what it said is reported.");
    }

    private static TestCase Case(string about, Rule rule, string requirement) =>
        new(CaseName.Of(rule.Clause, about), CaseKind.Conduct, rule, requirement, Depth.Greeting);
}
