using SmtpModel.Machines;
using SmtpModel.Testing.Tests.Mutants;
using SmtpModel.Testing.Tests.Wire;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server that a case catches.</summary>
/// <param name="Case">The case.</param>
/// <param name="Server">The server's name: a mutant of the catalogue, or a server made by hand.</param>
/// <param name="Does">What it does wrong.</param>
/// <param name="Commands">How many commands the session has that shows it.</param>
internal sealed record Control(TestCase Case, string Server, string Does, int Commands);

/// <summary>Finds for every case a server that it catches.</summary>
internal sealed class NegativeControls(Profile profile)
{
    private const int MostTried = 40;
    private readonly Dictionary<string, Control> _found = [];
    private readonly MutantCatalogue _mutants = MutantCatalogue.Of(profile);

    /// <summary>Cases that only report what a server chose: there is nothing in them that could be broken.</summary>
    public static bool OnlyReports(TestCase one) =>
        one.Rule.Id == Spec.Rfc821.S2.Id || (one.Kind is CaseKind.Offered && one.Rule.Id == Spec.Rfc821.C.Id);

    /// <summary>The controls that were found, by case; and the cases without one.</summary>
    public async Task<(IReadOnlyList<Control> Found, IReadOnlyList<TestCase> Missing)> FindAsync(CancellationToken cancellation)
    {
        var cases = CaseCatalogue.Of(profile).Cases.Where(one => !OnlyReports(one)).ToList();
        await WireAsync();
        foreach (
            var mutant in RuleMutants
                .Missing(profile)
                .Concat(Absent())
                .Concat(RuleMutants.Of(profile).Where(mutant => mutant.Rule == Spec.Rfc821.R2.Id))
                .Concat(ClassicBugs.Of(profile))
                .Append(OddReplies())
        )
        {
            Keep(await TestAsync(mutant.Server(), 0, cancellation), $"by hand ({mutant.Rule})", mutant.Does, one =>
                one.Kind is CaseKind.Conduct or CaseKind.Offered
            );
        }

        foreach (
            var one in cases.Where(one => one.Kind is CaseKind.Listed || profile.Table.ReplyTexts.Any(text => text.Rule.Id == one.Rule.Id))
        )
        {
            var (does, reply) = OfferFault.Of(profile.Table, one);
            await using var server = new FaultyServer(profile, () => new WireFault("", does) { Reply = reply });
            var report = await new ConformanceTest(
                profile,
                new TestOptions { Depth = Depth.Greeting, Select = other => other == one }
            ).RunAsync(server.Target, cancellation: cancellation);
            Keep(report, "by hand (reply)", does, found => found.Id == one.Id);
        }

        foreach (var one in cases.Where(one => one.Kind is CaseKind.Argument))
        {
            var (line, code) = (one.Sample!.Line(new PaletteOptions()), one.Sample.IsTaken ? profile.Table.Faults.NotAcceptable : 250);
            Func<TestCase, bool> isWanted = found => found.Id == one.Id;
            var report = await TestAsync(new OneLineWrong(InMemoryTarget.Of(profile), line, code), 0, cancellation, isWanted);
            Keep(report, "by hand (line)", $"answers {line.TrimEnd()} with {code}", isWanted);
        }

        var plain = (await TestAsync(InMemoryTarget.Of(profile), 0, cancellation)).Results.ToDictionary(result => result.Case.Id);
        foreach (
            var one in cases.Where(one =>
                one.Kind is not (CaseKind.Wire or CaseKind.Conduct or CaseKind.Offered or CaseKind.Argument or CaseKind.Listed)
            )
        )
        {
            Func<TestCase, bool> isWanted = found => found.Id == one.Id || (found.State == one.State && found.Command == one.Command);
            foreach (var mutant in Candidates(one, plain).Take(MostTried))
            {
                if (_found.ContainsKey(one.Id))
                {
                    break;
                }

                var report = await TestAsync(InMemoryTarget.Of(mutant), Greeting(one), cancellation, isWanted);
                Keep(report, $"`{mutant.Id}`", mutant.Does, isWanted);
            }
        }

        return (
            [.. cases.Where(one => _found.ContainsKey(one.Id)).Select(one => _found[one.Id])],
            [.. cases.Where(one => !_found.ContainsKey(one.Id))]
        );
    }

