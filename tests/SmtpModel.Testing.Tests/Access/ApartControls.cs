using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Finds for every case that is played apart, with STARTTLS or AUTH, a server that it catches.</summary>
internal sealed class ApartControls
{
    private const int MostTried = 40;

    // servers that are wrong in octets, in what they demand, or in a dialogue that a mutant of the machine has not, by the last part of a
    // case's name
    private static readonly Dictionary<string, Submission> ByHand = new()
    {
        ["cancel-in-Challenged"] = Open("says 250 to the asterisk"),
        ["response-malformed-in-Challenged"] = Open("says 535 to what is no base64"),
        ["response-in-Challenged"] = Open("says 250 for 235"),
        ["response-refused-in-Challenged"] = Open("says 550 for 535"),
        ["STARTTLS-out-of-order-in-ConnectedSecured"] = Open("takes STARTTLS inside TLS"),
        ["STARTTLS-out-of-order-in-ReadySecured"] = Open("takes STARTTLS inside TLS"),
        ["EHLO-in-ConnectedSecured"] = Open("says 251 to EHLO inside TLS"),
        ["EHLO-in-ReadySecured"] = Open("says 251 to EHLO inside TLS"),
        ["HELO-in-ConnectedSecured"] = Open("says 251 to HELO inside TLS"),
        ["HELO-in-ReadySecured"] = Open("says 251 to HELO inside TLS"),
        ["RSET-in-ConnectedSecured"] = Open("says 251 to RSET inside TLS"),
        ["RSET-in-ReadySecured"] = Open("says 251 to RSET inside TLS"),
        ["no-greeting-behind-STARTTLS"] = Open("greets again"),
        ["STARTTLS-is-not-listed-inside-TLS"] = Open("offers STARTTLS inside TLS"),
        ["EHLO-is-forgotten-behind-STARTTLS"] = Open("remembers EHLO"),
        ["what-is-sent-in-clear-behind-STARTTLS"] = Open("obeys what came in clear"),
        ["a-login-is-forgotten-behind-STARTTLS"] = Open("remembers the login"),
        ["served-where-STARTTLS-is-demanded"] = new Submission { InTls = "", Fault = "refuses NOOP first" },
        ["refused-where-STARTTLS-is-demanded"] = new Submission { InTls = "", Fault = "serves HELO in clear" },
        ["challenge-is-base64"] = Open("challenges in plain words"),
        ["empty-challenge-where-the-client-begins"] = Open("asks for a name where the client begins"),
        ["a-command-in-the-dialogue-is-a-response"] = Open("obeys commands in the dialogue"),
        ["initial-response-where-the-server-begins"] = Open("takes an initial response where it begins"),
        ["long-response"] = Open("cuts long lines"),
        ["two-failures-are-borne"] = Open("closes on the first failure"),
        ["served-where-AUTH-is-demanded"] = new Submission
        {
            Certificate = null,
            InTls = "",
            InClear = "PLAIN",
            Fault = "refuses NOOP first",
        },
        ["refused-where-AUTH-is-demanded"] = new Submission
        {
            Certificate = null,
            InTls = "",
            InClear = "PLAIN",
            Fault = "opens behind HELO",
        },
    };

    private readonly ProfilePart _part;
    private readonly Scope _scope;
    private readonly MutantCatalogue _mutants;

    /// <summary>Those of an extension on top of RFC 5321.</summary>
    public ApartControls(string keyword)
    {
        Profile = Profiles.Composed(keyword);
        _part = Profiles.OfTheChannel.Single(part => part.Extension!.Keyword == keyword);
        _scope = new Scope(Profile, Profiles.Rfc5321);
        _mutants = MutantCatalogue.Of(Profile);
    }

    public Profile Profile { get; }

