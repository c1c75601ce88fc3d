using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing;
using SmtpModel.Testing.Tests.Access;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>
/// A documented command line, made ready to be run in a folder of its own: servers stand at the places it names, the files it
/// reads are there, and words that stand for something are replaced by one of it.
/// </summary>
internal sealed partial class DocumentedRun : IAsyncDisposable
{
    private const string Case = "rfc5321/4.1.1.5/RSET-in-Ready";
    private const string Sessions = "200";
    private const string Mutant = "transfer.Ready.MAIL-250.Connected";

    // what these say is about more cases than one
    private static readonly string[] Chosen =
    [
        "--include",
        "--exclude",
        "--accept",
        "--delivered",
        "--deviations",
        "--coverage",
        "--dry-run",
        "--min-decided",
        "--thorough",
        "--config",
    ];

    private static readonly Dictionary<string, string> Environment = new() { ["SMTP_PASSWORD"] = new Submission().Password };
    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _servers = [];
    private LoopbackServer? _faulty;

    private DocumentedRun(string line) => Words = [.. Documents.Words(line)];

    public List<string> Words { get; }

    /// <summary>What the README says of it: a replay of what is still wrong fails, a watch of nobody has no verdict, nor has a
    /// fuzzer that asks for what is delivered where nobody delivers, and all else ends well.</summary>
    public int ExpectedExitCode =>
        IsReplay && !Words.Contains("--print-id") ? ExitCodes.Failure
        : Waits is not null and not "serving " || (Words[0] == "fuzz" && Words.Contains("--delivered")) ? ExitCodes.NoVerdict
        : ExitCodes.Fine;

    /// <summary>What it says when it waits for others until it is interrupted; null where it ends by itself.</summary>
    public string? Waits => Words[0] switch
    {
        "serve" => "serving ",
        "watch" => "watching ",
        "provoke" when Words.Contains("--listen") && !Words.Contains("--") => "listening on ",
        _ => null,
    };

    private bool IsReplay => Words[0] == "replay";

    public static async Task<DocumentedRun> PrepareAsync(string line)
    {
        var run = new DocumentedRun(line);
        for (var at = 1; at < run.Words.Count; at++)
        {
            run.Words[at] = await run.WordAsync(run.Words[at - 1], run.Words[at]);
        }

        // nobody delivers here
        if (run.Words[0] is "test" or "fuzz" && run.Words.Contains("--delivered"))
        {
            run.Words.AddRange(["--delivery-time", "1s"]);
        }

        // that it is played at all is what is looked at, not how much
        if (run.Words[0] == "fuzz" && !run.Words.Contains("--sessions") && !run.Words.Contains("--max-time"))
        {
            run.Words.AddRange(["--sessions", Sessions]);
        }

        if (run.Words is ["test", _, _, ..] && !run.Words.Exists(Chosen.Contains))
        {
            run.Words.AddRange(["--include", "*greeting*"]);
        }

        if (run.Words is ["mutants", "score", ..] && run.Words.Contains("wpd1") && !run.Words.Contains("--sample"))
        {
            run.Words.AddRange(["--sample", "40"]);
        }

        // a client that is there, and a few scenarios
        if (run.Words[0] == "provoke" && run.Words.IndexOf("--") is >= 0 and var client)
        {
            run.Words.RemoveRange(client, run.Words.Count - client);
            run.Words.AddRange([
                .. run.Words.Contains("--include") ? Array.Empty<string>() : ["--include", "reply/MAIL/*"],
                "--",
                .. ShellClient.Command(isLocal: run.Words.Contains("lmtp")),
            ]);
        }

        // the assembly that stands in for the reader's has several machines
        if (run.Words.Contains("--assembly") && run.Words[0] != "verify")
        {
            run.Words.AddRange(["--profile", "rfc821"]);
        }

        return run;
    }

    public Task<ToolRun> RunAsync() => Smtpmodel.RunAsync(Words, Environment, _folder.Path);

