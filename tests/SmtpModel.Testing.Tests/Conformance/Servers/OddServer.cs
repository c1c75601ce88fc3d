namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>A server that departs from the rules in a way in which it is easy to accuse it of something else, or of nothing.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Fails">The names of the cases that fail; no other does.</param>
/// <param name="Fault">What it does, as a server.</param>
internal sealed record OddServer(string Name, IReadOnlyList<string> Fails, Fault Fault)
{
    /// <summary>The names of cases that are not strict, among others.</summary>
    public IReadOnlyList<string> NonStrict { get; init; } = [];

    /// <summary>A server that answers lines otherwise.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="fails">The names of the cases that fail, behind <c>rfc5321/</c> and with blanks between them.</param>
    /// <param name="line">The reply to a line: to session, verb, line, and what the right reply is.</param>
    public static OddServer Of(string name, string fails, Func<MiniSession, string, string, Func<string>, string> line) =>
        new(name, Cases(fails), PlantedFault.OnLine(name, "", line).Fault);

    /// <summary>A server that departs from the rules in another way.</summary>
    public static OddServer Of(string name, string fails, Fault fault) => new(name, Cases(fails), fault);

    public OddServer With(string nonStrict) => this with { NonStrict = Cases(nonStrict) };

    private static List<string> Cases(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"rfc5321/{name}")];
}
