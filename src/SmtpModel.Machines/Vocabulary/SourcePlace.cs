namespace SmtpModel.Machines;

/// <summary>The line of the specification that says something.</summary>
/// <param name="File">The path of the source file.</param>
/// <param name="Line">The line, from 1; 0 when none is known.</param>
public sealed record SourcePlace(string File, int Line)
{
    /// <summary>A place for what no line says.</summary>
    public static SourcePlace Unknown { get; } = new("spec", 0);
}
