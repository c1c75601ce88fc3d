using System.Collections.Concurrent;
using SmtpModel.Testing.Engine;
using Xunit;
using Xunit.Sdk;

namespace SmtpModel.Testing.Xunit;

/// <summary>
/// The server under test, as a fixture of a test class (<c>IClassFixture</c>): derive from it, start the server, and give each row of
/// <see cref="SmtpConformanceAttribute"/> to <see cref="CheckAsync"/>. The whole test is run once, when the first row asks for it; each
/// row
/// then says what came of its case.
/// </summary>
public abstract class ConformanceServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Profile, Depth Depth), Lazy<Task<TestReport>>> _reports = new();
    private readonly SemaphoreSlim _turn = new(1);
    private ITarget? _target;

    /// <summary>Whether what a SHOULD asks fails a row too; otherwise it is a warning of the row.</summary>
    protected virtual bool IsStrict => false;

    /// <summary>
    /// Starts the server and says how it is reached: a <see cref="TcpTarget"/>, or an <see cref="ITarget"/> of your own for a server
    /// without
    /// a socket. Called once.
    /// </summary>
    /// <param name="cancellation">The test run is ended.</param>
    protected abstract ValueTask<ITarget> StartAsync(CancellationToken cancellation);

    /// <summary>Ends what <see cref="StartAsync"/> started, the target aside, which is disposed by itself.</summary>
    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;

    /// <summary>How it is tested: a mailbox that the server takes, the number of connections, codes that are accepted.</summary>
    /// <param name="defaults">What holds otherwise. The depth is the one that the rows ask for.</param>
    protected virtual TestOptions Configure(TestOptions defaults) => defaults;

    /// <summary>
    /// Says what came of a case: nothing for a pass; a warning for what is left to a server to follow; skipped, with the reason, for what
    /// does not apply or could not be decided; otherwise the row fails, and what was said is its text.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <exception cref="SkipException">It does not apply, or could not be decided.</exception>
    /// <exception cref="ConformanceException">The server breaks the rule of the case.</exception>
    /// <exception cref="TargetUnreachableException">There is no server, or it went away.</exception>
    public async Task CheckAsync(ConformanceCase row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var run = _reports.GetOrAdd((row.Profile, row.Depth), key => new(() => RunAsync(key.Profile, key.Depth)));
        var report = await run.Value.ConfigureAwait(false);
        var result =
            report.Results.FirstOrDefault(one => one.Case.Id == row.Id)
            ?? throw SkipException.ForSkip($"{nameof(TestOptions)}.{nameof(TestOptions.Select)} leaves it out");
        switch (result.Verdict)
        {
            case CaseVerdict.Fail:
            case CaseVerdict.NonStrict when IsStrict:
                throw new ConformanceException(result);
            case CaseVerdict.NonStrict:
                TestContext.Current.AddWarning($"{result}");
                break;
            case CaseVerdict.NotApplicable:
            case CaseVerdict.Inconclusive:
                throw SkipException.ForSkip(
                    $"{(result.Verdict is CaseVerdict.Inconclusive ? "not decided" : "does not apply")}: {result.Reason}"
                );
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_target is not null)
        {
            await _target.DisposeAsync().ConfigureAwait(false);
            await StopAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    // one test at a time, since it is one server
    private async Task<TestReport> RunAsync(string name, Depth depth)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _target ??= await StartAsync(cancellation).ConfigureAwait(false);
            var profile = ConformanceCase.ProfileOf(name);
            var options = Configure(new TestOptions { Connections = 4 }) with { Depth = depth };
            var offer = await ServerOffer.ReadAsync(_target, profile, options.Palette, cancellation: cancellation).ConfigureAwait(false);
            options = options with { IsMute = offer.IsMute, Palette = options.Palette with { Offer = offer.Offer } };
            return await new ConformanceTest(profile, options).RunAsync(_target, cancellation: cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
