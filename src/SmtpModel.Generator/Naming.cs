using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>How things of the specification are called in the generated code.</summary>
internal static class Naming
{
    /// <summary>A name for a command: its keyword, or its words as one.</summary>
    public static string Of(Command command) =>
        command.Kind is InputKind.Line ? command.Name.Replace(" ", "", StringComparison.Ordinal) : Pascal(command.Name);

    /// <summary>A name for an argument's grammar.</summary>
    public static string Of(Argument argument) => argument.Value is null ? Pascal(argument.Name) : "Patterned";

    /// <summary>A name for an effect, as <c>AppendForwardPath</c>.</summary>
    public static string Of(Effect effect) => effect.Kind + Pascal(effect.Buffer.Name);

    /// <summary>A name for a profile's order, as <c>Rfc821Order</c>.</summary>
    public static string Of(Profile profile) => Pascal(profile.Name) + "Order";

    private static string Pascal(string words) => string.Concat(words.Split([' ', '-', '/', '+'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