    // a server that turns everybody away does so by its greeting
    private static int Greeting(TestCase one) => one.State?.Name == "TurnedAway" ? 554 : 0;

    // only the cases are played that it is about
    private Task<TestReport> TestAsync(
        ITarget target,
        int greeting,
        CancellationToken cancellation,
        Func<TestCase, bool>? select = null
    ) =>
        new ConformanceTest(
            profile,
            new TestOptions
            {
                Depth = Depth.Data,
                Greeting = greeting,
                Select = select,
            }
        ).RunAsync(target, cancellation: cancellation);

    // mutants of the case's own exchange first: a wrong state behind it, then a wrong reply
    private IEnumerable<Mutant> Candidates(TestCase one, Dictionary<string, CaseResult> plain)
    {
        var code = plain[one.Id].Evidence?.Came is { Length: >= 3 } came ? came[..3] : "";
        var command = one.Command?.Name.Replace(" ", "", StringComparison.Ordinal);
        return _mutants
            .All.Select(mutant => (mutant, words: mutant.Id.Split('.')))
            .Where(pair =>
                pair.words[1] == one.State?.Name
                && (
                    command is null
                    || pair.words[2].Replace("-", "", StringComparison.Ordinal).StartsWith(command, StringComparison.OrdinalIgnoreCase)
                )
            )
            .OrderByDescending(pair => code.Length > 0 && pair.words[2].EndsWith(code, StringComparison.Ordinal))
            .ThenBy(pair => pair.mutant.Kind is MutantKind.Hidden or MutantKind.Output)
            .Select(pair => pair.mutant).Where(mutant => mutant.Class is MutantClass.Faulty);
    }

    private async Task WireAsync()
    {
        foreach (var control in (await WireControls.OfAsync(profile)).Where(control => control.Result is { } result && IsCaught(result)))
        {
            _found[control.Case.Id] = new Control(
                control.Case,
                "by hand (wire)",
                control.Fault!.Does,
                control.Result!.Evidence!.Transcript.Lines.Count(line => line.Sent is not null)
            );
        }
    }

    private void Keep(TestReport report, string server, string does, Func<TestCase, bool> isWanted)
    {
        foreach (var result in report.Results.Where(result => isWanted(result.Case) && IsCaught(result)))
        {
            _found.TryAdd(
                result.Case.Id,
                new Control(result.Case, server, does, result.Evidence?.Transcript.Lines.Count(line => line.Sent is not null) ?? 0)
            );
        }
    }

    private static bool IsCaught(CaseResult result) =>
        result.Verdict is CaseVerdict.Fail || (result.Verdict is CaseVerdict.NonStrict && result.Case.Rule.Level is not Level.Must);

    private IEnumerable<HandMutant> Absent() =>
        profile
            .Table.Commands.Where(use => use.Command.Kind is InputKind.Line && use.Required)
            .Select(use =>
                HandMutant.Of(profile, profile.Table.Conduct.Minimum.Id, $"{use.Command} draws {Absence(use)}", order =>
                    RuleMutants.Without(order, profile.Table, other => other == use, Absence(use))
                )
            );

    // what may be "not implemented" by its row may not be unknown
    private int Absence(CommandUse use) =>
        use.Replies.All.Contains(profile.Table.Faults.NotImplemented)
            ? profile.Table.Faults.Unrecognized
            : profile.Table.Faults.NotImplemented;

    private HandMutant OddReplies() =>
        new(profile.Table.Conduct.Form.Id, "a reply that begins with 9", () =>
            new FaultyTarget(InMemoryTarget.Of(profile), () =>
                said =>
                    said.Keyword == "NOOP" && said.Came.Kind is ObservationKind.Reply
                        ? new Observation(ObservationKind.Reply, 950)
                        : said.Came
            )
        );
}
