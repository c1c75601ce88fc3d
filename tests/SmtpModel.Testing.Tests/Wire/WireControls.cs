using System.Collections.Concurrent;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>A wire case, the server that breaks it, and what the case said of that server.</summary>
/// <param name="Case">The case.</param>
/// <param name="Fault">The fault; null where there is no server for the case.</param>
/// <param name="Result">What came of it; null without a server.</param>
internal sealed record WireControl(TestCase Case, WireFault? Fault, CaseResult? Result)
{
    public CaseVerdict Wanted => Case.Rule.Level is Level.Must ? CaseVerdict.Fail : CaseVerdict.NonStrict;

    public bool IsCaught => Result?.Verdict == Wanted;
}

/// <summary>Every wire case of a profile against the server that breaks it: played once, for all tests that ask.</summary>
internal static class WireControls
{
    // packets that are sent one after the other come together where the server does not get its turn between them
    private const int Attempts = 3;

    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<WireControl>>>> Played = [];

    public static Task<IReadOnlyList<WireControl>> OfAsync(Profile profile) =>
        Played.GetOrAdd(profile.Name, _ => new Lazy<Task<IReadOnlyList<WireControl>>>(() => PlayAsync(profile))).Value;

    private static async Task<IReadOnlyList<WireControl>> PlayAsync(Profile profile)
    {
        var controls = new ConcurrentBag<WireControl>();
        // mostly waiting. No test owns what all share, so that none can end it for the others
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = CancellationToken.None };
        await Parallel.ForEachAsync(WireCatalogue.Of(profile), atOnce, async (one, cancellation) =>
        {
            if (!WireFaults.All().Any(IsFor))
            {
                controls.Add(new WireControl(one, null, null));
                return;
            }

            var control = new WireControl(one, null, null);
            for (var attempt = 0; attempt < Attempts && !control.IsCaught; attempt++)
            {
                WireFault? fault = null;
                await using var server = new FaultyServer(profile, () => fault = WireFaults.All().First(IsFor));
                var result = await new WireExaminer(profile, Ways.Options(profile)).RunAsync(server.Target, one, cancellation);
                control = new WireControl(one, fault, result);
            }

            controls.Add(control);

            bool IsFor(WireFault fault) => one.Id.EndsWith("/" + fault.Case, StringComparison.Ordinal);
        });
        return [.. controls];
    }
}
