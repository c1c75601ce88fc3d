using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>The cases about blocks (RFC 3030): each catches the server that breaks it, and the project's own server keeps them
/// all.</summary>
public sealed class BlockCaseTests
{
    private static readonly Profile Chunking = Profiles.Composed("chunking", "pipelining");

    private static IReadOnlyList<TestCase> Cases { get; } =
        [.. WireCatalogue.Of(Chunking).Where(one => Rfc3030.Part.Extension!.Clause.Document == one.Rule.Clause.Document)];

    [Fact]
    public async Task Each_catches_the_server_that_breaks_it()
    {
        var uncaught = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Cases, TestContext.Current.CancellationToken, async (one, _) =>
        {
            await using var server = new FaultyServer(Chunking, () =>
                BlockFaults.All().Single(fault => one.Id.EndsWith("/" + fault.Case, StringComparison.Ordinal))
            );
            var result = await new WireExaminer(Chunking, Ways.Options(Chunking)).RunAsync(server.Target, one, CancellationToken.None);
            var wanted = one.Rule.Level is Level.Must ? CaseVerdict.Fail : CaseVerdict.NonStrict;
            if (result.Verdict != wanted)
            {
                uncaught.Add($"{one}: {result.Verdict} where {wanted} was expected; {result.Reason}\n{result.Evidence?.Transcript}");
            }
        });
        Assert.Equal(BlockFaults.All().Count, Cases.Count);
        TestRun.None("not caught", uncaught);
    }

    [Fact]
    public async Task Our_own_server_keeps_each()
    {
        await using var server = await EmbeddedServer.StartAsync(Chunking);
        var results = await new WireExaminer(Chunking, Ways.Options(Chunking)).RunAsync(
            server,
            Cases,
            TestContext.Current.CancellationToken
        );
        TestRun.None(
            "not kept",
            results
                .Where(result => result.Verdict is not CaseVerdict.Pass)
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}\n{result.Evidence?.Transcript}")
        );
    }

    [Fact]
    public async Task No_block_is_sent_to_a_server_that_does_not_list_the_extension()
    {
        await using var server = new FaultyServer(Chunking, () =>
            new WireFault("", "")
            {
                Reply = reply => reply.Replace("250-CHUNKING\r\n", "", StringComparison.Ordinal),
                Command = line =>
                    line.StartsWith("BDAT", StringComparison.OrdinalIgnoreCase)
                        ? throw new InvalidOperationException($"a block was sent: {line}")
                        : line,
            }
        );
        var results = await new WireExaminer(Chunking, Ways.Options(Chunking)).RunAsync(
            server.Target,
            Cases,
            TestContext.Current.CancellationToken
        );
        Assert.All(results, result => Assert.Equal(CaseVerdict.NotApplicable, result.Verdict));
    }

    [Fact]
    public async Task Our_own_server_is_tested_whole_and_accused_of_nothing()
    {
        await using var server = await EmbeddedServer.StartAsync(Chunking);
        var report = await new ConformanceTest(Chunking, new TestOptions { Connections = 4, Depth = Depth.Data }).RunAsync(
            server,
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.True(report.IsConclusive);
        TestRun.None(
            "accused",
            report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}")
        );
        foreach (
            var name in new[]
            {
                "rfc3030/2/BDAT-in-RecipientsGiven",
                "rfc3030/2/BDAT-LAST-in-ChunksGiven",
                "rfc3030/2/DATA-out-of-order-in-ChunksGiven",
                "rfc5321/4.1.4/BDAT-out-of-order-in-Ready",
            }
        )
        {
            Assert.Equal(CaseVerdict.Pass, Assert.Single(report.Results, result => result.Case.Id == name).Verdict);
        }
    }
}
