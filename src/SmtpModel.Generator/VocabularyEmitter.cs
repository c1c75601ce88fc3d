using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>Writes the enumerations that all profiles share: states, verbs, arguments, effects.</summary>
internal static class VocabularyEmitter
{
    public static void Write(CodeWriter code, IReadOnlyList<TransitionTable> tables)
    {
        code.Line("/// <summary>The control state of a session.</summary>");
        code.Open("public enum SessionState : byte");
        foreach (var state in tables.SelectMany(table => table.States).Distinct())
        {
            code.Line($"/// <summary>{Escape(state.Meaning)}</summary>").Line($"{state.Name},");
        }

        code.Close().Line();
        code.Line("/// <summary>An input of the session: a command, or what is no command line.</summary>");
        code.Open("public enum Verb : byte");
        foreach (var command in tables.SelectMany(table => table.Commands).Select(use => use.Command).Distinct())
        {
            code.Line($"/// <summary>{Escape(command.Kind is InputKind.Line ? $"the {command} command" : command.Name)}</summary>")
                .Line($"{Naming.Of(command)},");
        }

        code.Close().Line();
        code.Open("internal enum ArgumentKind : byte");
        foreach (
            var argument in tables
                .SelectMany(table => table.Commands)
                .Select(use => use.Argument)
                .Where(argument => argument.Value is null)
                .Distinct()
        )
        {
            code.Line($"{Naming.Of(argument)},");
        }

        code.Line("Patterned,");

        code.Close().Line();
        code.Line("[System.Flags]").Open("internal enum BufferEffects : ushort");
        code.Line("None = 0,");
        foreach (var (effect, index) in Effects(tables).Select((effect, index) => (effect, index)))
        {
            code.Line($"{Naming.Of(effect)} = 1 << {index},");
        }

        // what is no buffer of the transaction: TLS begins, and what a greeting does to the list of extensions
        code.Line("Secure = 1 << 13,");
        code.Line("LearnOffer = 1 << 14,");
        code.Line("ForgetOffer = 1 << 15,");

        code.Close();
    }

    // clearing comes before setting and appending, so that the flags are applied in their order
    private static IEnumerable<Effect> Effects(IReadOnlyList<TransitionTable> tables) =>
        tables.SelectMany(table => table.Commands).SelectMany(use => use.Command.OnAccept.Concat(use.Command.OnRefuse))
            .Distinct().OrderBy(effect => effect.Kind).ThenBy(effect => effect.Buffer.Name, StringComparer.Ordinal);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
