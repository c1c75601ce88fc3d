namespace SmtpModel.Cli.Tests.Support;

/// <summary>
/// The tool in the process of the test, for what it refuses before it runs anything: many such refusals cost less than one start of it.
/// One
/// at a time, since there is one standard error.
/// </summary>
internal static class InProcess
{
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Runs the tool; what it said is only what it said on its standard error.</summary>
    public static async Task<ToolRun> RunAsync(params string[] arguments)
    {
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        var before = Console.Error;
        try
        {
            await using var error = new StringWriter();
            Console.SetError(error);
            var code = await Tool.RunAsync(arguments);
            return new ToolRun(code, "", error.ToString());
        }
        finally
        {
            Console.SetError(before);
            Turn.Release();
        }
    }
}
