using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>Writes one profile's order: what a state reads, which commands are in order, and where each exchange leads.</summary>
internal static class OrderEmitter
{
    public static void Write(CodeWriter code, TransitionTable table)
    {
        code.Line($"/// <summary>{table.Profile.Title}.</summary>");
        code.Open($"internal readonly struct {Naming.Of(table.Profile)} : ISessionOrder");
        code.Line($"public string Name => \"{table.Profile.Name}\";");
        code.Line($"public SmtpModel.Protocol.Dialect Dialect => SmtpModel.Protocol.Dialect.{table.Grammar};");
        code.Line($"public SessionState Start => SessionState.{table.Start};");
        code.Line($"public int Unrecognized => {table.Faults.Unrecognized};");
        code.Line($"public int NotAcceptable => {table.Faults.NotAcceptable};");
        code.Line($"public int NotImplemented => {table.Faults.NotImplemented};");
        code.Line($"public int Closing => {table.Faults.Closing};");
        code.Line();
        Reads(code, table);
        Recognize(code, table);
        Arguments(code, table);
        Accepting(code, table);
        Syntax(code, table);
        OutOfOrder(code, table);
        Next(code, table);
        code.Close();
    }

    private static void Reads(CodeWriter code, TransitionTable table)
    {
        code.Open("public SessionReading Reads(SessionState state) => state switch");
        foreach (var state in table.States)
        {
            code.Line($"SessionState.{state} => SessionReading.{table.Reads(state)},");
        }

        code.Line("_ => SessionReading.Nothing,").Close("};").Line();
    }

    private static void Recognize(CodeWriter code, TransitionTable table)
    {
        code.Line("// the keyword in either case; letters only, so one bit tells the cases apart");
        code.Open("public Verb Recognize(System.ReadOnlySpan<byte> keyword)");
        code.Open("return KeywordCode.Of(keyword) switch");
        foreach (var use in Lines(table))
        {
            var value = use.Command.Name.Aggregate(0UL, (packed, letter) => (packed << 8) | letter);
            code.Line($"0x{value:X}UL => Verb.{Naming.Of(use.Command)},");
        }

        code.Line($"_ => Verb.{Naming.Of(Unknown(table))},").Close("};").Close().Line();
    }

    private static void Arguments(CodeWriter code, TransitionTable table)
    {
        code.Open("public ArgumentKind ArgumentOf(Verb verb) => verb switch");
        foreach (var group in Lines(table).GroupBy(use => use.Argument).Where(group => group.Key != Argument.None))
        {
            code.Line($"{Verbs(group)} => ArgumentKind.{Naming.Of(group.Key)},");
        }

        code.Line($"_ => ArgumentKind.{Naming.Of(Argument.None)},").Close("};").Line();
    }

    private static void Accepting(CodeWriter code, TransitionTable table)
    {
        code.Line("// the reply that accepts a command: the first of its row; 0 where none does");
        code.Open("public int Accepting(Verb verb) => verb switch");
        foreach (var group in table.Commands.GroupBy(use => use.Replies.Accepting.FirstOrDefault()).Where(group => group.Key != 0))
        {
            code.Line($"{Verbs(group)} => {group.Key},");
        }

        code.Line("_ => 0,").Close("};").Line();
    }

    private static void Syntax(CodeWriter code, TransitionTable table)
    {
        code.Line("// how each command is written, for HELP");
        code.Open("public string? Syntax(Verb verb) => verb switch");
        foreach (var use in Lines(table))
        {
            code.Line($"Verb.{Naming.Of(use.Command)} => \"{use.Syntax}\",");
        }

        code.Line("_ => null,").Close("};").Line();
        code.Open("public System.ReadOnlySpan<Verb> Commands => new Verb[]");
        foreach (var use in Lines(table))
        {
            code.Line($"Verb.{Naming.Of(use.Command)},");
        }

        code.Close("};").Line();
        code.Open("public bool IsRequired(Verb verb) => verb switch");
        code.Line($"{Verbs(Lines(table).Where(use => use.Required))} => true,");
        code.Line("_ => false,").Close("};").Line();
    }