    public Smtpmodel Start() => Smtpmodel.Start(Words, Environment, _folder.Path);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<string> WordAsync(string before, string word) =>
        (before, word) switch
        {
            ("--listen", _) => "127.0.0.1:0",
            ("--maildir", _) => "mail",
            // a port that is free, and a folder that is there
            ("--delivered", _) => word.StartsWith("maildir:", StringComparison.Ordinal)
                ? Maildir()
                : word.Replace(":2626", ":0", StringComparison.Ordinal),
            ("--max-time", _) => Words[0] == "learn" ? word : "1s",
            ("--thorough", _) => "1s",
            ("--middles", _) => "20",
            ("--model", _) => await MadeAsync(word, "export", "--format", "json", "--output", word),
            ("--known", _) => await KnownAsync(word),
            ("--resume", _) => await MadeAsync(word, "learn", "--in-memory", "--save", word),
            _ when Words[0] == "diff" && word.EndsWith(".json", StringComparison.Ordinal) => await MadeAsync(
                word,
                "learn",
                "--in-memory",
                "--json",
                word
            ),
            ("--check", _) => await MadeAsync(word, "suite", "--format", "json", "--output", word),
            ("--assembly", _) => Path.Combine(AppContext.BaseDirectory, "SmtpModel.Spec.dll"),
            ("replay", _) when !Words.Contains("--last") => await IdAsync(),
            ("replay", _) => await LastAsync(word),
            ("--mutant", "ID") => Mutant,
            ("--tool", _) =>
                $"dotnet '{Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll")}' fuzz {{target}} --sessions 3000 --max-findings 1",
            ("--sample", _) => "1",
            ("--sessions", _) => Sessions,
            ("explain", "CASE") => Case,
            ("--ca", _) => Written(word, new Submission().Certificate!.ExportCertificatePem()),
            ("--servername", _) => "localhost",
            ("--password-file", _) => Written(word, new Submission().Password + "\n"),
            ("--tls-cert", _) => WrittenCertificate(word),
            ("--auth-users", _) or ("list" or "remove", _) when Words[0] is "users" or "serve" => await MadeAsync(
                word,
                "users",
                "add",
                word,
                "fred",
                "--password-env",
                "SMTP_PASSWORD"
            ),
            ("--config", _) => Written(word, """{ "rcpt": "user@your.domain", "include": "*RSET*" }"""),
            ("--deviations", _) when !Words.Contains("--deviations-update") => Written(word, """{ "version": 1, "deviations": [] }"""),
            _ when Words[0] == "report" && before[0] != '-' && word.EndsWith(".json", StringComparison.Ordinal) => await MadeAsync(
                word,
                "test",
                "--depth",
                "greeting",
                "--include",
                "*NOOP*",
                "--json",
                word
            ),
            _ when Words[0] == "merge" && before[0] != '-' => await ResultsAsync(word),
            _ when Words[0] == "check" && before != "--json" && Recorded().IsMatch(word) => Written(
                word,
                "S: 220 mx.example.test\nC: EHLO client.example.test\nS: 250 mx.example.test\nC: QUIT\nS: 221 bye\n"
            ),
            _ when Server().IsMatch(word) => await ServerAsync(),
            _ => word,
        };

    // what shares of the same work know
    private async Task<string> KnownAsync(string word)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, word));
        var file = $"{word}/shard-1.jsonl";
        _ = await MadeAsync(file, [.. Words.TakeWhile(one => one != "--known"), "--results", file]);
        return word;
    }

    private async Task<string> ServerAsync()
    {
        if (IsReplay)
        {
            return Faulty().Name;
        }

        if (
            Words.Contains("--tls")
            || Words.Exists(word =>
                word.EndsWith("+starttls", StringComparison.Ordinal) || word.StartsWith("rfc3207/", StringComparison.Ordinal)
            )
        )
        {
            var submission = new SubmissionServer(
                new Submission { IsImplicit = Words.Contains("implicit"), IsDemanding = Words.Contains("--user") }
            );
            _servers.Add(submission);
            return submission.Place;
        }

        Profile profile = Words.Contains("rfc821") ? Profiles.Rfc821 : Profiles.Rfc5321;
        var server = await EmbeddedServer.StartAsync(profile);
        _servers.Add(server);
        return Place().Match(server.Name).Value;
    }

    // what is played again has to be wrong still
    private LoopbackServer Faulty()
    {
        if (_faulty is null)
        {
            _servers.Add(_faulty = FaultySmtp.Start(Fault.RcptWithoutMail));
        }

        return _faulty;
    }

    private async Task<string> IdAsync()
    {
        var tool = Smtpmodel.RunAsync(
            ["test", Faulty().Name, "--include", "*/RCPT-out-of-order-in-Connected"],
            folder: _folder.Path
        );
        return Id().Match((await tool).EndsWith(ExitCodes.Failure).Out).Groups["id"].Value;
    }

    private async Task<string> LastAsync(string word)
    {
        _ = await IdAsync();
        return word;
    }

    private async Task<string> MadeAsync(string file, params string[] words)
    {
        var tool = Smtpmodel.RunAsync(words, Environment, _folder.Path);
        (await tool).EndsWith(ExitCodes.Fine);
        Assert.True(File.Exists(Path.Combine(_folder.Path, file)), $"'{string.Join(' ', words)}' did not write {file}");
        return file;
    }

    // a folder with the results of a whole campaign
    private async Task<string> ResultsAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, folder));
        _ = await MadeAsync($"{folder}/shard-1.jsonl", "fuzz", "--in-memory", "--sessions", "20", "--results", $"{folder}/shard-1.jsonl");
        return folder;
    }

    // and its key beside it
    private string WrittenCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        Written("key.pem", key.ExportPkcs8PrivateKeyPem());
        return Written(file, certificate.ExportCertificatePem());
    }

    private string Maildir()
    {
        Array.ForEach(["new", "cur", "tmp"], part => Directory.CreateDirectory(Path.Combine(_folder.Path, "mail", part)));
        return "maildir:mail";
    }

    private string Written(string file, string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, file), text);
        return file;
    }

    [GeneratedRegex(@"\.(?:pcap|pcapng|log|txt)\z")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"^(?:HOST:PORT|OTHER:PORT|[\w.\[\]]+:\d+)$")]
    private static partial Regex Server();

    [GeneratedRegex(@"[\d.]+:\d+")]
    private static partial Regex Place();

    [GeneratedRegex(@"replay (?<id>[0-9a-f]{8})")]
    private static partial Regex Id();
}
