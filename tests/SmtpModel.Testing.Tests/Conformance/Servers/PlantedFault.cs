namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>A fault that was put into the small server, and where it has to be found.</summary>
/// <param name="Name">What the server does wrong.</param>
/// <param name="Cases">The start of the names of the cases that are right for it, the clause first; one of them has to be the
/// finding.</param>
/// <param name="Fault">The fault.</param>
internal sealed record PlantedFault(string Name, string[] Cases, Fault Fault)
{
    public override string ToString() => Name;

    public static PlantedFault OnLine(string name, string cases, Func<MiniSession, string, string, Func<string>, string> line) =>
        new(
            name,
            cases.Split(' '),
            new Fault { Line = (session, text, right) => line(session, MiniSession.Split(text).Verb, text, right) }
        );

    /// <summary>One verb is answered otherwise.</summary>
    public static PlantedFault On(string verb, string name, string cases, Func<MiniSession, Func<string>, string> answer) =>
        OnLine(name, cases, (session, came, _, right) => came == verb ? answer(session, right) : right());

    public static PlantedFault With(string name, string cases, Fault fault) => new(name, cases.Split(' '), fault);

    /// <summary>What is in an argument behind its colon.</summary>
    public static string Path(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
