using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>What a server is known to do otherwise than a clause asks.</summary>
/// <param name="Cases">The ids of the cases that show it, separated by blanks.</param>
/// <param name="Verdict">What it has to be reported as.</param>
/// <param name="Reason">What the server does, and what the clause says, traced by hand.</param>
internal sealed record KnownResult(CaseVerdict Verdict, string Cases, string Reason)
{
    public IEnumerable<string> Ids => Cases.Split(' ').Select(name => $"rfc5321/{name}");
}
