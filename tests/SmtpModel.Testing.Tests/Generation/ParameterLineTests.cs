using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Generation;

// Parameters are drawn as far as a server offers them, and with the numbers that its offer names.
public class ParameterLineTests
{
    [Fact]
    public void Numbers_are_drawn_below_a_limit_that_is_offered_at_it_and_above_it()
    {
        var moves = DrawnArguments.Palette(Profiles.Esmtp.Table, new PaletteOptions { Offer = Offer("SIZE 70000") }).Valid(Rfc821.MAIL);
        foreach (var (number, isOver) in new[] { (69999, false), (70000, false), (70001, true) })
        {
            var move = moves.First(move => move.Text.EndsWith($" SIZE={number}", StringComparison.Ordinal));
            Assert.Equal(isOver ? Rfc1870.SZ2.Id : null, move.Oversteps?.Id);
        }
    }

    [Theory]
    [InlineData("SIZE")]
    [InlineData("SIZE 0")]
    [InlineData("SIZE many")]
    [InlineData("SIZE -1")]
    [InlineData("SIZE 99999999999999999999999999")]
    [InlineData("DSN")]
    public void Without_a_limit_in_the_offer_no_number_is_over_it(string line) =>
        Assert.All(DrawnArguments.Palette(Profiles.Esmtp.Table, new PaletteOptions { Offer = Offer(line) }).Valid(Rfc821.MAIL), move =>
            Assert.Null(move.Oversteps)
        );

    [Fact]
    public void Parameters_are_drawn_several_at_a_time_in_any_order_and_in_either_case()
    {
        var moves = Enumerable
            .Range(0, 10)
            .SelectMany(seed =>
                DrawnArguments.Palette(Profiles.Esmtp.Table, new PaletteOptions { Seed = (ulong)seed, Offer = All }).Valid(
                    Rfc821.MAIL
                )
            )
            .ToList();
        Assert.Contains(moves, move => Place(move, " SIZE=") is var size and > 0 && Place(move, " RET=") > size);
        Assert.Contains(moves, move => Place(move, " RET=") is var ret and > 0 && Place(move, " SIZE=") > ret);
        Assert.Contains(moves, move => Place(move, " body=") > 0);
        TestRun.None(
            "drawn, and longer than a line may be",
            moves.Where(move => move.Text.Count(letter => letter == '=') > 2 && move.Text.Length > 512)
        );
    }

    [Fact]
    public async Task A_server_that_takes_more_than_it_offers_gets_a_remark_and_ours_gets_none()
    {
        await using var ours = await EmbeddedServer.StartAsync(Profiles.Esmtp);
        var offer = (
            await ServerOffer.ReadAsync(ours, Profiles.Rfc5321, new PaletteOptions(), cancellation: TestContext.Current.CancellationToken)
        ).Offer;
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = TestRun.Cases(1500),
            Palette = new PaletteOptions { Offer = offer },
        };
        var report = await new Fuzzer(Profiles.Esmtp, options).RunAsync(ours, cancellation: TestContext.Current.CancellationToken);
        TestRun.NoFindings(report);
        TestRun.None("remarks on ours", report.NonStrict.Keys);
        var taking = new FaultyTarget(ours, () =>
            said => said.Keyword == "MAIL" && said.Came.Code == 552 ? new Observation(ObservationKind.Reply, 250) : said.Came
        );
        report = await new Fuzzer(Profiles.Esmtp, options).RunAsync(taking, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(report.NonStrict, note =>
            note.Value.Rule?.Id == Rfc1870.SZ2.Id && note.Key.What.Contains("over the limit", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("MAIL FROM:<a@example.test> RET=FULL RET=FULL", "DN2")]
    [InlineData("MAIL FROM:<a@example.test> ret=full RET=HDRS", "DN2")]
    [InlineData("MAIL FROM:<a@example.test> RET=NONE", "DN2")]
    [InlineData("MAIL FROM:<a@example.test> SMTPUTF8=1", "UT2")]
    [InlineData("MAIL FROM:<a@example.test> RET=FULL ENVID=x SIZE=7", null)]
    [InlineData("MAIL FROM:<\"RET=NONE\"@example.test> X=1 X=1", null)]
    public void A_parameter_is_barred_where_a_rule_says_that_it_is_refused(string line, string? rule) =>
        Assert.Equal(rule, ParameterLines.Barred(Profiles.Esmtp.Table, Rfc821.MAIL, line)?.Id);

    [Fact]
    public async Task A_server_that_takes_a_parameter_twice_breaks_the_rule_that_says_it_is_refused()
    {
        await using var ours = await EmbeddedServer.StartAsync(Profiles.Esmtp);
        var offer = (
            await ServerOffer.ReadAsync(ours, Profiles.Rfc5321, new PaletteOptions(), cancellation: TestContext.Current.CancellationToken)
        ).Offer;
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = TestRun.Cases(1500),
            Palette = new PaletteOptions { Offer = offer },
        };
        var taking = new FaultyTarget(ours, () =>
            said =>
                said is { Keyword: "MAIL", Came.Code: 501 } && said.Text.Contains(" RET=HDRS RET=HDRS", StringComparison.Ordinal)
                    ? new Observation(ObservationKind.Reply, 250)
                    : said.Came
        );
        var report = await new Fuzzer(Profiles.Esmtp, options).RunAsync(taking, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(report.Findings, finding => finding.Violation.Rule?.Id == Rfc3461.DN2.Id);
        TestRun.None(
            "remarks under another rule",
            report.NonStrict.Where(note => note.Key.What.Contains("malformed", StringComparison.Ordinal)).Select(note => note.Key)
        );
    }

    private static ServiceOffer All { get; } = Offer("SIZE 70000\r\n250-DSN\r\n250 8BITMIME");

    [Fact]
    public void What_is_not_offered_is_not_drawn()
    {
        var moves = DrawnArguments.Palette(Profiles.Lmtp.Table, new PaletteOptions { Offer = Offer("SIZE 70000") }).Valid(Rfc821.MAIL);
        Assert.DoesNotContain(moves, move => move.Text.Contains(" BODY=", StringComparison.OrdinalIgnoreCase));
    }

    private static ServiceOffer Offer(string line)
    {
        var reader = new ReplyReader();
        reader.Feed(Encoding.ASCII.GetBytes($"250-mx.example.test\r\n250{(line.Contains('\n') ? '-' : ' ')}{line}\r\n"));
        return ServiceOffer.Read(reader.Reply!);
    }

    private static int Place(Move move, string text) => move.Text.IndexOf(text, StringComparison.Ordinal);
}
