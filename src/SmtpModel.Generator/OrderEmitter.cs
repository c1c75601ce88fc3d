using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>Writes one profile's order as rows, with the rule as a comment beside each row.</summary>
internal static class OrderEmitter
{
    public static void Write(CodeWriter code, TransitionTable table, IReadOnlyList<TransitionTable> all)
    {
        code.Line($"/// <summary>{table.Profile.Title}.</summary>");
        code.Open($"internal static class {Naming.Of(table.Profile)}");
        Effects(code, table);
        code.Open(
            $"public static OrderRows Rows {{ get; }} = new(\"{table.Profile.Name}\", SmtpModel.Protocol.Dialect.{table.Grammar}, "
                + $"SessionState.{table.Start})"
        );
        var faults = table.Faults;
        code.Line(
            $"Faults = new(Unrecognized: {faults.Unrecognized}, NotAcceptable: {faults.NotAcceptable}, NotImplemented: "
                + $"{faults.NotImplemented}, Closing: {faults.Closing}),"
        );
        States(code, table);
        Commands(code, table, all);
        Refusals(code, table);
        Exchanges(code, table);
        Extensions(code, table, all);
        code.Close("};").Line();
        code.Line("public static TableOrder Table { get; } = TableOrder.Of(Rows);");
        code.Close();
    }

    private static void Effects(CodeWriter code, TransitionTable table)
    {
        code.Line("// what a command does to the buffers, and to the list of extensions");
        foreach (var (command, accepted) in table.Commands.SelectMany(use => new[] { (use.Command, true), (use.Command, false) }))
        {
            var flags = Flags(table, command, accepted).ToList();
            if (flags.Count > 0)
            {
                code.Line(
                    $"private const BufferEffects {Name(command, accepted)} = "
                        + $"{string.Join(" | ", flags.Select(flag => $"BufferEffects.{flag}"))};"
                );
            }
        }

        code.Line();
    }

    private static void States(CodeWriter code, TransitionTable table)
    {
        code.Line("States =").OpenList();
        foreach (var state in table.States)
        {
            code.Line($"new(SessionState.{state}, SessionReading.{table.Reads(state)}),");
        }

        code.Close("],");
    }

    private static void Commands(CodeWriter code, TransitionTable table, IReadOnlyList<TransitionTable> all)
    {
        code.Line("Commands =").OpenList();
        foreach (var use in table.Commands)
        {
            var isLine = use.Command.Kind is InputKind.Line;
            string[] more =
            [
                .. !isLine ? ["IsLine = false"] : Array.Empty<string>(),
                .. use.Required ? ["Required = true"] : Array.Empty<string>(),
                .. use.Extension is { } extension ? [$"Extension = \"{extension}\""] : Array.Empty<string>(),
                .. use.Command.Variant is { } variant
                    ?
                    [
                        $"Keyword = \"{variant.Keyword}\"",
                        $"Variant = {PatternEmitter.Of(all, variant.Argument)}",
                        .. variant.Mark.Length > 0 ? ["IsHeir = true"] : Array.Empty<string>(),
                    ]
                    : Array.Empty<string>(),
                .. use.Command.Block is { } block ? [$"Block = {PatternEmitter.Of(all, block.Number)}"] : Array.Empty<string>(),
                .. isLine && table.Delivers(use.Command) ? ["Delivers = true"] : Array.Empty<string>(),
                .. use.Argument.Value is { } value ? [$"Value = {PatternEmitter.Of(all, value)}"] : Array.Empty<string>(),
                .. table.ForEach.TryGetValue(use.Command, out var each)
                    ? [$"ForEach = BufferEffects.{Naming.Of(new Effect(each.Buffer, EffectKind.Append))}"]
                    : Array.Empty<string>(),
            ];
            var end = more.Length == 0 ? "" : $" {{ {string.Join(", ", more)} }}";
            code.Line(
                $"new(Verb.{Naming.Of(use.Command)}, \"{use.Command}\", ArgumentKind.{Naming.Of(use.Argument)}, "
                    + $"{use.Replies.Accepting.FirstOrDefault()}, \"{use.Syntax}\"){end},"
            );
        }

        code.Close("],");
    }

