namespace SmtpModel.Interop.Tests.Fuzzing;

/// <summary>A deviation that a server is known to have: it must be reported, and nothing else may be.</summary>
/// <param name="State">The state the model is in.</param>
/// <param name="Command">The command that is answered otherwise.</param>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Clause">What the rule stands on.</param>
/// <param name="Reason">What the server does, and why we say that it deviates.</param>
internal sealed record Deviation(string State, string Command, string Rule, string Clause, string Reason)
{
    public string Name => $"{State}, {Command}: {Rule}";
}
