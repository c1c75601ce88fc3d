using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes the permanent names of cases: of names in the specification only, never of places in a list.</summary>
internal static class CaseName
{
    public static string Of(Clause clause, string about) =>
        $"{Slug(clause.Document).ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)}/{Slug(clause.Section)}/{Slug(about)}";

    private static string Slug(string words) => words.Replace(' ', '-');
}
