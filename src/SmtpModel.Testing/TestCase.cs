using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>One requirement that a server is held against.</summary>
/// <param name="Id">Its permanent name: document, section, and what it is about, as
/// <c>rfc5321/4.1.1.5/RSET-in-RecipientsGiven</c>.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Rule">The rule it comes from, with its clause and level.</param>
/// <param name="Requirement">What is asked, in one sentence.</param>
/// <param name="Depth">How far a test has to go to decide it.</param>
public sealed record TestCase(string Id, CaseKind Kind, Rule Rule, string Requirement, Depth Depth)
{
    /// <summary>The state in which it is looked at; null when that is no matter of one state.</summary>
    public State? State { get; init; }

    /// <summary>The command that it is about; null when it is about none in particular.</summary>
    public Command? Command { get; init; }

    /// <summary>The extension that it is about, for a case about what is listed.</summary>
    internal ServiceExtension? Extension { get; init; }

    /// <summary>The keyword that has to be listed, for a case about what every server offers.</summary>
    internal DemandedOffer? Demanded { get; init; }

    /// <summary>The line that it is about, for a case about an argument.</summary>
    internal ArgumentSample? Sample { get; init; }

    /// <summary>Whether it sends no other command to see what the server did: then it tells though no command is answered as it should
    /// be.</summary>
    internal bool IsToldByItself { get; init; }

    /// <summary>The case's name.</summary>
    public override string ToString() => Id;
}
