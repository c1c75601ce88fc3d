using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Testing.Tests.Access;

namespace SmtpModel.Cli.Tests;

/// <summary>The password is in nothing that the tool writes, in no form.</summary>
public sealed partial class SecretTests : IDisposable
{
    private const string Secret = "Recognizable-7f3a-Wxyz";
    private const string Variable = "SMTPMODEL_TESTS_SECRET";
    private static readonly string[] Entered = ["--tls", "starttls", "--insecure", "--user", Submission.User, "--password-env", Variable];
    private static readonly Dictionary<string, string> Environment = new() { [Variable] = Secret };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("OAUTHBEARER")]
    public async Task A_test_with_every_report_does_not_tell_it(string mechanism)
    {
        await using var server = new SubmissionServer(new Submission { Password = Secret, TakesEarlyRcpt = true });
        var run = await RunAsync(
            "test",
            server.Place,
            "--mechanism",
            mechanism,
            "--verbose",
            "--report",
            "html=out.html",
            "--report",
            "junit=out.xml",
            "--report",
            "sarif=out.sarif",
            "--report",
            "json=out.json",
            "--coverage",
            "html=coverage.html",
            "--deviations",
            "known.json",
            "--deviations-update",
            "--reply-timeout",
            "1s",
            "--include",
            "*/3.3/*",
            "--include",
            "*/4.1.4/*",
            "--include",
            "*/4.5.3.1.4/*",
            "--include",
            "*/4.2*"
        );

        Assert.True(server.Logins > 10, "nobody logged in");
        run.Says($"(then authenticated as alice with {mechanism})");
        string[] files = ["out.html", "out.xml", "out.sarif", "out.json", "coverage.html", "known.json"];
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(_folder.Path, file)).Length > 0, file));
        Assert.True(Directory.GetFiles(Path.Combine(_folder.Path, ".smtpmodel"), "*.json").Length > 0);
        IsNowhere(run);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("CRAM-MD5")]
    public async Task A_login_that_is_a_step_of_a_session_is_not_told_by_a_test_a_comparison_a_replay_or_a_learned_machine(
        string mechanism
    )
    {
        await using var server = new SubmissionServer(
            new Submission
            {
                Password = Secret,
                IsDemanding = false,
                InTls = mechanism,
                Fault = "takes AUTH twice",
            }
        );
        await using var other = new SubmissionServer(
            new Submission
            {
                Password = Secret,
                IsDemanding = false,
                InTls = mechanism,
            }
        );
        var run = await RunAsync(
            "test",
            server.Place,
            "--verbose",
            "--report",
            "html=out.html",
            "--report",
            "junit=out.xml",
            "--report",
            "sarif=out.sarif",
            "--report",
            "json=out.json",
            "--include",
            "rfc4954/*"
        );
        IsNowhere(run.EndsWith(ExitCodes.Failure).Says("rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated"));

        IsNowhere((await RunAsync("replay", Id().Match(run.Out).Groups["id"].Value)).EndsWith(ExitCodes.Failure));
        IsNowhere(
            (await RunAsync("diff", server.Place, other.Place, "--depth", "greeting"))
                .EndsWith(ExitCodes.Failure)
                .Says("rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated")
        );
        IsNowhere(await RunAsync("learn", server.Place, "--max-inputs", "60", "--json", "learned.json", "--save", "log.json"));
        IsNowhere((await RunAsync("learn", server.Place, "--shard", "1/60", "--results", "share.jsonl")).EndsWith(ExitCodes.Fine));
    }

    [Fact]
    public async Task A_fuzzer_and_a_replay_do_not_tell_it()
    {
        await using var server = new SubmissionServer(new Submission { Password = Secret, TakesEarlyRcpt = true });
        var run = await RunAsync("fuzz", server.Place, "--mechanism", "PLAIN", "--sessions", "60", "--coverage", "html=coverage.html");
        var id = Id().Match(run.Out).Groups["id"].Value;
        IsNowhere(run.EndsWith(ExitCodes.Failure));

        IsNowhere((await RunAsync("replay", id)).EndsWith(ExitCodes.Failure));
        IsNowhere((await RunAsync("replay", "--print-id", id)).EndsWith(ExitCodes.Fine));
    }

    [Fact]
    public async Task A_password_that_is_refused_is_not_told_though_the_server_says_it()
    {
        await using var server = new SubmissionServer(new Submission { Login = (_, _) => $"535 {Secret} is not the password" });

        IsNowhere(
            (await RunAsync("test", server.Place, "--mechanism", "LOGIN"))
                .EndsWith(ExitCodes.NoVerdict)
                .Says("535 *** is not the password")
        );
    }

    // as a word that nothing names a password, and as a variable
    [Theory]
    [InlineData(Secret, "{env:PASSWORD}")]
    [InlineData($"{{env:{Variable}}}", $"{{env:{Variable}}}")]
    public async Task A_client_on_trial_is_shown_and_played_again_without_its_password(string word, string shown)
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        string[] words = ["provoke", "--profile", "rfc5321+auth", "--include", "reply/MAIL/552", "--verbose"];
        string[] reports = ["--report", "html=out.html,junit=out.xml,sarif=out.sarif,json=out.json"];
        var tool = Smtpmodel.RunAsync(
            [.. words, .. reports, "--", .. ShellClient.Command(refused: 0, password: word)],
            Environment,
            _folder.Path
        );
        var run = await tool;
        run.EndsWith(1).Says("K40", "AUTH PLAIN", $"'{shown}'", "I am (a secret)");
        Assert.Equal(word == Secret, run.All.Contains("fill in   what is secret was left out: set PASSWORD in the environment"));
        Assert.All(["out.html", "out.xml", "out.sarif", "out.json"], file =>
            Assert.Contains("client", File.ReadAllText(Path.Combine(_folder.Path, file)), StringComparison.Ordinal)
        );
        IsNowhere(run);
    }

    [Fact]
    public async Task A_client_on_trial_that_misspells_its_login_is_shown_and_played_again_without_its_password()
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        string[] words = ["provoke", "--profile", "rfc5321+auth", "--include", "reply/MAIL/552", "--verbose"];
        string[] reports = ["--report", "html=out.html,junit=out.xml,sarif=out.sarif,json=out.json"];
        var tool = Smtpmodel.RunAsync(
            [
                .. words, .. reports, "--",
                .. ShellClient.Command(refused: 0, password: Secret).Select(word =>
                    word.Replace("\"AUTH PLAIN", "\"AUHT PLAIN", StringComparison.Ordinal)
                        .Replace("need 2; echo", "echo", StringComparison.Ordinal)
                ),
            ],
            Environment,
            _folder.Path
        );
        var run = await tool;
        run.EndsWith(ExitCodes.Failure).Says("K40", "C: AUHT PLAIN (hidden)", "'{env:PASSWORD}'", "I am (a secret)");
        IsNowhere(run);
    }

    [Fact]
    public async Task A_recording_of_a_login_that_was_refused_is_checked_without_its_password()
    {
        var password = Convert.ToBase64String(Encoding.ASCII.GetBytes(Secret));
        var plain = Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0fred\0{Secret}"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "login.log"),
            "S: 220 mx.example.test\nC: EHLO client.example.test\nS: 250-mx.example.test\nS: 250 AUTH LOGIN PLAIN\n"
                + $"C: AUHT PLAIN {plain}\nS: 250 ok\nC: AUTH LOGIN\nS: 503 no\nC: {password}\nS: 250 what is {password}\n"
                + $"C: {Secret}\nS: 250 ok\nC: MAIL FROM:<a@example.test>\nS: 250 ok\nC: MAIL FROM:<a@example.test>\nS: 503 no\n",
            TestContext.Current.CancellationToken
        );
        var tool = Smtpmodel.RunAsync(
            ["check", "login.log", "--report", "html=out.html,junit=out.xml,sarif=out.sarif,json=out.json"],
            Environment,
            _folder.Path
        );
        var run = await tool;
        run.EndsWith(ExitCodes.Failure).Says("C: AUHT PLAIN (hidden)");
        File.Delete(Path.Combine(_folder.Path, "login.log"));
        IsNowhere(run);
        Assert.Equal(4, Directory.GetFiles(_folder.Path, "out.*").Length);
    }

    private async Task<ToolRun> RunAsync(string verb, string what, params string[] options)
    {
        string[] entered = verb == "replay" ? [] : Entered;
        return await Smtpmodel.RunAsync([verb, what, .. options, .. entered], Environment, _folder.Path);
    }

    private void IsNowhere(ToolRun run)
    {
        List<string> all =
        [
            run.All,
            .. Directory
                .GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))),
        ];
        all.AddRange(all.SelectMany(text => Packed().Matches(text).Select(match => Unpacked(match.Value))).OfType<string>().ToList());
        Assert.All(all, text =>
            Assert.All(Forms, form => Assert.False(text.Contains(form, StringComparison.OrdinalIgnoreCase), $"it holds {form}"))
        );
    }

    // alone, or behind any octets, in base64, without what depends on the octets around it; as octets in hexadecimal
    private static IEnumerable<string> Forms =>
        [
            Secret,
            Convert.ToHexString(Encoding.ASCII.GetBytes(Secret)),
            Uri.EscapeDataString(Secret),
            .. Enumerable
                .Range(0, 3)
                .Select(before =>
                    Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('-', before) + Secret))[(before == 0 ? 0 : 4)..^4]
                ),
        ];

    private static string? Unpacked(string word)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(Base64Url.DecodeFromChars(word)), CompressionMode.Decompress);
            using var reader = new StreamReader(brotli, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidOperationException)
        {
            // no word of a replay
            return null;
        }
    }

    [GeneratedRegex("[A-Za-z0-9_-]{60,}")]
    private static partial Regex Packed();

    [GeneratedRegex("replay (?<id>[0-9a-f]{8})")]
    private static partial Regex Id();
}
