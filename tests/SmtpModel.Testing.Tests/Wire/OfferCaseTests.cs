using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>What a server lists is held against what it serves, and nothing else is (RFC 5321 4.1.1.1, 4.2.4).</summary>
public sealed class OfferCaseTests
{
    [Theory]
    [Trait("Rule", "L1")]
    [InlineData("500 What?", CaseVerdict.Fail)]
    [InlineData("502 No", CaseVerdict.Fail)]
    [InlineData("504 Not that one", CaseVerdict.Pass)]
    [InlineData("454 Later", CaseVerdict.Pass)]
    [InlineData("334 ", CaseVerdict.Pass)]
    [InlineData("530 TLS first", CaseVerdict.Inconclusive)]
    [InlineData("421 Enough", CaseVerdict.Inconclusive)]
    public async Task A_listed_command_is_accused_only_for_500_and_502_RFC_5321_4_2_4(string reply, CaseVerdict verdict) =>
        Assert.Equal(verdict, (await RunAsync("auth PLAIN", "AUTH", reply, "AUTH-is-there-where-it-is-listed")).Verdict);

    [Theory]
    [Trait("Rule", "L2")]
    [InlineData("334 ", CaseVerdict.Fail)]
    [InlineData("235 You are in", CaseVerdict.Fail)]
    [InlineData("502 No", CaseVerdict.NotApplicable)]
    [InlineData("504 Not that one", CaseVerdict.NotApplicable)]
    [InlineData("530 TLS first", CaseVerdict.Inconclusive)]
    public async Task A_command_that_is_not_listed_is_held_against_a_server_only_when_it_is_served_RFC_5321_4_1_1_1(
        string reply,
        CaseVerdict verdict
    ) => Assert.Equal(verdict, (await RunAsync("PIPELINING", "AUTH", reply, "AUTH-is-listed-where-it-is-served")).Verdict);

    [Fact]
    public async Task AUTH_is_asked_for_with_a_mechanism_that_is_listed_and_cancelled_RFC_4954_4()
    {
        var result = await RunAsync("AUTH XOAUTH2 PLAIN", "AUTH", "334 ", "AUTH-is-there-where-it-is-listed");
        Assert.Contains("AUTH XOAUTH2\\r\\n", result.Evidence!.Transcript.Lines.Select(line => line.Sent));
        Assert.Equal("*\\r\\n", result.Evidence.Transcript.Lines[^1].Sent);
    }

    [Theory]
    [Trait("Rule", "L3")]
    [InlineData("SIZE 1000", CaseVerdict.Pass)]
    [InlineData("AUTH=PLAIN", CaseVerdict.NonStrict)]
    [InlineData("SIZE ", CaseVerdict.NonStrict)]
    [InlineData("help", CaseVerdict.Info)]
    public async Task A_line_that_is_no_keyword_is_told_and_one_that_comes_twice_is_for_information_RFC_5321_4_1_1_1(
        string line,
        CaseVerdict verdict
    ) => Assert.Equal(verdict, (await RunAsync(line, "X", "500 What?", "reply-to-EHLO-has-keywords")).Verdict);

    // nothing may be sent to anybody, and of that a reply to an empty message says nothing
    [Theory]
    [Trait("Rule", "PL4")]
    [InlineData("554 No valid recipients", CaseVerdict.Pass)]
    [InlineData("250 Nobody has it", CaseVerdict.Info)]
    public async Task An_empty_message_to_nobody_may_be_taken_RFC_2920_3_2(string end, CaseVerdict verdict)
    {
        var profile = Profiles.Composed("PIPELINING");
        await using var server = new FaultyServer(Profiles.Rfc5321, () => Taking(WireFaults.Pipelining("", ""), end));
        var result = await new WireExaminer(profile, Ways.Options(profile, Depth.Envelope)).RunAsync(
            server.Target,
            WireCatalogue.Of(profile).First(one => one.Id == "rfc2920/3.2/group-without-a-valid-recipient"),
            TestContext.Current.CancellationToken
        );
        Assert.True(result.Verdict == verdict, $"{result}");
    }

    private static WireFault Taking(WireFault offering, string end) => offering with
    {
        Command = line => line switch
        {
            "DATA" => new WireFault.Line(null, "354 Go on\r\n"),
            "." => new WireFault.Line(null, $"{end}\r\n"),
            _ => offering.Command!(line),
        },
    };

    private static async Task<CaseResult> RunAsync(string lists, string verb, string says, string name)
    {
        var isAsked = false;
        await using var server = new FaultyServer(Profiles.Rfc5321, () => new WireFault("", "")
        {
            Command = line =>
            {
                isAsked = line.StartsWith("EHLO", StringComparison.Ordinal);
                return line.StartsWith(verb, StringComparison.Ordinal) || line == "*" ? new WireFault.Line(null, says + "\r\n") : line;
            },
            Reply = reply =>
                isAsked && reply.StartsWith("250-", StringComparison.Ordinal)
                    ? reply.Insert(reply.IndexOf('\n', StringComparison.Ordinal) + 1, $"250-{lists}\r\n")
                    : reply,
        });
        return await new WireExaminer(Profiles.Rfc5321, Ways.Options(Profiles.Rfc5321, Depth.Envelope)).RunAsync(
            server.Target,
            WireCatalogue.Of(Profiles.Rfc5321).First(one => one.Id.EndsWith("/" + name, StringComparison.Ordinal)),
            TestContext.Current.CancellationToken
        );
    }
}
