using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance.Reports;

/// <summary>A public report of a server that broke a rule, and a small server that does as was reported.</summary>
/// <param name="Project">The project, as owner/name.</param>
/// <param name="Number">The number of the issue or pull request.</param>
/// <param name="What">What the server did.</param>
/// <param name="IsRead">Whether the report's own words on that were read for this table; else only that it is there.</param>
/// <param name="Cases">The start of the names of the cases it has to be found by, any of them.</param>
/// <param name="Fault">How the small server does it.</param>
internal sealed record BugReport(string Project, int Number, string What, bool IsRead, string[] Cases, Fault Fault)
{
    public override string ToString() => $"{Project} {Number}";
}
