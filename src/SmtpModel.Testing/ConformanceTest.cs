using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>How far a test is.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Sessions">Sessions played.</param>
/// <param name="Exchanges">Exchanges so far.</param>
public sealed record TestProgress(string Stage, long Sessions, long Exchanges)
{
    /// <summary>What the server greets with, printable; null before it has.</summary>
    public string? Greeting { get; init; }

    /// <summary>What the server is like where it does not take a plain message, and what to do about it; null where it does, or before
    /// that is known.</summary>
    public string? Headline { get; init; }
}

/// <summary>
/// Holds a server against every case of a profile. First each state is visited and everything is tried there, which settles
/// what the standard leaves to the server; then each exchange is played again with short sequences behind it that tell the
/// state it leads to from every other. Together that is the Wp suite (Fujiwara and others 1991) for the machine the server
/// was found to be.
/// </summary>
public sealed class ConformanceTest
{
    private readonly TestOptions _options;
    private readonly Oracle _oracle;
    private readonly Palette _palette;

    /// <summary>A test against a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">How it is done.</param>
    public ConformanceTest(Profile profile, TestOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        (Profile, _options) = (profile, options);
        Catalogue = CaseCatalogue.Of(profile);
        _oracle = new Oracle(profile.Table);
        _palette = new Palette(profile.Table, options.Palette);
    }

    /// <summary>The profile.</summary>
    public Profile Profile { get; }

    /// <summary>The cases.</summary>
    public CaseCatalogue Catalogue { get; }

    /// <summary>Tests a server.</summary>
    /// <param name="target">The server.</param>
    /// <param name="progress">Told how far the test is; called by several threads when there are several connections.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it does not talk.</exception>
    public async Task<TestReport> RunAsync(
        ITarget target,
        Action<TestProgress>? progress = null,
        CancellationToken cancellation = default
    ) => (await ExamineAsync(target, progress, cancellation)).Report;

