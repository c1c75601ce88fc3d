using System.Text;

namespace SmtpModel.Watching.Tests;

/// <summary>What programs wrote down, and what is known of it.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("swaks.txt", "swaks", 1, 8)]
    [InlineData("swaks-in-groups.txt", "swaks", 1, 7)]
    [InlineData("smtplib.txt", "smtplib", 1, 8)]
    [InlineData("msmtp.txt", "msmtp", 1, 7)]
    [InlineData("curl.txt", "curl", 1, 6)]
    [InlineData("follow.txt", "follow", 1, 8)]
    [InlineData("postfix.log", "postfix", 4, 30)]
    public void The_logs_of_real_programs_are_read_and_nobody_is_blamed(string file, string format, int sessions, int exchanges)
    {
        var (log, notes) = Read(Path.Combine(AppContext.BaseDirectory, "Recordings", file));
        Assert.Equal([$"a log of the format {format}"], notes);
        Assert.Empty(log.All.Select(one => $"{one}: {one.Came}"));
        Assert.Equal((sessions, exchanges), (log.Sessions, log.Exchanges));
    }

    [Fact]
    public void So_is_a_capture_of_them()
    {
        var (log, notes) = Read(Path.Combine(AppContext.BaseDirectory, "Recordings", "postfix-and-exim.pcap"));
        Assert.Equal(["a capture"], notes);

        // curl sends a file as it is, and this one has the line ends of Unix
        Assert.All(log.All, one => Assert.Equal((Side.Client, "K16"), (one.Side, one.Rule.Id)));
        Assert.Equal((5, 37), (log.Sessions, log.Exchanges));
    }

    [Theory]
    [InlineData(
        "transcript",
        "S: 220 mx\nC: EHLO c.example\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\nC: MAIL FROM:<a@b.example>\nS: 503 no\n"
    )]
    [InlineData(
        "transcript",
        "2026-01-01T00:00:00 INFO S: 220 mx\n2026-01-01T00:00:00 INFO C: EHLO c.example\n2026-01-01T00:00:00 INFO S: 250 mx\nx C: MAIL "
            + "FROM:<a@b.example>\nx S: 250 ok\nx C: MAIL FROM:<a@b.example>\nx S: 503 no\n"
    )]
    [InlineData(
        "arrows",
        "<<< 220 mx\n>>> EHLO c.example\n<<< 250 mx\n>>> MAIL FROM:<a@b.example>\n<<< 250 ok\n>>> MAIL FROM:<a@b.example>\n<<< 503 no\n"
    )]
    [InlineData(
        "arrows",
        ">>> 220 mx\n<<< EHLO c.example\n>>> 250 mx\n<<< MAIL FROM:<a@b.example>\n>>> 250 ok\n<<< MAIL FROM:<a@b.example>\n>>> 503 no\n"
    )]
    [InlineData(
        "exim",
        "  SMTP<< 220 mx\n  SMTP>> EHLO c.example\n  SMTP<< 250-mx\n         250 SIZE 1\n  SMTP>> MAIL FROM:<a@b.example>\n  SMTP<< 250 "
            + "ok\n  SMTP>> MAIL FROM:<a@b.example>\n  SMTP<< 503 no\n"
    )]
    [InlineData("dialogue", "220 mx\nEHLO c.example\n250 mx\nMAIL FROM:<a@b.example>\n250 ok\nMAIL FROM:<a@b.example>\n503 no\n")]
    [InlineData(
        "follow",
        "Follow: tcp,ascii\nFilter: tcp.stream eq 0\nNode 0: 127.0.0.1:40000\nNode 1: 127.0.0.1:25\n\t8\n220 mx\r\n\n16\nEHLO "
            + "c.example\r\n\n\t8\n250 mx\r\n\n25\nMAIL FROM:<a@b.example>\r\n\n\t8\n250 ok\r\n\n25\nMAIL FROM:<a@b.example>\r\n\n\t8\n"
            + "503 no\r\n\n"
    )]
    public void A_second_MAIL_is_the_clients_fault_in_each_format(string format, string text)
    {
        var (log, notes) = Follow(text);
        Assert.Equal([$"a log of the format {format}"], notes);
        Assert.Equal(["Client K4"], log.All.Select(one => $"{one.Side} {one.Rule.Id}"));
    }

    [Fact]
    public void Sessions_of_several_processes_in_one_log_are_kept_apart()
    {
        var first = Postfix(
            1,
            "> c[1.2.3.4]: 220 mx",
            "< c[1.2.3.4]: EHLO c.example",
            "> c[1.2.3.4]: 250 mx",
            "< c[1.2.3.4]: MAIL FROM:<a@b.example>",
            "> c[1.2.3.4]: 250 ok"
        );
        var second = Postfix(
            2,
            "> d[1.2.3.5]: 220 mx",
            "< d[1.2.3.5]: EHLO d.example",
            "> d[1.2.3.5]: 250 mx",
            "< d[1.2.3.5]: RCPT TO:<a@b.example>",
            "> d[1.2.3.5]: 503 no"
        );
        var (log, _) = Follow(string.Concat(first.Zip(second).Select(pair => pair.First + pair.Second)));
        Assert.Equal((2, 6), (log.Sessions, log.Exchanges));
        Assert.Equal(["Client K5"], log.All.Select(one => $"{one.Side} {one.Rule.Id}"));
        static IEnumerable<string> Postfix(int pid, params string[] said) =>
            said.Select(line => $"Nov 30 00:00:00 mx postfix/smtpd[{pid}]: {line}\n");
    }

    [Fact]
    public void What_a_log_does_not_show_is_not_judged() =>
        Assert.Empty(
            Follow(
                "S: 220 mx\nC: EHLO c.example\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\nC: RCPT TO:<a@b.example>\nS: 250 ok\nC: "
                    + "DATA\nS: 354 go\nS: 250 ok\nC: QUIT\nS: 221 bye\n"
            ).Log.All
        );

    [Fact]
    public void A_log_that_begins_in_the_middle_is_judged_from_where_it_is_known()
    {
        var (log, _) = Follow(
            "C: RCPT TO:<b@b.example>\nS: 250 ok\nC: DATA\nS: 354 go\nC: MAIL\nC: .\nS: 250 ok\nC: RSET\nS: 250 ok\nC: NOOP\nS: 250 ok\n"
                + "C: RSET\nS: 250 ok\nC: EHLO c.example\nS: 250 mx\nC: RCPT TO:<b@b.example>\nS: 250 ok\n"
        );
        Assert.Equal(["Client K5", "Server E4"], log.All.Select(one => $"{one.Side} {one.Rule.Id}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing that anybody said\nat all\n")]
    public void What_is_no_recording_is_said_to_be_none(string text) => Assert.Throws<FormatException>(() => Follow(text));

    private static (BlameLog Log, IReadOnlyList<string> Notes) Read(string path)
    {
        var log = new BlameLog();
        using var stream = File.OpenRead(path);
        return (log, Recording.Follow(stream, "log", log));
    }

    private static (BlameLog Log, IReadOnlyList<string> Notes) Follow(string text)
    {
        var log = new BlameLog();
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(text));
        return (log, Recording.Follow(stream, "log", log));
    }
}
