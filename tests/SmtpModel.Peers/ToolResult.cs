namespace SmtpModel.Peers;

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">The tool's own, or 69 if its package is not installed.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error);
