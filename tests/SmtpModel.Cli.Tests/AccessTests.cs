using SmtpModel.Cli.Tests.Support;
using SmtpModel.Testing.Tests.Access;

namespace SmtpModel.Cli.Tests;

/// <summary>The options with which a server is entered, and what is said of those that are wrong.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Variable = "SMTPMODEL_TESTS_SECRET";
    private const string Secret = "Recognizable-7f3a";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--tls sometimes", "there is no tls 'sometimes'")]
    [InlineData("--ca ca.pem", "--ca is about TLS, and nothing is secured; give --tls starttls or --tls implicit with it")]
    [InlineData("--tls none --insecure", "--insecure is about TLS, and nothing is secured; give --tls starttls or --tls implicit with it")]
    [InlineData("--tls starttls --ca nowhere.pem", "--ca nowhere.pem: there is no such file")]
    [InlineData(
        "--tls starttls --ca empty.txt",
        "--ca empty.txt: there is no certificate in it; give a file in PEM, with BEGIN CERTIFICATE"
    )]
    [InlineData(
        "--tls starttls --ca broken.pem",
        "--ca broken.pem: a certificate in it cannot be read; give a file in PEM, with BEGIN CERTIFICATE"
    )]
    [InlineData(
        "--tls starttls --ca empty.txt --insecure",
        "--insecure takes any certificate, whomever --ca trusts; leave one of them out"
    )]
    [InlineData("--tls starttls --servername a/b", "'a/b' is no name of a host for --servername; write one as mx.example.test")]
    [InlineData(
        "--user alice",
        "--user needs a password; name the variable with it by --password-env VAR, or the file by --password-file FILE"
    )]
    [InlineData("--password-env HOME", "--password-env is about a login; say who logs in with --user NAME")]
    [InlineData("--mechanism PLAIN", "--mechanism is about a login; say who logs in with --user NAME")]
    [InlineData("--user alice --password-env HOME --mechanism plain", "there is no mechanism 'plain'; did you mean 'PLAIN'?")]
    [InlineData(
        "--user alice --password-env SMTPMODEL_IS_NOT_SET",
        "--password-env SMTPMODEL_IS_NOT_SET: there is no such variable in the environment; give the name of one that holds the password, "
            + "not the password"
    )]
    [InlineData("--user alice --password-env SMTPMODEL_EMPTY", "--password-env SMTPMODEL_EMPTY: the variable is empty")]
    [InlineData(
        "--user alice --password-env HOME --password-file one.txt",
        "--password-env and --password-file are two passwords; leave one of them out"
    )]
    [InlineData("--user alice --password-file nowhere.txt", "--password-file nowhere.txt: there is no such file")]
    [InlineData("--user alice --password-file .", "--password-file .: it is a folder")]
    [InlineData("--user alice --password-file empty.txt", "--password-file empty.txt: it is empty")]
    [InlineData(
        "--user alice --password-file two.txt",
        "--password-file two.txt: it has more than one line; keep the password alone in it"
    )]
    [InlineData(
        "--user alice --password-file octets.txt",
        "--password-file octets.txt: there is an octet in it that no password has: a line end, a NUL, or what is no UTF-8"
    )]
    public async Task What_is_wrong_with_an_option_is_said_before_anybody_is_connected_to(string options, string said)
    {
        await WriteAsync();
        var tool = Smtpmodel.RunAsync(
            ["test", "127.0.0.1:1", .. options.Split(' ')],
            new Dictionary<string, string> { ["SMTPMODEL_EMPTY"] = "" },
            _folder.Path
        );
        (await tool).EndsWith(ExitCodes.Usage).Says($"smtpmodel: {said}");
    }

    [Theory]
    [InlineData("test", "--tls", "starttls")]
    [InlineData("fuzz", "--insecure", null)]
    [InlineData("fuzz", "--user", "alice")]
    public async Task A_server_that_the_tool_starts_itself_is_not_entered_so(string verb, string option, string? value)
    {
        var run = await Smtpmodel.RunAsync([verb, option, .. value is null ? Array.Empty<string>() : [value]]);
        run.EndsWith(ExitCodes.Usage).Says($"smtpmodel: {option} is for a server that is named;");
    }

    [Theory]
    [InlineData("--password", Secret)]
    [InlineData("--password-env", Secret)]
    public async Task A_password_that_is_given_by_mistake_is_not_said_again(string option, string value)
    {
        foreach (var words in (string[][])[[option, value], [$"{option}={value}"]])
        {
            var run = (await Smtpmodel.RunAsync(["test", "127.0.0.1:1", "--user", "alice", .. words])).EndsWith(ExitCodes.Usage);
            Assert.DoesNotContain(Secret, run.All, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("test", "--depth", "greeting")]
    [InlineData("fuzz", "--sessions", "20")]
    [InlineData("diff", "--depth", "greeting")]
    public async Task A_password_that_is_refused_ends_the_run_with_no_verdict_in_one_line(string verb, string option, string value)
    {
        await using var server = new SubmissionServer();
        string[] targets = verb == "diff" ? [server.Place, server.Place] : [server.Place];
        var tool = Smtpmodel.RunAsync(
            [verb, .. targets, option, value, "--tls", "starttls", "--insecure", "--user", "alice", "--password-env", Variable],
            new Dictionary<string, string> { [Variable] = Secret },
            _folder.Path
        );

        var run = (await tool).EndsWith(ExitCodes.NoVerdict);

        Assert.Equal(
            $"smtpmodel: {server.Place}: the server refuses the login of alice with SCRAM-SHA-256: 535 5.7.8 no; it is not tried again",
            run.Error.TrimEnd().Split('\n')[^1]
        );
        Assert.Equal(1, server.Logins);
    }

    [Fact]
    public async Task What_was_found_inside_is_played_again_inside_with_the_same_line_or_another_way_in()
    {
        await using var server = new SubmissionServer(new Submission { TakesEarlyRcpt = true });
        var environment = new Dictionary<string, string> { [Variable] = server.What.Password };
        await using var test = Smtpmodel.Start(
            [
                "test",
                server.Place,
                "--include",
                "*/RCPT-out-of-order-in-Ready",
                "--tls",
                "starttls",
                "--insecure",
                "--user",
                "alice",
                "--password-env",
                Variable,
            ],
            environment,
            _folder.Path
        );
        var id = System
            .Text.RegularExpressions.Regex.Match((await test.EndAsync()).EndsWith(ExitCodes.Failure).Out, "replay (?<id>[0-9a-f]{8})")
            .Groups["id"]
            .Value;

        var again = Smtpmodel.RunAsync(["replay", id], environment, _folder.Path);
        (await again).EndsWith(ExitCodes.Failure).Says("FAILED");
        var without = Smtpmodel.RunAsync(["replay", id], new Dictionary<string, string> { [Variable] = "" }, _folder.Path);
        (await without).EndsWith(ExitCodes.Usage).Says($"--password-env {Variable}: the variable is empty");
        var elsewhere = Smtpmodel.RunAsync(
            ["replay", id, "--mechanism", "PLAIN", "--password-env", "SMTPMODEL_OTHER"],
            new Dictionary<string, string> { ["SMTPMODEL_OTHER"] = server.What.Password },
            _folder.Path
        );
        (await elsewhere).EndsWith(ExitCodes.Failure).Says("FAILED");
        Assert.Contains(server.Heard, line => line.StartsWith("TLS AUTH PLAIN ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_found_of_a_server_that_dies_is_reported_though_its_STARTTLS_cannot_be_tested_any_more()
    {
        await using var server = new SubmissionServer(new Submission { IsDemanding = false, Fault = "dies of VRFY" });
        var tool = Smtpmodel.RunAsync(
            [
                "test",
                server.Place,
                "--depth",
                "greeting",
                "--connections",
                "1",
                "--include",
                "*/3.8/closing",
                "--include",
                "rfc3207/*",
                "--report",
                "json=found.json,junit=found.xml",
            ],
            null,
            _folder.Path
        );

        (await tool)
            .EndsWith(ExitCodes.Failure)
            .Says("rfc5321/3.8/closing", "note: STARTTLS could not be tested: cannot connect to", "1 failed", "inconclusive");
        foreach (var name in (string[])["found.json", "found.xml"])
        {
            var report = await File.ReadAllTextAsync(Path.Combine(_folder.Path, name), TestContext.Current.CancellationToken);
            Assert.Contains("rfc5321/3.8/closing", report, StringComparison.Ordinal);
            Assert.Contains("no-greeting-behind-STARTTLS", report, StringComparison.Ordinal);
        }
    }

    private async Task WriteAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "empty.txt"), "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "one.txt"), "one\n");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "two.txt"), "one\ntwo\n");
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "octets.txt"), [.. "one\0two"u8]);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        );
    }
}
