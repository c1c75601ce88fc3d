using BenchmarkDotNet.Attributes;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Benchmarks;

/// <summary>Fuzzing, oracle included: in memory and over loopback, one session after the other. The ratio to a session alone is what the
/// testing costs.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class FuzzBenchmarks
{
    private EmbeddedServer? _server;

    [GlobalSetup]
    public async Task Setup() => _server = await EmbeddedServer.StartAsync(Profiles.Rfc5321);

    [GlobalCleanup]
    public async Task Cleanup() => await _server!.DisposeAsync();

    /// <summary>The exchanges of 1,000 sessions, about 12,000: divide.</summary>
    [Benchmark(Baseline = true)]
    public async Task<long> InMemory() => (await Run(InMemoryTarget.Of(Profiles.Rfc5321), isScripted: true)).Exchanges;

    /// <summary>The same over loopback sockets.</summary>
    [Benchmark]
    public async Task<long> OverLoopback() => (await Run(_server!, isScripted: false)).Exchanges;

    private static Task<FuzzReport> Run(ITarget target, bool isScripted) =>
        new Fuzzer(Profiles.Rfc5321, new FuzzOptions { Sessions = 1000, IsScripted = isScripted }).RunAsync(target);
}
