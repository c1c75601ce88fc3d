namespace SmtpModel.Session.Tests;

/// <summary>A case of a generated test, shown by a name of its own and nothing else.</summary>
internal static class Row
{
    public static TheoryDataRow<T1, T2> Named<T1, T2>(string name, T1 first, T2 second) =>
        new(first, second) { TestDisplayName = name, Label = "" };

    public static TheoryDataRow<T1, T2, T3> Named<T1, T2, T3>(string name, T1 first, T2 second, T3 third) =>
        new(first, second, third) { TestDisplayName = name, Label = "" };
}
