using System.Diagnostics;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>How a test tool of somebody's is started and ended.</summary>
public class ToolCommandTests
{
    [Fact]
    public async Task It_is_told_where_the_server_is_and_its_exit_code_and_what_it_said_last_are_known()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command lines are those of a POSIX shell");
        var ended = await new ToolCommand("echo {host} {port} {target} >&2; exit 7", TimeSpan.FromSeconds(20)).RunAsync(
            "127.0.0.1",
            2525,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new ToolEnd(7, false, "127.0.0.1 2525 127.0.0.1:2525"), ended);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended_with_what_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command lines are those of a POSIX shell");
        var mark = Path.Combine(Path.GetTempPath(), $"smtpmodel-{Guid.NewGuid():N}");
        var clock = Stopwatch.StartNew();
        var ended = await new ToolCommand($"(sleep 3; touch {mark}) & echo waiting; wait", TimeSpan.FromSeconds(1)).RunAsync(
            "127.0.0.1",
            2525,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new ToolEnd(-1, true, "waiting"), ended);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        await Task.Delay(TimeSpan.FromSeconds(3.5), TestContext.Current.CancellationToken);
        Assert.False(File.Exists(mark), "what the tool had started went on");
    }

    [Fact]
    public async Task One_that_never_ends_has_found_the_mutant_and_is_counted_apart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command lines are those of a POSIX shell");
        // it waits for a 221 that the mutant does not give, as many tools would
        const string Waits =
            "exec 3<>/dev/tcp/{host}/{port}; printf 'QUIT\\r\\n' >&3; while read -r line <&3; do case $line in 221*) exit 0;; esac; done; "
                + "sleep 60";
        var report = await MutantScore.RunAsync(
            Spec.Profiles.Rfc821,
            new ScoreOptions
            {
                Tool = $"bash -c \"{Waits.Replace("$", "\\$", StringComparison.Ordinal)}\"",
                ToolTimeout = TimeSpan.FromSeconds(2),
                Kinds = [MutantKind.Missing],
            },
            TestContext.Current.CancellationToken
        );

        Assert.Null(report.Unusable);
        Assert.Contains(report.Killed, hunted => hunted is { IsTimeout: true, Mutant.Id: "missing.Connected.QUIT-221" });
        Assert.Contains(report.Survivors, hunted => hunted is { IsTimeout: false, Sessions: 1 });
    }
}
