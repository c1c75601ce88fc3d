using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>Reports to be written: real cases, real sessions, and a server made to fail.</summary>
internal static class Sample
{
    /// <summary>What a server can put into a reply to harm whoever reads the report.</summary>
    public const string Hostile =
        "\u001B[2J\u001B]0;owned\u0007 <script>window.owned=1</script> ]]> <!-- --> &amp; \"'><img src=x onerror=window.owned=2> {0} "
            + "[a](b) \0 \u0085 \u00E9\u00FF \u202E \uFFFF";

    /// <summary>What is seen of it: nothing that is not printable ASCII.</summary>
    public const string HostileShown =
        @"\x1B[2J\x1B]0;owned\x07 <script>window.owned=1</script> ]]> <!-- --> &amp; ""'><img src=x onerror=window.owned=2> {0} [a](b) \x00 \x85 \xE9\xFF \x202E \xFFFF";

    private static readonly Palette Moves = new(Profiles.Rfc5321.Table, new PaletteOptions());
    private static readonly DateTimeOffset Begun = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A server that does all as it should.</summary>
    public static Task<TestReport> GoodAsync(string name = "127.0.0.1:2525") => TestAsync(name, (_, reply) => reply);

    /// <summary>A server that takes RCPT at any time, knows no NOOP, and answers lines that are no command with 502.</summary>
    public static Task<TestReport> FaultyAsync(string name = "127.0.0.1:2526") =>
        TestAsync(name, (sent, reply) => sent.ToUpperInvariant() switch
            {
                var line when line.StartsWith("RCPT", StringComparison.Ordinal) && reply.Code == 503 => new Reply(250, ["2.1.5 Ok"]),
                var line when line.StartsWith("NOOP", StringComparison.Ordinal) => new Reply(502, ["what is that?"]),
                _ when reply.Code == 500 => new Reply(502, ["5.5.2 Error: command not recognized"]),
                _ => reply,
            });

    /// <summary>As the faulty one, and what it says is meant to harm.</summary>
    public static Task<TestReport> HostileAsync() =>
        TestAsync("127.0.0.1:2527", (sent, reply) =>
            sent.StartsWith("RCPT", StringComparison.Ordinal) && reply.Code == 503
                ? new Reply(250, [Hostile])
                : reply with
                {
                    Lines = [Hostile],
                }
        );

    private static async Task<TestReport> TestAsync(string name, Func<string, Reply, Reply> change)
    {
        var profile = Profiles.Rfc5321;
        await using var target = new ChangedTarget(name, profile, change);
        var coverage = new Coverage(profile.Table);
        var results = new List<CaseResult>();
        var greeting = "";
        foreach (var one in CaseCatalogue.Of(profile).Cases)
        {
            var (result, said) = await PlayAsync(target, profile.Table, one, coverage);
            results.Add(result);
            greeting = said ?? greeting;
        }

        return new TestReport(name, profile, results)
        {
            Greeting = greeting,
            Extensions = ["mx.example.test", "SIZE 10240000", "8BITMIME", "PIPELINING"],
            Depth = Depth.Envelope,
            Notes = name.EndsWith("2526", StringComparison.Ordinal)
                ? ["no recipient was accepted: what comes after RCPT could not be tested"]
                : [],
            Coverage = coverage,
            Sessions = results.Count(result => result.Evidence is not null),
            Exchanges = results.Sum(result => result.Evidence?.Transcript.Lines.Count ?? 0),
            Started = Begun,
            Elapsed = TimeSpan.FromSeconds(1.2345),
            Waiting = 0.871,
        };
    }

    private static async Task<(CaseResult Result, string? Greeting)> PlayAsync(
        ITarget target,
        TransitionTable table,
        TestCase one,
        Coverage coverage
    )
    {
        if (one.Depth is Depth.Data)
        {
            return (new CaseResult(one, CaseVerdict.NotApplicable, "whole messages are sent at --depth data only"), null);
        }

        if (Session(table, one) is not { } session)
        {
            return (
                one.Kind is CaseKind.Conduct && one.Rule.Level is Level.Must && one.Id.EndsWith("site-decides", StringComparison.Ordinal)
                    ? new CaseResult(one, CaseVerdict.Info, "takes any mailbox of its domains")
                    : new CaseResult(one, CaseVerdict.Pass),
                null
            );
        }

        var transcript = new Transcript();
        var runner = new SessionRunner(new Oracle(table), coverage);
        var run = await runner.RunAsync(target, session, transcript, TestContext.Current.CancellationToken);
        var evidence = new Evidence(
            transcript,
            run.Violation?.Expected ?? "a reply that the table lists",
            run.Violation?.Came ?? transcript.Lines[^1].Came
        )
        {
            Session = session,
        };
        var result =
            run.Violation is not null && run.Violation.Command == one.Command ? new CaseResult(one, CaseVerdict.Fail)
            : run.Violation is not null
                ? new CaseResult(
                    one,
                    CaseVerdict.Inconclusive,
                    $"the way there failed at {run.Violation.Command} in {run.Violation.State}"
                )
            : transcript.Lines[^1].Verdict is Verdict.NonStrict
                ? new CaseResult(one, CaseVerdict.NonStrict, "the right class of reply with another code")
            : one.Kind is CaseKind.Refused ? new CaseResult(one, CaseVerdict.NotApplicable, "this server never refuses it here")
            : new CaseResult(one, CaseVerdict.Pass);
        return (result with { Evidence = evidence }, transcript.Lines[0].Came);
    }

    private static TestSession? Session(TransitionTable table, TestCase one)
    {
        if (one.Kind is CaseKind.Greeting)
        {
            return new TestSession([]);
        }

        if (one.State is null || one.Command is null || !Paths.Shortest(table).TryGetValue(one.State, out var way))
        {
            return null;
        }

        var move = one.Kind switch
        {
            CaseKind.Malformed => Moves.Malformed(one.Command).FirstOrDefault(),
            CaseKind.UnknownLine => Moves.Unknown[0],
            _ => Moves.Valid(one.Command).FirstOrDefault(),
        };
        // a greeting is no move; what only a script brings about cannot be played here
        var steps = way.Skip(1).Select(edge => Moves.Valid(edge.Exchange.Command).FirstOrDefault()).Append(move).ToList();
        return steps.Any(step => step is null) || way.Any(edge => !edge.Exchange.IsAccepted)
            ? null
            : new TestSession([.. steps.Select(step => new Step(step!))]);
    }
}
