using System.Globalization;
using System.Reflection;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;
using SmtpModel.Testing.Xunit;
using Xunit.Sdk;

namespace SmtpModel.Testing.Tests.Xunit;

/// <summary>The conformance test as theory data: the rows, and what becomes of each verdict.</summary>
public sealed class ConformanceRowTests
{
    private const string Reset = "rfc5321/4.1.1.5/RSET-in-Ready";
    private const string Nothing = "rfc5321/2.4/NOOP-in-lower-case";

    [Fact]
    public async Task There_is_a_row_for_each_case_up_to_the_depth_with_its_name_clause_and_level()
    {
        var rows = await Rows(new SmtpConformanceAttribute("rfc5321"));

        var cases = CaseCatalogue.Of(Profiles.Rfc5321).Cases.Where(one => one.Depth <= Depth.Envelope).ToList();
        Assert.Equal(cases.Select(one => $"{one.Id}: {one.Requirement}"), rows.Select(row => row.TestDisplayName));
        Assert.All(rows, row => Assert.True(row.Traits is { } traits && traits.ContainsKey("Clause") && traits.ContainsKey("Level")));
    }

    [Fact]
    public async Task Words_choose_rows_and_a_word_that_no_case_has_is_told()
    {
        var some = await Rows(new SmtpConformanceAttribute("rfc5321") { Only = ["VRFY-in-"] });

        Assert.NotEmpty(some);
        Assert.All(some, row => Assert.Contains("VRFY-in-", row.TestDisplayName!, StringComparison.Ordinal));
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Rows(new SmtpConformanceAttribute("rfc5321") { Only = ["VRFX"] }));
        Assert.Contains("VRFX", fault.Message, StringComparison.Ordinal);
        Assert.Contains("smtpmodel list --profile rfc5321", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_is_not_known_is_told_with_those_that_are()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Rows(new SmtpConformanceAttribute("rfc5322")));

        Assert.StartsWith("there is no profile 'rfc5322'; there are rfc821, rfc5321, ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_is_the_same_after_it_went_to_a_test_explorer_and_back()
    {
        var row = (ConformanceCase)(await Rows(new SmtpConformanceAttribute("lmtp") { Depth = Depth.Data }))[0].GetData()[0]!;

        var back = SerializationHelper.Instance.Deserialize<ConformanceCase>(SerializationHelper.Instance.Serialize(row))!;

        Assert.Equal((row.Profile, row.Depth, row.Id), (back.Profile, back.Depth, back.Id));
    }

    [Fact]
    public async Task A_broken_MUST_fails_its_row_with_the_evidence_and_the_server_is_started_once()
    {
        await using var broken = new Faulty("550 never", "RSET");
        var rows = await Cases(Reset, Nothing);

        var fault = await Assert.ThrowsAsync<ConformanceException>(() => broken.CheckAsync(rows[0]));
        await broken.CheckAsync(rows[1]);

        Assert.Contains(Reset, fault.Message, StringComparison.Ordinal);
        Assert.Contains("C: RSET", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("came      550 never", fault.Message, StringComparison.Ordinal);
        Assert.Equal(CaseVerdict.Fail, fault.Result!.Verdict);
        Assert.Equal(1, broken.Starts);
    }

    [Fact]
    public async Task What_does_not_apply_or_is_left_out_is_skipped_with_the_reason()
    {
        await using var server = new Faulty("", "");
        var rows = await Cases("rfc5321/3.1/VRFY-out-of-order-in-TurnedAway", Reset);

        var refused = await SkippedAsync(server, rows[0]);
        await using var narrow = new Faulty("", "") { Only = "NOOP" };
        var leftOut = await SkippedAsync(narrow, rows[1]);

        Assert.Contains("does not apply: ", refused, StringComparison.Ordinal);
        Assert.Contains("TestOptions.Select", leftOut, StringComparison.Ordinal);
    }

    // Assert.Throws lets what skips a test through
    private static async Task<string> SkippedAsync(ConformanceServer server, ConformanceCase row)
    {
        try
        {
            await server.CheckAsync(row);
        }
        catch (SkipException skipped)
        {
            return skipped.Message;
        }

        throw new InvalidOperationException($"{row} is not skipped");
    }

    private static async Task<List<ConformanceCase>> Cases(params string[] ids)
    {
        var rows = (await Rows(new SmtpConformanceAttribute("rfc5321"))).Select(row => (ConformanceCase)row.GetData()[0]!).ToList();
        return [.. ids.Select(id => rows.Find(row => row.Id == id)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no {id} among {rows.Count} rows")))];
    }

    private static async Task<List<ITheoryDataRow>> Rows(SmtpConformanceAttribute attribute)
    {
        var method = typeof(ConformanceRowTests).GetMethod(nameof(Rows), BindingFlags.Static | BindingFlags.NonPublic)!;
        return [.. await attribute.GetData(method, new DisposalTracker())];
    }

    // a server that gives one reply of its own
    private sealed class Faulty(string reply, string to) : ConformanceServer
    {
        private MiniServer? _server;

        public int Starts { get; private set; }

        public string Only { get; init; } = "";

        protected override ValueTask<ITarget> StartAsync(CancellationToken cancellation)
        {
            Starts++;
            _server = new MiniServer(new Fault
            {
                Line = (session, line, right) =>
                    MiniSession.Split(line).Verb == to && session.IsGreeted && session.From is null ? reply : right(),
            });
            return new(_server.Target);
        }

        protected override TestOptions Configure(TestOptions defaults) =>
            defaults with { Select = one => one.Id.Contains(Only, StringComparison.Ordinal), Patience = TimeSpan.FromMilliseconds(20) };

        protected override ValueTask StopAsync() => _server!.DisposeAsync();
    }
}
