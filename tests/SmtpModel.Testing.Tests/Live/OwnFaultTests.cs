using System.Runtime.CompilerServices;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Live;

/// <summary>A fault of ours does not hide behind the server: it comes with what was being played.</summary>
public class OwnFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_server_that_refuses_every_message_and_keeps_its_transaction_is_fuzzed_to_the_end(int seed)
    {
        await using var server = new MiniServer(new Fault { Data = (session, _, _) => Refuse(session) });
        var fuzzer = new Fuzzer(
            Spec.Profiles.Rfc5321,
            new FuzzOptions
            {
                Seed = (ulong)seed,
                Sessions = 200,
                Palette = new PaletteOptions(),
            }
        );
        var report = await fuzzer.RunAsync(server.Target, cancellation: Cancellation);
        Assert.True(report.Sessions == 200 || report.Findings.Count > 0, $"{report.Sessions} sessions");
    }

    [Fact]
    public async Task Fuzz_tells_the_session_in_which_a_fault_of_ours_showed()
    {
        await using var server = new MiniServer();
        var fuzzer = new Fuzzer(Spec.Profiles.Rfc5321, new FuzzOptions { Sessions = 20 });
        Says(
            await Assert.ThrowsAsync<ToolFaultException>(() => fuzzer.RunAsync(new Faulty(server.Target, 7), cancellation: Cancellation))
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(300)]
    public async Task Test_tells_the_session_in_which_a_fault_of_ours_showed(int session)
    {
        await using var server = new MiniServer();
        var test = new ConformanceTest(Spec.Profiles.Rfc5321, new TestOptions());
        Says(
            await Assert.ThrowsAsync<ToolFaultException>(() =>
                test.RunAsync(new Faulty(server.Target, session), cancellation: Cancellation)
            )
        );
    }

    private static void Says(ToolFaultException fault)
    {
        Assert.NotNull(fault.Played);
        Assert.StartsWith("a session of ", fault.During, StringComparison.Ordinal);
        Assert.StartsWith($"InvalidOperation in {nameof(Faulty)}.{nameof(Faulty.ConnectAsync)}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Played!.Session.Steps.Count, ReplayFile.Parse(fault.Played.ToId(), Spec.Profiles.Find).Session.Steps.Count);
    }

    private static string Refuse(MiniSession session)
    {
        session.IsReadingData = false;
        return "550 not this one";
    }

    // stands for a fault of ours in one session
    private sealed class Faulty(ITarget inner, int session) : ITarget
    {
        private int _sessions;

        public string Name => inner.Name;

        // a member that the compiler puts into its caller is no place of its own
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            Interlocked.Increment(ref _sessions) == session
                ? throw new InvalidOperationException("a fault of ours")
                : inner.ConnectAsync(greeting, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
