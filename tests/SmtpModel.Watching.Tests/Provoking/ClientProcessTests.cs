using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>A client that is a command: it is started without a shell, is given its message, and is ended with all it started.</summary>
public sealed class ClientProcessTests
{
    private const string Shell = "/bin/sh";
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_is_not_there_is_told_of()
    {
        var fault = await Assert.ThrowsAsync<ClientNotStartedException>(() => TryAsync("no-such-program-of-anybody"));
        Assert.Equal(
            "the client 'no-such-program-of-anybody' cannot be started: there is no such program; write its name or path behind --",
            fault.Message
        );
    }

    [Fact]
    public async Task What_is_no_program_is_told_of()
    {
        var fault = await Assert.ThrowsAsync<ClientNotStartedException>(() => TryAsync(_file));
        Assert.EndsWith("it may not be run by this user; is it a program?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_connects_is_told_of_with_what_it_said()
    {
        Assert.SkipUnless(File.Exists(Shell), "there is no /bin/sh");
        var report = await TryAsync(Shell, "-c", "echo no server here; exit 7");
        Assert.Equal("the client never connected, and ended with exit status 7: no server here", report.Stopped);
        Assert.True(Assert.Single(report.Results).Scenario.IsPlain);
    }

    [Fact]
    public async Task One_that_never_ends_is_ended_with_all_it_started()
    {
        Assert.SkipUnless(File.Exists(Shell), "there is no /bin/sh");
        var report = await TryAsync(Shell, "-c", "sleep 60 & echo $! $$ > \"$1\"; wait", "x", _file);
        Assert.Equal("the client never connected, and did not end in time", report.Stopped);
        var pids = (await File.ReadAllTextAsync(_file, Cancellation))
            .Split(' ')
            .Select(word => int.Parse(word, CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(2, pids.Count);
        for (var clock = Stopwatch.StartNew(); pids.Exists(IsRunning) && clock.Elapsed < TimeSpan.FromSeconds(5);)
        {
            await Task.Delay(10, Cancellation);
        }

        Assert.DoesNotContain(pids, IsRunning);
    }

    [Fact]
    public async Task It_is_given_the_message_as_a_file_and_as_its_input_and_the_place_of_the_server()
    {
        Assert.SkipUnless(File.Exists(Shell), "there is no /bin/sh");
        _ = await TryAsync(
            Shell,
            "-c",
            "{ cat; echo ---; cat \"$1\"; echo \"--- $2 $3 $1\"; } > \"$4\"",
            "x",
            "{message}",
            "{host}",
            "at-{port}",
            _file
        );
        var parts = (await File.ReadAllTextAsync(_file, Cancellation)).Split("---");
        Assert.Equal(MessageFile.Text("\n"), parts[0]);
        Assert.Equal("\n" + MessageFile.Text("\r\n"), parts[1]);
        Assert.Matches(@"^ 127\.0\.0\.1 at-\d+ ", parts[2]);
        Assert.False(File.Exists(parts[2].Trim().Split(' ')[^1]));
    }

    [Fact]
    public async Task One_that_comes_by_itself_gets_a_scenario_on_each_connection()
    {
        var client = new TestClient(Habit.None);
        var calls = Task.CompletedTask;
        var report = await new ClientTrial(
            new TrialOptions { Select = one => one.Id is "reply/MAIL/550" or "reply/DATA/554" or "text/MAIL" }
        ).RunAsync(place => calls = CallAsync(place), Cancellation);
        await calls;
        Assert.Equal(["PASS reply/MAIL/550", "PASS reply/DATA/554", "PASS text/MAIL"], report.Results.Select(ClientTrialTests.Words));
        Assert.Equal([null, null, null], report.Results.Select(result => result.ExitStatus));
        Assert.Contains("what the client tells its user is not judged, for there is no exit status to go by", report.Notes);

        async Task CallAsync(IPEndPoint place)
        {
            for (var count = 0; count < 4; count++)
            {
                try
                {
                    await client.SendAsync(place, MessageFile.Text("\r\n"), Cancellation);
                }
                catch (RefusedException)
                {
                    // it was refused, as the scenario has it
                }
            }
        }
    }

    private static Task<TrialReport> TryAsync(params string[] command) =>
        new ClientTrial(
            new TrialOptions
            {
                Command = command,
                TimeLimit = TimeSpan.FromMilliseconds(500),
                Linger = TimeSpan.FromMilliseconds(20),
            }
        ).RunAsync(null, Cancellation);

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
