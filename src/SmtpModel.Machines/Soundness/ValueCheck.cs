using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>
/// The examples of a value fit its pattern and its counterexamples do not; what an extension needs is a keyword that the
/// specification knows, or at least a word that EHLO can list (RFC 5321 4.1.1.1).
/// </summary>
internal static partial class ValueCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var vocabulary = table.Machine.Vocabulary;
        foreach (var parameter in vocabulary.Parameters.Where(parameter => !Keyword().IsMatch(parameter.Keyword)))
        {
            yield return Wrong(
                table,
                parameter.Extension,
                $"the parameter '{parameter.Keyword}' of {parameter.Extension} is no esmtp-keyword: letters, digits and hyphens"
            );
        }

        foreach (var extension in vocabulary.Extensions.Where(extension => !Keyword().IsMatch(extension.Keyword)))
        {
            yield return Wrong(table, extension.Keyword, $"'{extension.Keyword}' is no ehlo-keyword: letters, digits and hyphens");
        }

        var values = vocabulary
            .Parameters.Select(parameter => (Name: $"the parameter {parameter}", parameter.Value, Extension: (string?)parameter.Extension))
            .Concat(table.Commands.Select(use => (Name: $"the argument of {use.Command}", use.Argument.Value, use.Extension)))
            .Concat(
                vocabulary.Extensions.Select(extension =>
                    (Name: $"the keyword {extension}", Value: extension.Argument, (string?)extension.Keyword)
                )
            );
        foreach (var (name, value, extension) in values)
        {
            foreach (var example in value?.Valid.Where(example => !value.Fits(example)) ?? [])
            {
                yield return Wrong(table, extension, $"{name}: its example '{example}' does not fit its pattern '{value!.Pattern}'");
            }

            foreach (var example in value?.Malformed.Where(value.Fits) ?? [])
            {
                yield return Wrong(table, extension, $"{name}: its malformed example '{example}' fits its pattern '{value!.Pattern}'");
            }
        }
    }

    private static Diagnostic Wrong(TransitionTable table, string? extension, string message) =>
        new("SMTP017", table.Profile.Name, message, table.Profile.PlaceOf(extension) ?? SourcePlace.Unknown);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]*\z")]
    private static partial Regex Keyword();
}
