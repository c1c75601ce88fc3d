namespace SmtpModel.Testing;

/// <summary>What is made of one case.</summary>
public enum CaseVerdict
{
    /// <summary>The reply is one the rule allows, and what follows agrees.</summary>
    Pass,

    /// <summary>A MUST is broken.</summary>
    Fail,

    /// <summary>A SHOULD is not followed, or the right refusal came with another code than the table's.</summary>
    NonStrict,

    /// <summary>The standard leaves the choice; the choice is reported.</summary>
    Info,

    /// <summary>The server's policy (4yz, 421, a limit), or another fault of it, kept the case from being decided.</summary>
    Inconclusive,

    /// <summary>It does not apply: an optional command that is not offered, a choice this server never makes, a depth that was not asked
    /// for.</summary>
    NotApplicable,
}