    private static void OutOfOrder(CodeWriter code, TransitionTable table)
    {
        code.Line("// 0 where the command is in order");
        code.Open("public int OutOfOrder(SessionState state, Verb verb) => state switch");
        foreach (var state in table.States)
        {
            var refusals = table.Commands.Select(use => table.OutOfOrder(state, use.Command)).OfType<Refusal>().ToList();
            if (refusals.Count == 0)
            {
                continue;
            }

            code.Open($"SessionState.{state} => verb switch");
            foreach (var group in refusals.GroupBy(refusal => (refusal.Codes[0], refusal.Rule)))
            {
                code.Line($"{string.Join(" or ", group.Select(refusal => $"Verb.{Naming.Of(refusal.Command)}"))} => {group.Key.Item1}, // {group.Key.Rule}");
            }

            code.Line("_ => 0,").Close("},");
        }

        code.Line("_ => 0,").Close("};").Line();
    }

    private static void Next(CodeWriter code, TransitionTable table)
    {
        code.Line("public SessionStep Next(SessionState state, Verb verb, int code) => Steps[state, verb, code];").Line();
        code.Line("public int Reply(SessionState state, Verb verb, int code) => code;").Line();
        code.Line("private static readonly StepTable Steps = new(Decide);").Line();
        code.Line("// where an exchange leads, and what it does to the buffers; the table above is filled from here");
        code.Open("private static SessionStep Decide(SessionState state, Verb verb, int code) => (state, verb) switch");
        foreach (var state in table.States)
        {
            foreach (var use in Own(table, state))
            {
                code.Line($"(SessionState.{state}, Verb.{Naming.Of(use.Command)}) =>").Indent();
                foreach (var (condition, step, rule) in Steps(table.From(state, use.Command)))
                {
                    code.Line($"code is {condition} ? {step} : // {rule}");
                }

                code.Line("WhateverCame(state, code),").Outdent();
            }
        }

        code.Line("_ => WhateverCame(state, code),").Close("};").Line();
        code.Line("// replies that may be given to any command");
        code.Open("private static SessionStep WhateverCame(SessionState state, int code) => state switch");
        foreach (var state in table.States)
        {
            var edges = table.From(state).Where(edge => edge.Exchange.Command.Kind is InputKind.Any).ToList();
            foreach (var (condition, step, rule) in Steps(edges))
            {
                code.Line($"SessionState.{state} when code is {condition} => {step}, // {rule}");
            }
        }

        code.Line("_ => SessionStep.NotPermitted,").Close("};").Line();
        code.Line("// what a command does to the buffers");
        foreach (var effects in table.Commands.SelectMany(use => new[] { (use.Command, use.Command.OnAccept, true), (use.Command, use.Command.OnRefuse, false) })
            .Where(effects => effects.Item2.Count > 0))
        {
            var flags = string.Join(" | ", effects.Item2.OrderBy(effect => effect.Kind).Select(effect => $"BufferEffects.{Naming.Of(effect)}"));
            code.Line($"private const BufferEffects {Effects(effects.Command, effects.Item3)} = {flags};");
        }
    }

    // the codes that lead alike, those that accept first
    private static IEnumerable<(string Codes, string Step, Rule? Rule)> Steps(IEnumerable<Edge> edges) =>
        from edge in edges
        group edge by (edge.To, edge.Rule, edge.Exchange.IsAccepted) into step
        orderby step.Key.IsAccepted descending
        let exchange = step.First().Exchange
        let effects = exchange.Effects.Count == 0 ? "BufferEffects.None" : Effects(exchange.Command, exchange.IsAccepted)
        select (string.Join(" or ", step.Select(edge => edge.Exchange.Code).Order()), $"new(SessionState.{step.Key.To}, {effects})", step.Key.Rule);

    private static string Effects(Command command, bool accepted) => $"{Naming.Of(command)}{(accepted ? "Accepted" : "Refused")}";

    private static IEnumerable<CommandUse> Own(TransitionTable table, State state) =>
        table.Commands.Where(use => use.Command.Kind is not InputKind.Any && table.From(state, use.Command).Count > 0);

    private static Command Unknown(TransitionTable table) => table.Commands.First(use => use.Command.Kind is InputKind.UnknownLine).Command;

    private static IEnumerable<CommandUse> Lines(TransitionTable table) => table.Commands.Where(use => use.Command.Kind is InputKind.Line);

    private static string Verbs(IEnumerable<CommandUse> uses) => string.Join(" or ", uses.Select(use => $"Verb.{Naming.Of(use.Command)}"));
}
