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

        var described = table.Commands.Select(use => use.Command).ToHashSet();
        foreach (var parameter in vocabulary.Parameters.Where(parameter => !parameter.Commands.Any(described.Contains)))
        {
            yield return Wrong(
                table,
                parameter.Extension,
                $"the parameter {parameter} is for {string.Join(" and ", parameter.Commands)}, which no row of replies describes"
            );
        }

        foreach (
            var (parameter, example) in from parameter in vocabulary.Parameters
                                        from example in parameter.Value?.Valid ?? []
                                        where !EsmtpValue().IsMatch(example)
                                        select (parameter, example)
        )
        {
            yield return Wrong(
                table,
                parameter.Extension,
                $"the parameter {parameter}: its example '{example}' is no esmtp-value, which has no '=', no space and no control character "
                    + $"(RFC 5321 4.1.2)"
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
            if (value is { Valid: [] })
            {
                yield return Wrong(table, extension, $"{name}: there is no example that fits its pattern; give at least one");
            }

            if (value?.Fault is { } fault)
            {
                yield return Wrong(table, extension, $"{name}: its pattern '{value.Pattern}' is no regular expression: {fault}");
                continue;
            }

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

    // octets over 127 are for the extension that allows them to say
    [GeneratedRegex(@"\A[^\x00-\x20=\x7F]+\z")]
    private static partial Regex EsmtpValue();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]*\z")]
    private static partial Regex Keyword();
}
