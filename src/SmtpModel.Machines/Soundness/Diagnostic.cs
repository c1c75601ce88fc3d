namespace SmtpModel.Machines;

/// <summary>What is wrong with a specification, in the form compilers report it.</summary>
/// <param name="Id">The permanent id of the kind of fault, <c>SMTP001</c> and up.</param>
/// <param name="Profile">The profile in which it shows.</param>
/// <param name="Message">What is wrong: the state, the command and the clause.</param>
/// <param name="Place">The line to look at.</param>
public sealed record Diagnostic(string Id, string Profile, string Message, SourcePlace Place)
{
    /// <summary>The line that build tools understand, as <c>file(line,1): error SMTP001: message</c>.</summary>
    /// <param name="severity"><c>error</c> or <c>warning</c>.</param>
    public string ToCompilerLine(string severity) => $"{Place.File}({Place.Line},1): {severity} {Id}: [{Profile}] {Message}";

    /// <summary>The diagnostic as an error line.</summary>
    public override string ToString() => ToCompilerLine("error");
}
