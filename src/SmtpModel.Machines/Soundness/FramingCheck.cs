namespace SmtpModel.Machines;

/// <summary>
/// The inputs of one verb are told apart by their arguments, each by its own examples; and where a block follows a command, each
/// example of its argument says how long it is.
/// </summary>
internal static class FramingCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table) =>
        table
            .Commands.SelectMany(use => Variants(table, use).Concat(Blocks(use)))
            .Select(message => new Diagnostic("SMTP020", table.Profile.Name, message, SourcePlace.Unknown));

    private static IEnumerable<string> Variants(TransitionTable table, CommandUse use)
    {
        if (
            use.Command.Variant is { } variant
            && table.Commands.All(other =>
                other.Command.Name != variant.Keyword || other.Command is not { Kind: InputKind.Line, Variant: null }
            )
        )
        {
            yield return $"{use.Command} is said to be a variant of {variant.Keyword}, which is no command of the profile; describe that "
                + $"one too";
            yield break;
        }

        var examples = use.Command.Kind is InputKind.Line ? use.Argument.Value?.Valid ?? [] : [];
        foreach (var example in examples.Where(example => table.Recognize($"{use.Command.Keyword} {example}")?.Command != use.Command))
        {
            yield return $"'{use.Command.Keyword} {example}' is an example of {use.Command} and is taken for "
                + $"{table.Recognize($"{use.Command.Keyword} {example}")?.Command}; "
                + "a variant's pattern has to be found in its own arguments and in no others";
        }
    }

    private static IEnumerable<string> Blocks(CommandUse use) =>
        use.Command.Block is not { } block ? []
        : use.Command.Kind is not InputKind.Line || use.Argument.Value is not { } value
            ? [$"a block follows {use.Command}, whose argument has no pattern that says how its length is written"]
        : value
            .Valid.Where(example => block.With(example, 1) == example && block.Count(example) != 1)
            .Select(example => $"a block follows {use.Command}, and '{block.Number}' finds no number in its example '{example}'");
}
