using System.Diagnostics;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

public sealed class ReproduceWithTests
{
    public static bool HasShell => File.Exists("/bin/sh");

    [Fact]
    public void A_session_is_said_line_by_line_with_a_pause_after_each() =>
        Assert.Equal(@"(sleep 1; printf 'EHLO a\r\n'; sleep 1; printf 'MAIL FROM:<>\r\n'; sleep 1) | timeout 4 nc 127.0.0.1 2525",
            ReproduceWith.Shell("127.0.0.1:2525", Session(Line("EHLO a"), Line("MAIL FROM:<>"))));

    [Theory]
    [InlineData("mx.example.test:25", "nc mx.example.test 25")]
    [InlineData("[::1]:2525", "nc ::1 2525")]
    public void A_server_is_named_as_nc_wants_it(string target, string nc) =>
        Assert.EndsWith($"| timeout 3 {nc}", ReproduceWith.Shell(target, Session(Line("NOOP"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("rfc5321 in memory")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("-e:25")]
    [InlineData("a;reboot:25")]
    [InlineData("$(reboot):25")]
    [InlineData("a:25\n")]
    public void A_name_that_is_no_host_and_port_is_not_put_into_a_command(string target) =>
        Assert.Null(ReproduceWith.Shell(target, Session(Line("NOOP"))));

    [Fact]
    public void Mail_data_waits_for_354_as_a_line_does_for_its_reply() =>
        Assert.Equal(@"(sleep 1; printf 'DATA\r\n'; sleep 1; printf 'text\r\n.\r\n'; sleep 1) | timeout 4 nc 127.0.0.1 2525",
            ReproduceWith.Shell("127.0.0.1:2525", Session(Line("DATA"), new Move(Rfc821.EndOfData, MoveKind.Data, "text\r\n"))));

    [Fact]
    public void What_is_not_waited_for_goes_at_once_and_each_connection_is_one_of_its_own()
    {
        var evidence = new Evidence(new Transcript(), "", "")
        {
            Connections =
            [
                [Sent("NOOP\n", false), Sent("NOOP\r\n", true)],
                [Sent("QUIT\r\n", true)],
            ],
        };

        Assert.Equal(
            @"(sleep 1; printf 'NOOP\n'; printf 'NOOP\r\n'; sleep 1) | timeout 3 nc 127.0.0.1 25; (sleep 1; printf 'QUIT\r\n'; sleep 1) | timeout 3 nc 127.0.0.1 25",
            ReproduceWith.Shell("127.0.0.1:25", evidence)
        );
        Assert.Null(ReproduceWith.Shell("127.0.0.1:25", evidence with { Connections = null }));

        static SentOctets Sent(string octets, bool isAwaited) => new(System.Text.Encoding.ASCII.GetBytes(octets), isAwaited);
    }

    [Fact]
    public void A_session_for_a_server_that_takes_a_script_is_not_piped()
    {
        Assert.Null(ReproduceWith.Shell("127.0.0.1:2525", new TestSession([new Step(Line("NOOP"), 421)])));
        Assert.Null(ReproduceWith.Shell("127.0.0.1:2525", new TestSession([new Step(Line("NOOP"))], 554)));
    }

    [Fact]
    public void A_session_longer_than_a_person_would_paste_is_not_piped() =>
        Assert.Null(ReproduceWith.Shell("127.0.0.1:2525", Session(Line(string.Concat(Enumerable.Repeat("xy", 2000))))));

    [Fact(Skip = "the package dash, which brings /bin/sh, is not installed", SkipUnless = nameof(HasShell))]
    public async Task What_a_shell_sends_is_every_octet_of_the_session()
    {
        var text = string.Concat(Enumerable.Range(0, 256).Where(octet => octet is not ('\r' or '\n')).Select(octet => (char)octet));
        var session = Session(
            Line("NOOP " + new string('x', 20_000) + "\u00ff'" + new string('\'', 65)),
            Line("NOOP %s %% \\n \\ 'quoted' \"$HOME\" `id` $(id) !1"),
            Line("NOOP " + text),
            Line("NOOP \u00017")
        );
        // without the pauses, and without nc, which a machine need not have
        var command = ReproduceWith
            .Shell("127.0.0.1:2525", session)!
            .Replace("sleep 1", ":", StringComparison.Ordinal)
            .Replace("| timeout 6 nc 127.0.0.1 2525", "", StringComparison.Ordinal);

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        using var octets = new MemoryStream();
        await shell.StandardOutput.BaseStream.CopyToAsync(octets, TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(session.Steps.SelectMany(step => step.Move.Octets.ToArray()), octets.ToArray());
    }

    [Fact(Skip = "the package dash, which brings /bin/sh, is not installed", SkipUnless = nameof(HasShell))]
    public async Task A_command_ends_by_itself_whatever_netcat_does()
    {
        var folder = Directory.CreateTempSubdirectory("smtpmodel");
        try
        {
            // one that goes on after the end of its input, as most do until the server closes
            var netcat = Path.Combine(folder.FullName, "nc");
            await File.WriteAllTextAsync(netcat, "#!/bin/sh\ncat\nexec sleep 60\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(netcat, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo("/bin/sh", ["-c", ReproduceWith.Shell("127.0.0.1:2525", Session(Line("NOOP")))!])
            {
                RedirectStandardOutput = true,
            };
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            var clock = Stopwatch.StartNew();

            using var shell = Process.Start(start)!;
            var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal("NOOP\r\n", said);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(40), $"it took {clock.Elapsed}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Move Line(string text) => new(Rfc821.NOOP, MoveKind.Valid, text);

    [Fact]
    public void What_shares_a_packet_is_printed_at_once()
    {
        var session = new TestSession([new Step(Line("RSET")), new Step(Line("RSET")), new Step(Line("NOOP")) { IsJoined = true }]);
        Assert.Equal(
            @"(sleep 1; printf 'RSET\r\n'; sleep 1; printf 'RSET\r\nNOOP\r\n'; sleep 1) | timeout 4 nc 127.0.0.1 2525",
            ReproduceWith.Shell("127.0.0.1:2525", session)
        );
    }

    private static TestSession Session(params Move[] moves) => new([.. moves.Select(move => new Step(move))]);
}