    private static void Refusals(CodeWriter code, TransitionTable table)
    {
        code.Line("// what is out of order").Line("Refusals =").OpenList();
        foreach (
            var group in table
                .States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command)).OfType<Refusal>())
                .GroupBy(refusal => (refusal.State, refusal.Codes[0], refusal.Rule))
        )
        {
            var (state, reply, rule) = group.Key;
            code.Line(
                $"new(SessionState.{state}, {reply}, {string.Join(", ", group.Select(refusal => $"Verb.{Naming.Of(refusal.Command)}"))}), "
                    + $"// {rule}"
            );
        }

        code.Close("],");
    }

    private static void Exchanges(CodeWriter code, TransitionTable table)
    {
        code.Line("// where an exchange leads, and what it does; those of \"any\" are for every command that has none of its own")
            .Line("Exchanges =")
            .OpenList();
        foreach (var state in table.States)
        {
            // the codes that lead alike, those that accept first
            foreach (
                var step in from edge in table.From(state)
                            group edge by (Command: table.IndexOf(edge.Exchange.Command), edge.To, edge.Rule, edge.Exchange.IsAccepted) into step
                            orderby step.Key.Command, step.Key.IsAccepted descending
                            select step
            )
            {
                var (_, to, rule, accepted) = step.Key;
                var command = step.First().Exchange.Command;
                var effects = Flags(table, command, accepted).Any() ? Name(command, accepted) : "BufferEffects.None";
                var codes = string.Join(", ", step.Select(edge => edge.Exchange.Code).Order());
                code.Line($"new(SessionState.{state}, Verb.{Naming.Of(command)}, SessionState.{to}, {effects}, {codes}), // {rule}");
            }
        }

        code.Close("],");
    }

    // a number that the site has the most of
    private static string Most(TransitionTable table, Parameter parameter) => table.MostOfSite(parameter) is { } site
        ? $" {{ Most = new({Literal(site)}, {parameter.LimitRefusing[0]}) }}" : "";

    private static void Extensions(CodeWriter code, TransitionTable table, IReadOnlyList<TransitionTable> all)
    {
        if (table.Extensions.Count == 0)
        {
            return;
        }

        if (
            table.Parameters.FirstOrDefault(parameter =>
                parameter.Group.Length > 0 || (parameter.Limit is not null && parameter.Bound != OfferedBound.Most)
            ) is
            { } bound
        )
        {
            throw new SpecificationException(
                $"{table.Profile}: the parameter {bound} has bounds or a group, which only a session of a profile composed at run time "
                    + $"knows"
            );
        }

        code.Line("Parameters =").OpenList();
        foreach (var parameter in table.Parameters)
        {
            var verbs = string.Join(", ", parameter.Commands.Select(command => $"Verb.{Naming.Of(command)}"));
            code.Line(
                $"new(\"{parameter.Keyword}\", {Literal(parameter.Syntax)}, {PatternEmitter.Of(all, parameter.Value)}, "
                    + $"{parameter.Refusing[0]}, {verbs}){Most(table, parameter)}, // {parameter.Taken}"
            );
        }

        code.Close("],").Line("Extensions =").OpenList();
        foreach (var extension in table.Extensions)
        {
            var served = table.ServedFirst(extension).Select(command => $", Verb.{Naming.Of(command)}").ToList();
            string?[] parts =
            [
                extension.Argument is { } argument && extension.FromSite is null ? $"Argument = {Literal(argument.Valid[0])}" : null,
                extension.FromSite is { } site ? $"Site = {Site(site)}" : null,
                extension.IsForTls ? "IsForTls = true" : null,
                served.Count == 0 || table.Conditions.Count == 0 ? null : $"Demand = new({table.Conditions[0]}{string.Concat(served)})",
            ];
            List<string> more = [.. parts.OfType<string>()];
            var end = more.Count == 0 ? "" : $" {{ {string.Join(", ", more)} }}";
            code.Line(
                $"new(\"{extension.Keyword}\", HasArgument: {(extension.Argument is null ? "false" : "true")}){end}, // {extension.Clause}"
            );
        }

        code.Close("],");
        if (table.Utf8Paths is { } utf8)
        {
            code.Line($"Utf8Parameter = \"{utf8.Parameter.Keyword}\", // {utf8.Rule}");
        }

        if (table.ReplyTexts.Count > 0)
        {
            code.Line($"HasEnhancedCodes = true, // {table.ReplyTexts[0].Rule}");
        }
    }

    private static string Site(SiteValue site) => site.Most == int.MaxValue && site.Before.Length == 0 ? $"new({Literal(site.Name)})"
        : site.Most == int.MaxValue ? $"new({Literal(site.Name)}, {Literal(site.Before)})"
        : $"new({Literal(site.Name)}, {Literal(site.Before)}, {site.Most})";

    // clearing comes before setting and appending
    private static IEnumerable<string> Flags(TransitionTable table, Command command, bool accepted)
    {
        foreach (var effect in (accepted ? command.OnAccept : command.OnRefuse).OrderBy(effect => effect.Kind))
        {
            yield return Naming.Of(effect);
        }

        if (table.LearnsOffer(command / Code(table, command, accepted)) is { } learns)
        {
            yield return learns ? "LearnOffer" : "ForgetOffer";
        }

        if (table.Secures(command / Code(table, command, accepted)))
        {
            yield return "Secure";
        }
    }

    // a reply that accepts the command, or one that does not
    private static int Code(TransitionTable table, Command command, bool accepted) =>
        (accepted ? table[command].Replies.Accepting : table[command].Replies.Refusing).FirstOrDefault(accepted ? 250 : 550);

    private static string Name(Command command, bool accepted) => $"{Naming.Of(command)}{(accepted ? "Accepted" : "Refused")}";

    private static string Literal(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
