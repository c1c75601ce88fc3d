using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What is seen of a run that is not over, where there is no terminal.</summary>
public sealed class ProgressTests
{
    [Fact]
    public async Task The_greeting_is_told_at_once_and_then_a_line_now_and_then()
    {
        await using var server = Slow();
        await using var tool = Smtpmodel.Start(["test", server.Name]);

        // each fails when the run is over
        await tool.SaysAsync("it greets with 220 slow.example.test\n");
        await tool.SaysAsync("5 s: ");
        tool.Signal(Smtpmodel.SigInt);

        var lines = (await tool.EndAsync()).EndsWith(ExitCodes.Interrupted).Out.Split('\n');
        Assert.Equal("it greets with 220 slow.example.test", lines[1]);
        Assert.Matches("^5 s: [a-z ]+: [0-9]+ sessions?, [0-9]+ exchanges?$", lines[2]);
    }

    [Fact]
    public async Task What_the_server_is_like_is_told_before_everything_is_tried()
    {
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            using var lines = new StreamReader(stream, leaveOpen: true);
            await stream.WriteAsync("220 closed.example.test\r\n"u8.ToArray(), end);
            while (await lines.ReadLineAsync(end) is not null)
            {
                await Task.Delay(100, end);
                await stream.WriteAsync("550 not you\r\n"u8.ToArray(), end);
            }
        });
        await using var tool = Smtpmodel.Start(["test", server.Name]);

        // it fails when the run is over
        await tool.SaysAsync("the server refuses this client: EHLO client.example.test draws 550 not you; --helo says what it takes\n");
        tool.Signal(Smtpmodel.SigInt);

        (await tool.EndAsync()).EndsWith(ExitCodes.Interrupted);
    }

    [Fact]
    public async Task Fuzzing_in_memory_tells_how_far_it_is_too()
    {
        await using var tool = Smtpmodel.Start(["fuzz", "--in-memory", "--max-time", "1m"]);

        await tool.SaysAsync(" sessions, ");
        tool.Signal(Smtpmodel.SigInt);

        Assert.Matches(
            "^[1-9][0-9]* sessions, [0-9]+ exchanges, violations 0$",
            (await tool.EndAsync()).EndsWith(ExitCodes.Interrupted).Out.Split('\n')[1]
        );
    }

    // answers everything with 250, a moment later
    private static LoopbackServer Slow() => new(async (stream, end) =>
    {
        using var lines = new StreamReader(stream, leaveOpen: true);
        await stream.WriteAsync("220 slow.example.test\r\n"u8.ToArray(), end);
        while (await lines.ReadLineAsync(end) is not null)
        {
            await Task.Delay(100, end);
            await stream.WriteAsync("250 yes\r\n"u8.ToArray(), end);
        }
    });
}
