namespace SmtpModel.Testing.Engine;

/// <summary>What is made of one exchange with a server, the mildest first.</summary>
public enum Verdict : byte
{
    /// <summary>The rules allow it.</summary>
    Pass,

    /// <summary>A SHOULD is not followed, or the right class of reply came with another code than the table's.</summary>
    NonStrict,

    /// <summary>A MUST is broken.</summary>
    Fail,
}
