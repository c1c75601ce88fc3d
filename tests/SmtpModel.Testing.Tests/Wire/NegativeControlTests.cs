using System.Collections.Concurrent;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>For every wire case there is a server that breaks just that, and the case catches it.</summary>
public sealed class NegativeControlTests
{
    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task Every_wire_case_catches_the_server_that_breaks_it(string name)
    {
        var uncaught = (await WireControls.OfAsync(EveryProfile.Named(name)))
            .Select(control =>
                control switch
                {
                    { Result: null } => $"{control.Case}: there is no faulty server for it",
                    { IsCaught: false, Result: var result } =>
                        $"{control.Case}: {result.Verdict} where {control.Wanted} was expected; {result.Reason}\n"
                            + $"{result.Evidence?.Transcript}",
                    {
                        Result: { Reason.Length: > 0, Evidence: { Expected.Length: > 0, Came.Length: > 0, Transcript.Lines.Count: > 0 } }
                    } => "",
                    { Result.Verdict: var verdict } => $"{control.Case}: {verdict} without its evidence",
                }
            )
            .Where(words => words.Length > 0);
        TestRun.None("not caught", uncaught.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_faulty_server_is_for_a_case()
    {
        var ids = Spec
            .Profiles.All.Append(Spec.Profiles.Composed("chunking", "pipelining"))
            .SelectMany(WireCatalogue.Of)
            .Select(testCase => testCase.Id)
            .ToList();
        TestRun.None(
            "for no case",
            WireFaults
                .All()
                .Where(fault => !ids.Exists(id => id.EndsWith("/" + fault.Case, StringComparison.Ordinal)))
                .Select(fault => fault.Case)
        );
    }

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task A_server_without_a_fault_is_accused_of_nothing(string name)
    {
        var profile = EveryProfile.Named(name);
        // and offers PIPELINING, where there is EHLO to offer it
        await using var server = new FaultyServer(profile, () => WireFaults.Pipelining("", ""));
        var results = new ConcurrentBag<CaseResult>();
        await Parallel.ForEachAsync(
            WireCatalogue.Of(profile),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (testCase, cancellation) =>
                results.Add(await new WireExaminer(profile, Ways.Options(profile)).RunAsync(server.Target, testCase, cancellation))
        );
        TestRun.None(
            "not kept",
            results
                .Where(result => result.Verdict is not CaseVerdict.Pass && !Ways.MayNotApply(result))
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}\n{result.Evidence?.Transcript}")
        );
    }
}
