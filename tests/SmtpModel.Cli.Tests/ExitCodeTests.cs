using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What the tool tells the shell, and what it tells people with it.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public async Task The_embedded_server_breaks_no_rule(string profile)
    {
        (await Smtpmodel.RunAloneAsync("fuzz", "--profile", profile, "--sessions", "200")).EndsWith(ExitCodes.Fine).Says("no violation");
        (await Smtpmodel.RunAloneAsync("fuzz", "--profile", profile, "--sessions", "200", "--in-memory"))
            .EndsWith(ExitCodes.Fine)
            .Says("no violation");
    }

    [Theory]
    [InlineData("fu\0zz\u001b[31m", "there is no verb 'fu\\x00zz\\x1B[31m'")]
    [InlineData("--sa\u009bve", "there is no option '--sa\\x9Bve'")]
    public async Task Control_characters_of_a_command_line_are_not_printed_raw(string word, string said)
    {
        var run = (await InProcess.RunAsync(word)).EndsWith(ExitCodes.Usage).Says(said);

        Assert.DoesNotContain(run.Error, letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown_and_nothing_was_done()
    {
        (await Smtpmodel.RunAloneAsync()).EndsWith(ExitCodes.Usage).Says("Usage:", "fuzz", "serve", "diagram");
    }

    [Theory]
    [InlineData("bogus", "'bogus'", "fuzz, check, watch, provoke, serve, users, diagram")]
    [InlineData("tset", "'tset'", "did you mean 'test'?")]
    [InlineData("mutants lst", "'lst' of mutants", "did you mean 'list'?")]
    [InlineData("mutants", "mutants needs a verb", "list and score")]
    [InlineData("fuzz --sesions 5", "'--sesions' of fuzz", "did you mean '--sessions'?")]
    [InlineData("test --depht data 127.0.0.1", "'--depht' of test", "did you mean '--depth'?")]
    [InlineData("explain --nme", "'--nme' of explain", "explain --help")]
    [InlineData("report --htm a b", "'--htm' of report", "did you mean '--html'?")]
    [InlineData("test --strict=yes", "'--strict=yes'", "--strict takes no value")]
    [InlineData("test --depth dat", "'dat'", "did you mean 'data'? There are greeting, envelope, data and credentials")]
    [InlineData("test --depth", "'--depth' needs a value", "greeting|envelope|data")]
    [InlineData("test --depth data --depth data", "'--depth' has 2 values", "give it one")]
    [InlineData("test --depth data --delivered mbox:x", "--delivered is about one server", "HOST:PORT")]
    [InlineData("test 127.0.0.1 --delivered mbox:x", "--depth envelope sends none", "--depth data")]
    [InlineData("test 127.0.0.1 --depth data --delivered mbx:x", "there is no 'mbx'", "mbox:FILE")]
    [InlineData("test 127.0.0.1 --depth data --delivered maildir", "names no place", "maildir:DIR")]
    [InlineData("test 127.0.0.1 --depth data --delivered maildir:/no/such", "no /no/such/new", "where the server delivers to")]
    [InlineData("test 127.0.0.1 --depth data --delivered smtp:here", "smtp: here: not an address", "127.0.0.1:2525")]
    [InlineData("test 127.0.0.1 --depth data --profile rfc821 --delivered mbox:x", "rfc821 is older", "--profile rfc5321")]
    [InlineData("test 127.0.0.1 --depth data --delivery-time 5s", "--delivery-time is about", "--delivered")]
    [InlineData("fuzz --delivered mbox:x", "--delivered is about a server", "HOST:PORT")]
    [InlineData("fuzz --interleave 4 --delivered mbox:x", "--delivered is about a server", "HOST:PORT")]
    [InlineData("fuzz --profile rfc5322", "'rfc5322'", "did you mean 'rfc5321'?")]
    [InlineData("verify --profile rfc5322", "'rfc5322'", "did you mean 'rfc5321'?")]
    [InlineData("fuzz --extensions siz", "'siz'", "did you mean 'SIZE'?")]
    [InlineData("export --format tal", "'tal'", "did you mean 'tla'?")]
    [InlineData("diagram --direction up", "'up'", "down and right")]
    [InlineData("mutants list --kind acepted", "'acepted'", "did you mean 'accepted'?")]
    [InlineData("test --report htm=a", "'htm=a'", "did you mean 'html'? write FORMAT=FILE")]
    [InlineData("list --include RSET", "--include: no case of rfc5321 matches 'RSET'", "did you mean '*RSET*'?")]
    [InlineData("list --exclude *RSTE*", "--exclude: no case of rfc5321 matches '*RSTE*'", "did you mean '*RSET*'?")]
    [InlineData("explain rfc5321/4.1.1.5/RSET-in-Redy", "RSET-in-Redy'", "did you mean 'rfc5321/4.1.1.5/RSET-in-Ready'?")]
    [InlineData("explain", "CASE is missing", "smtpmodel list")]
    [InlineData(
        "test --accept rfc5321/4.1.1.5/RSET-in-Redy=250",
        "'rfc5321/4.1.1.5/RSET-in-Redy' in esmtp",
        "did you mean 'rfc5321/4.1.1.5/RSET-in-Ready'?"
    )]
    [InlineData("fuzz 127.0.0.1:25 127.0.0.1:26", "'127.0.0.1:26'", "fuzz --help")]
    [InlineData("fuzz 2525", "'2525' is a port without a host", "127.0.0.1:2525")]
    [InlineData("fuzz smtp://mx.example.test:25", "'smtp://mx.example.test:25' is not a server", "as mx.example.test:25")]
    [InlineData("test mx.example.test/", "'mx.example.test/' is not a server", "HOST:PORT")]
    [InlineData("fuzz 127.0.0.1:70000", "'127.0.0.1:70000' is not a server", "HOST:PORT")]
    [InlineData("fuzz 127.0.0.1:0", "'127.0.0.1:0' is not a server", "HOST:PORT")]
    [InlineData("fuzz [::1:25", "'[::1:25' is not a server", "[::1]:25")]
    [InlineData("fuzz --sessions", "'--sessions'", "fuzz --help")]
    [InlineData("fuzz --sessions many", "'many'", "of at least 1")]
    [InlineData("fuzz --sessions 0", "'0'", "of at least 1")]
    [InlineData("fuzz --max-length 1001", "'1001'", "from 1 to 1000")]
    [InlineData("fuzz --connections 257", "'257'", "from 1 to 256")]
    [InlineData("fuzz --max-findings -1", "'-1'", "from 1 to 1000")]
    [InlineData("fuzz --seed x", "'x'", "--seed")]
    [InlineData("fuzz --max-time soon", "'soon' is not a time", "5m")]
    [InlineData("fuzz --reply-timeout 0", "'0' is not a time", "500ms")]
    [InlineData("fuzz --rcpt <user@example.test>", "'<user@example.test>' is not a mailbox", "user@example.test")]
    [InlineData("fuzz --from nobody", "'nobody' is not a mailbox", "user@example.test")]
    [InlineData("fuzz --bad-rcpt @", "'@' is not a mailbox", "user@example.test")]
    [InlineData("fuzz --helo a_b", "'a_b' is not a domain", "mx.example.test")]
    [InlineData("fuzz --profile rfc1", "'rfc1'", "rfc821, rfc5321")]
    [InlineData("fuzz --in-memory 127.0.0.1:25", "--in-memory", "leave one of them out")]
    [InlineData("fuzz --in-memory --connections 2", "--in-memory", "leave --connections out")]
    [InlineData("replay x", "x: ", "an ID that test or fuzz printed")]
    [InlineData("replay iwqABgsKAAAA", "iwqABgsKAAAA: ", "is it complete?")]
    [InlineData("replay /", "/: ", "it is a folder")]
    [InlineData("fuzz --sessions 1 --save /dev/null/x", "--save /dev/null/x", "")]
    [InlineData("replay 3f9a", "3f9a: nothing is kept under this ID", "the folder in which test or fuzz was run")]
    [InlineData("replay", "there is nothing to play", "--last")]
    [InlineData("replay --last 3f9a", "'3f9a' is one word too many", "leave it or --last out")]
    [InlineData("fuzz --interleave 1", "'1' is no number for --interleave", "from 2 to 64")]
    [InlineData("fuzz --interleave 4 --connections 2", "--interleave", "leave one of them out")]
    [InlineData("fuzz --sessions 1 --coverage html=/dev/null/x", "--coverage /dev/null/x", "")]
    [InlineData("fuzz --coverage xml=a", "'xml=a' is no output for --coverage", "html=FILE")]
    [InlineData("fuzz --coverage console,json", "'json' is no output for --coverage", "json=FILE")]
    [InlineData("fuzz --coverage json=a,html=a", "two formats to a", "")]
    [InlineData("diagram --format png", "'png'", "mermaid, dot, svg and html")]
    [InlineData("diagram --profile x", "'x'", "rfc821, rfc5321")]
    [InlineData("diagram --output /dev/null/x", "--output /dev/null/x", "")]
    [InlineData("diagram --output /", "--output /", "")]
    [InlineData("diagram more", "'more'", "diagram --help")]
    [InlineData("serve --listen here", "--listen here", "127.0.0.1:2525")]
    [InlineData("serve --listen example.test:25", "--listen example.test:25", "127.0.0.1:2525")]
    [InlineData("serve --listen 127.0.0.1:65536", "--listen 127.0.0.1:65536", "127.0.0.1:2525")]
    [InlineData("serve --listen 127.0.0.1:0 --listen 127.0.0.1:x", "--listen 127.0.0.1:x", "127.0.0.1:2525")]
    [InlineData("serve --listen 192.0.2.1:2525", "192.0.2.1:2525", "")]
    [InlineData("serve --maildir /dev/null/x", "--maildir /dev/null/x", "")]
    [InlineData("serve --hostname a_b", "'a_b' is not a domain", "mx.example.test")]
    [InlineData("serve --user fred", "'fred' is not a mailbox", "user@example.test")]
    [InlineData("serve --list staff", "--list staff", "NAME=MAILBOX")]
    [InlineData("serve --list staff=fred", "'fred' is not a mailbox", "user@example.test")]
    [InlineData("serve --max-connections 0", "'0'", "of at least 1")]
    [InlineData("serve --max-command-line 511", "'511'", "of at least 512")]
    [InlineData("serve --command-timeout -5s", "-5s", "--command-timeout")]
    public async Task A_wrong_argument_is_named_with_what_would_be_right(string arguments, string wrong, string right)
    {
        var run = (await Smtpmodel.RunAloneAsync(arguments.Split(' '))).EndsWith(ExitCodes.Usage).Says("smtpmodel: ", wrong, right);

        Assert.Equal("", run.Out);
        Assert.True(run.Error.Count(letter => letter == '\n') <= 3, $"this is long for an error:\n{run.Error}");
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_can_be_decided()
    {
        var nobody = LoopbackServer.Nobody();

        (await Smtpmodel.RunAloneAsync("fuzz", nobody)).EndsWith(ExitCodes.NoVerdict).Says(nobody);
        (await Smtpmodel.RunAloneAsync("fuzz", "no-such-host.invalid:25")).EndsWith(ExitCodes.NoVerdict).Says("no-such-host.invalid");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_no_verdict()
    {
        await using var server = new LoopbackServer((_, end) => Task.Delay(Timeout.InfiniteTimeSpan, end));

        (await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--reply-timeout", "300ms")).EndsWith(ExitCodes.NoVerdict).Says(server.Name);
    }

    [Fact]
    public async Task A_server_that_always_greets_with_421_is_no_verdict()
    {
        await using var server = LoopbackServer.Saying("421 not now\r\n"u8.ToArray(), []);

        (await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "50"))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("421 not now", "nothing could be decided");
    }

    [Fact]
    public async Task A_mute_server_is_no_verdict_and_said_to_be_mute_before_any_case()
    {
        await using var server = LoopbackServer.Saying("220 here\r\n"u8.ToArray(), " "u8.ToArray());

        var run = (await Smtpmodel.RunAloneAsync("test", server.Name, "--reply-timeout", "300ms"))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("1 passed, 0 failed", "no verdict: decided 1 of ", "--reply-timeout waits longer", "not complete");
        Assert.StartsWith(
            "the server is mute",
            run.Out.Split('\n').Where(line => !line.Contains(" s: ", StringComparison.Ordinal)).ElementAt(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Too_little_that_was_decided_is_no_verdict_with_its_reason_and_remedy()
    {
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            using var lines = new StreamReader(stream, leaveOpen: true);
            await stream.WriteAsync("220 here\r\n"u8.ToArray(), end);
            while (await lines.ReadLineAsync(end) is { } line && !line.Equals("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await stream.WriteAsync("550 no\r\n"u8.ToArray(), end);
            }

            await stream.WriteAsync("221 bye\r\n"u8.ToArray(), end);
        });
        string[] test = ["test", server.Name, "--include", "rfc5321/4.1.*", "--exclude", "*blank*"];

        (await Smtpmodel.RunAloneAsync(test))
            .EndsWith(ExitCodes.NoVerdict)
            .Says(
                "the server refuses this client: EHLO client.example.test draws 550 no; --helo says what it takes",
                "no verdict: decided "
            );
        (await Smtpmodel.RunAloneAsync([.. test, "--min-decided", "1"])).EndsWith(ExitCodes.Fine);
    }

    [Fact]
    public async Task A_server_that_refuses_even_QUIT_breaks_a_rule()
    {
        await using var server = LoopbackServer.Saying("220 here\r\n"u8.ToArray(), "550 no\r\n"u8.ToArray());

        (await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "50")).EndsWith(ExitCodes.Failure)
            .Says("note: the server refuses HELO", "VIOLATION 1: Connected, QUIT", "shown by 1:", "RFC 5321 4.1.1.10");
    }

    [Fact]
    public async Task A_server_that_refuses_all_but_QUIT_is_told_what_could_not_be_tested()
    {
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            using var lines = new StreamReader(stream, leaveOpen: true);
            await stream.WriteAsync("220 here\r\n"u8.ToArray(), end);
            while (await lines.ReadLineAsync(end) is { } line && !line.Equals("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await stream.WriteAsync("550 no\r\n"u8.ToArray(), end);
            }

            await stream.WriteAsync("221 bye\r\n"u8.ToArray(), end);
        });

        // that nothing is accepted before HELO, and that QUIT is taken, are verdicts
        (await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "50")).EndsWith(ExitCodes.Fine)
            .Says("note: the server refuses HELO", "cannot be tested", "covered states 3/8", "no violation");
    }

    [Fact]
    public async Task SIGINT_ends_a_run_with_the_report_so_far()
    {
        await using var server = FaultySmtp.Start(Fault.None);
        await using var tool = Smtpmodel.Start(["fuzz", server.Name, "--sessions", "1000000000"]);
        await tool.SaysAsync("sessions, ");

        tool.Signal(Smtpmodel.SigInt);

        var run = (await tool.EndAsync()).EndsWith(ExitCodes.Interrupted).Says("played ", "covered ");
        Assert.Equal("", run.Error);
    }
}
