namespace SmtpModel.Cli.Tests.Support;

/// <summary>What a run of the tool left behind.</summary>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    public string All => Out + Error;

    /// <summary>Fails unless the run ended with this code, and shows what it said; never lets a stack trace or a fault of the tool
    /// pass.</summary>
    public ToolRun EndsWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} where {exitCode} was expected; the tool said\n{All}");
        Assert.DoesNotContain("   at ", All, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", All, StringComparison.Ordinal);
        return this;
    }

    public ToolRun Says(params string[] parts)
    {
        Assert.All(parts, part =>
            Assert.True(All.Contains(part, StringComparison.Ordinal), $"'{part}' is not in what the tool said:\n{All}")
        );
        return this;
    }
}