    /// <summary>Tests a server, and gives its answers too, and what was made of each line.</summary>
    internal async Task<(TestReport Report, Prober Prober, IReadOnlyList<TriedLine> Tried)> ExamineAsync(
        ITarget target,
        Action<TestProgress>? progress,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var started = DateTimeOffset.UtcNow;
        var prober = new Prober(target, _oracle, _options);
        var stage = "";
        var clockWaits = (target as IClockedTarget)?.ClockWaits ?? 0;
        var (heard, headline) = ((string?)null, (string?)null);
        void Tell() =>
            progress?.Invoke(new TestProgress(stage, prober.Sessions, prober.Exchanges) { Greeting = heard, Headline = headline });
        var workers = new Workers(() => prober.Door.Asked, Tell);
        var greeted = await prober.PlayAsync([], _options.Patience, cancellation);
        for (var attempt = 0; attempt < _options.Retries && greeted.Greeting is { Kind: ObservationKind.Silence, Fault: null }; attempt++)
        {
            // a server that is still busy with whoever came before may greet late
            greeted = await prober.PlayAsync([], _options.Patience, cancellation);
        }

        if (greeted.Greeting.Kind is not ObservationKind.Reply && !await AnswersAsync(target, cancellation))
        {
            throw new TargetUnreachableException(
                $"{target.Name} takes the connection and {Instead(greeted.Greeting)}; is it an SMTP server, does it serve this address, "
                    + $"and is it not one that waits for TLS (--tls implicit)?"
            );
        }

        (heard, stage) = (greeted.Greeting.ToString(), "seeing how far the server lets one go");
        Tell();
        if (_options.Connections > 1 && greeted.Greeting.IsAcceptance())
        {
            await prober.Door.FindLimitAsync(TimeSpan.FromSeconds(1) + (2 * prober.Pace.Elapsed), cancellation);
        }

        var inputs = new Inputs(Catalogue, _palette, _options.Depth, _options.Scope);
        var reception = await new Receptionist(Profile.Table, inputs, prober, _options).ReceiveAsync(greeted, cancellation);
        // a test of one extension is outside of what lets one in, and has to be
        reception = _options.Scope is null ? reception : reception with { Remedy = null };
        (headline, stage) = (TestReport.Told(reception.Headline, reception.Remedy), "trying everything in every state");
        Tell();
        var resolution = new Resolution(Catalogue, inputs, prober, workers);
        // where only what is delivered is looked at, nothing has to be known of the states
        var isOfDeliveries = _options is { Delivered: not null, Select: { } select } && !Catalogue.Cases.Any(select);
        if (
            !isOfDeliveries
            && !reception.IsMute
            && greeted.Violation is null
            && greeted.Greeted is { After.IsSingle: true } opened
            && Profile.Table.AllStates[opened.After.First] != Profile.Table.Final
        )
        {
            await resolution.RunAsync(Profile.Table.AllStates[opened.After.First], _options.Patience, cancellation);
        }

        stage = "telling the states apart";
        var run = new TestRun(Catalogue, _options, inputs, prober, workers, resolution);
        var results = await run.ResultsAsync(greeted, reception, cancellation);
        var deliveries =
            _options.Delivered is { } watch && _options.Depth >= Depth.Data ? new DeliveryRun(prober, watch, _palette, workers) : null;
        if (deliveries is not null)
        {
            results = [.. results, .. await deliveries.RunAsync(_options.Select ?? (_ => true), words =>
            {
                stage = words;
                Tell();
            }, cancellation)];
        }

        var thorough = new ThoroughRun(Catalogue, _options, prober);
        if (
            _options is { Thorough: { } search, Scope: null }
            && !isOfDeliveries
            && !reception.IsMute
            && greeted.Violation is null
            && !await prober.Door.IsGoneAsync(cancellation)
        )
        {
            await thorough.RunAsync(search, words =>
            {
                stage = words;
                Tell();
            }, cancellation);
            results = thorough.Applied(results);
        }

        var gone = await prober.Door.IsGoneAsync(cancellation) ? prober.Door.Last.Suspect : null;
        if (gone is { } suspect)
        {
            results =
            [
                .. results.Select(result =>
                    result.Case is { Kind: CaseKind.Conduct } one && one.Rule.Id == Profile.Table.Conduct.Closing.Id
                        ? TestRun.Gone(one, suspect.Session, suspect.Of)
                        : result
                ),
            ];
        }

        var (machine, gaps) = Completeness.Check(Profile.Table, resolution.Rows, prober.Tree);
        var report = new TestReport(target.Name, Profile, results)
        {
            Greeting = greeted.Greeting.ToString(),
            Headline = gone is null ? reception.Headline : "the server is gone: nobody listens any more where it was",
            Remedy = gone is null ? reception.Remedy ?? prober.Door.Remedy : "start it again, and see what the finding of it shows",
            Extensions = run.Extensions,
            Depth = _options.Depth,
            Notes =
            [
                .. (target as TcpTarget)?.Notes ?? [],
                .. prober.Door.Notes,
                .. run.Taken,
                .. run.Changing,
                .. run.Missing,
                .. thorough.Notes,
                .. deliveries?.Headline is { } headed ? [headed] : Array.Empty<string>(),
            ],
            Coverage = prober.Coverage,
            Machine = (machine.States.Count, machine.Inputs.Count),
            Gaps = [.. run.Missing, .. gaps],
            Wire = new WireReplay(
                resolution.Rows.ToDictionary(row => row.Key.Name, row => row.Value.Access),
                _options.Palette,
                _options.Depth
            ),
            Timeouts = (target as TcpTarget)?.Timeouts,
            Access = ReplayAccess.Of(target),
            Sessions = prober.Sessions + thorough.Sessions,
            Exchanges = prober.Exchanges + thorough.Exchanges,
            Started = started,
            Elapsed = prober.Pace.Elapsed,
            ClockWaits = ((target as IClockedTarget)?.ClockWaits ?? 0) - clockWaits,
            Waiting = Math.Min(1, prober.Pace.Waiting / (prober.Pace.Elapsed * prober.Door.Asked)),
        };
        return (report, prober, run.Tried);
    }

    private static string Instead(Observation greeting) => greeting switch
    {
        { Fault: { } fault } => $"what it says is no greeting: {fault}",
        { Kind: ObservationKind.Silence } => "says nothing",
        _ => "closes it without an SMTP greeting",
    };

    // one that answers a command is a server, though it does not greet
    private async Task<bool> AnswersAsync(ITarget target, CancellationToken cancellation)
    {
        await using var session = await target.ConnectAsync(_options.Greeting, cancellation);
        return (await session.SendAsync(_palette.Valid(Profile.Table.Ending!)[0].Octets, 0, cancellation)).Kind is ObservationKind.Reply;
    }
}
