using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>Every message of a run is accounted for: what is wrong with one makes a case fail, whichever session sent it, and a case
/// that says that another tells it is right.</summary>
public class DeliveryAccountTests
{
    private const string Kept = "what-was-taken-is-delivered";
    private const string Once = "what-was-taken-is-delivered-once";
    private const string Empty = "message-without-text";

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(350);

    [Fact]
    public async Task A_server_that_doubles_only_messages_without_text_fails_the_case_about_doubles()
    {
        var results = await PlayAsync(
            (message, _) => message.Data.IsEmpty ? [.. Each(message), .. Each(message)] : Each(message),
            _ => true
        );

        Assert.Equal([Once], Failed(results));
        Assert.Contains("came 2 copies", results[Once].Reason, StringComparison.Ordinal);
        Assert.True(results[Once].Evidence is { Session: not null, Transcript.Lines.Count: > 0 });
        Assert.StartsWith($"another case tells it, {results[Once].Case.Id}: ", results[Empty].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 0, Kept)]
    [InlineData(7, 0, Kept)]
    [InlineData(5, 2, Once)]
    public async Task A_server_that_loses_or_doubles_one_in_so_many_fails_the_case_about_that_and_no_other(int one, int times, string name)
    {
        var count = 0;
        var results = await PlayAsync(
            (message, _) => Enumerable.Repeat(message, Interlocked.Increment(ref count) % one == 0 ? times : 1).SelectMany(Each),
            _ => true
        );

        Assert.Equal([name], Failed(results));
        Assert.All(
            results.Values.Where(result => result.Verdict is CaseVerdict.Inconclusive),
            result => Assert.StartsWith($"another case tells it, {results[name].Case.Id}: ", result.Reason, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0, Kept)]
    [InlineData(2, Once)]
    public async Task What_is_seen_once_and_not_again_is_told_as_that_and_is_no_failure(int times, string name)
    {
        var count = 0;
        var results = await PlayAsync(
            (message, _) => Enumerable.Repeat(message, Interlocked.Increment(ref count) == 9 ? times : 1).SelectMany(Each),
            _ => true
        );

        Assert.Empty(Failed(results));
        Assert.Equal(CaseVerdict.Inconclusive, results[name].Verdict);
        Assert.Matches("^seen once and not again in [0-9]+ more sessions: ", results[name].Reason);
    }

    [Fact]
    public async Task A_queue_that_is_slower_than_was_waited_for_has_lost_nothing()
    {
        // some come when it is looked again, and others do not come at all
        var isAgain = false;
        var results = await PlayAsync(
            DeliveryFaults.None with
            {
                Holds = number => (number is >= 20 and < 26 && !isAgain) || number >= 36,
            },
            _ => true,
            words => isAgain |= words.StartsWith("looking again", StringComparison.Ordinal)
        );

        Assert.Empty(Failed(results));
        Assert.Equal(CaseVerdict.Inconclusive, results[Kept].Verdict);
        Assert.Contains("messages that were missed came later than the ", results[Kept].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_queue_is_waited_for_as_long_as_messages_keep_coming()
    {
        // three more are there each time it is looked
        var looks = 0;
        var results = await PlayAsync(
            DeliveryFaults.None with
            {
                Holds = number => number > 3 * (number == 1 ? ++looks : looks),
            },
            _ => true
        );

        TestRun.None("not passed", results.Values.Where(Left).Select(result => $"{result}"));
    }

    // no message is refused at its end where only these sessions are played
    private static bool Left(CaseResult result) => result.Verdict is not (CaseVerdict.Pass or CaseVerdict.NotApplicable);

    [Fact]
    public async Task Where_the_case_that_tells_it_was_not_chosen_nothing_else_is_said_to_tell_it()
    {
        var results = await PlayAsync(
            (message, _) => message.Data.IsEmpty ? [.. Each(message), .. Each(message)] : Each(message),
            name => name == Empty
        );

        var result = Assert.Single(results.Values);
        Assert.StartsWith("it is not what this case is about, and no case that is was chosen: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_beside_the_dots_is_no_matter_of_dots()
    {
        var results = await PlayAsync(DeliveryFaults.All.Single(fault => fault.Case == "blanks-at-the-ends-of-lines").Deliver, _ => true);

        Assert.Equal(["what-was-taken-is-delivered-as-it-was-sent", "blanks-at-the-ends-of-lines"], Failed(results));
    }

    private static IEnumerable<StoredMessage> Each(StoredMessage message) => DeliveryFaults.None.Deliver(message, null!);

    private static IEnumerable<string> Failed(IReadOnlyDictionary<string, CaseResult> results) =>
        results.Where(result => result.Value.Verdict is CaseVerdict.Fail).Select(result => result.Key);

    // by the last parts of their names, in the order of the cases
    private static Task<IReadOnlyDictionary<string, CaseResult>> PlayAsync(
        Func<StoredMessage, Seen, IEnumerable<StoredMessage>> deliver,
        Func<string, bool> isWanted
    ) => PlayAsync(DeliveryFaults.None with { Deliver = deliver }, isWanted);

    private static async Task<IReadOnlyDictionary<string, CaseResult>> PlayAsync(
        DeliveryFault fault,
        Func<string, bool> isWanted,
        Action<string>? told = null
    )
    {
        await using var server = await DeliveringServer.StartAsync(fault);
        await using var target = server.Target;
        var offer = await ServerOffer.ReadAsync(
            target,
            Profiles.Rfc5321,
            new PaletteOptions(),
            null,
            cancellation: TestContext.Current.CancellationToken
        );
        var options = new TestOptions
        {
            Depth = Depth.Data,
            Palette = new PaletteOptions { Offer = offer.Offer },
            Delivered = new DeliveryWatch(server, Limit) { Settling = TimeSpan.FromMilliseconds(20) },
            Patience = TimeSpan.FromMilliseconds(20),
        };
        var run = new DeliveryRun(
            new Prober(target, new Oracle(Profiles.Rfc5321.Table), options),
            options.Delivered,
            new Palette(Profiles.Rfc5321.Table, options.Palette),
            new Workers(1)
        );
        var results = await run.RunAsync(one => isWanted(Name(one)), told ?? (_ => { }), TestContext.Current.CancellationToken);
        return results.ToDictionary(result => Name(result.Case));
    }

    private static string Name(TestCase one) => one.Id.Split('/')[^1];
}
