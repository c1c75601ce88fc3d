using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>
/// Every command line of the tool that README.md and docs/ show can be typed as it stands. Some take a while, waiting, and the tests of a
/// class run one after the other: so there are four classes, each with every fourth line.
/// </summary>
internal static class DocumentedCommands
{
    private const int Parts = 4;

    // what serves without a place listens at the one that is documented: one at a time
    public static TheoryData<string> Part(int part) =>
        [
            .. Documents
                .Commands()
                .Where((command, at) => command.StartsWith("serve", StringComparison.Ordinal) ? part == 0 : at % Parts == part),
        ];

    public static async Task RunAsync(string command)
    {
        await using var run = await DocumentedRun.PrepareAsync(command);
        (await EndAsync(run)).EndsWith(run.ExpectedExitCode);
    }

    private static async Task<ToolRun> EndAsync(DocumentedRun run)
    {
        if (run.Waits is not { } said)
        {
            return await run.RunAsync();
        }

        await using var tool = run.Start();
        await tool.SaysAsync(said);
        tool.Signal(Smtpmodel.SigInt);
        return await tool.EndAsync();
    }
}

public sealed class DocumentedCommandTestsOfPart1
{
    public static TheoryData<string> Commands { get; } = DocumentedCommands.Part(0);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task A_documented_command_line_does_what_is_written(string command) => DocumentedCommands.RunAsync(command);
}

public sealed class DocumentedCommandTestsOfPart2
{
    public static TheoryData<string> Commands { get; } = DocumentedCommands.Part(1);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task A_documented_command_line_does_what_is_written(string command) => DocumentedCommands.RunAsync(command);
}

public sealed class DocumentedCommandTestsOfPart3
{
    public static TheoryData<string> Commands { get; } = DocumentedCommands.Part(2);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task A_documented_command_line_does_what_is_written(string command) => DocumentedCommands.RunAsync(command);
}

public sealed class DocumentedCommandTestsOfPart4
{
    public static TheoryData<string> Commands { get; } = DocumentedCommands.Part(3);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task A_documented_command_line_does_what_is_written(string command) => DocumentedCommands.RunAsync(command);
}