    /// <summary>The controls that were found, by case; and the cases without one.</summary>
    public async Task<(IReadOnlyList<Control> Found, IReadOnlyList<TestCase> Missing)> FindAsync(CancellationToken cancellation)
    {
        Dictionary<string, Control> found = [];
        var plain = (
            await new ConformanceTest(
                Profile,
                new TestOptions
                {
                    Depth = Depth.Credentials,
                    Scope = _scope,
                    Select = _scope.Judges,
                }
            ).RunAsync(InMemoryTarget.Of(Profile), null, cancellation)
        ).Results.ToDictionary(result => result.Case.Id);
        foreach (var one in _scope.Cases.Where(one => !found.ContainsKey(one.Id)))
        {
            await foreach (
                var (server, does, report) in ByHand.ContainsKey(Last(one))
                    ? ByHandAsync(one, cancellation)
                    : MutantsAsync(one, plain[one.Id].Evidence?.Came, cancellation)
            )
            {
                foreach (var result in report.Where(IsCaught))
                {
                    found.TryAdd(
                        result.Case.Id,
                        new Control(result.Case, server, does, result.Evidence?.Transcript.Lines.Count(line => line.Sent is not null) ?? 0)
                    );
                }

                if (found.ContainsKey(one.Id))
                {
                    break;
                }
            }
        }

        return (
            [.. _scope.Cases.Where(one => found.ContainsKey(one.Id)).Select(one => found[one.Id])],
            [.. _scope.Cases.Where(one => !found.ContainsKey(one.Id))]
        );
    }

    private static string Last(TestCase one) => one.Id.Split('/')[^1];

    // a server that turns everybody away does so by its greeting
    private static int Greeting(TestCase one) => one.State?.Name == "TurnedAway" ? 554 : 0;

    private static Submission Open(string fault) =>
        new()
        {
            IsDemanding = false,
            InClear = "PLAIN CRAM-MD5",
            InTls = "PLAIN CRAM-MD5",
            Fault = fault,
        };

    private static bool IsCaught(CaseResult result) =>
        result.Verdict is CaseVerdict.Fail || (result.Verdict is CaseVerdict.NonStrict && result.Case.Rule.Level is not Level.Must);

    private async IAsyncEnumerable<(string Server, string Does, IEnumerable<CaseResult> Report)> MutantsAsync(
        TestCase one,
        string? came,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        bool IsWanted(TestCase other) => _scope.Judges(other) && other.State == one.State && other.Command == one.Command;
        var test = new ConformanceTest(
            Profile,
            new TestOptions
            {
                Depth = Depth.Credentials,
                Scope = _scope,
                Select = IsWanted,
                Greeting = Greeting(one),
            }
        );
        // those of the exchange that the plain server shows first: a wrong state behind it, then a wrong reply
        var code = came is { Length: >= 3 } ? came[..3] : "-";
        var candidates = _mutants
            .All.Where(mutant => mutant.Id.Split('.')[1] == one.State!.Name && mutant.Exchange.Command == one.Command)
            .OrderByDescending(mutant => mutant.Id.Split('.')[2].EndsWith(code, StringComparison.Ordinal))
            .ThenBy(mutant => mutant.Kind is MutantKind.Hidden or MutantKind.Output)
            .Where(mutant => mutant.Class is MutantClass.Faulty)
            .Take(MostTried);
        foreach (var mutant in candidates)
        {
            yield return ($"`{mutant.Id}`", mutant.Does, (await test.RunAsync(InMemoryTarget.Of(mutant), null, cancellation)).Results);
        }
    }

    private async IAsyncEnumerable<(string Server, string Does, IEnumerable<CaseResult> Report)> ByHandAsync(
        TestCase one,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var what = ByHand[Last(one)];
        await using var server = new SubmissionServer(what);
        await using var target = server.Target(TlsMode.None, what.InClear.Length == 0 ? null : server.Login("PLAIN", mayBeInClear: true));
        var options = new TestOptions { Depth = Depth.Credentials, Select = other => other.Id == one.Id };
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, options.Palette, cancellation: cancellation);
        foreach (var test in ApartTest.Of(target, Profiles.Rfc5321, offer.Offer, options, [_part.Extension!.Keyword]))
        {
            await using var inside = test.Target;
            yield return (
                "by hand",
                what.Fault!,
                (await test.RunAsync(null, cancellation)).Results.Where(result => result.Case.Id == one.Id)
            );
        }
    }
}
