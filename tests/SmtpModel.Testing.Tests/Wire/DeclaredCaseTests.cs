using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>What a server may do with a declared size, and what it may not (RFC 1870 6, 6.3).</summary>
public class DeclaredCaseTests
{
    private const string Ends = "rfc1870/6/declared-size-does-not-end-the-data";
    private const string Within = "rfc1870/6.3/message-that-is-no-larger-than-was-declared";

    [Fact, Trait("Rule", "SZ4")]
    public async Task A_server_that_waits_for_as_many_octets_as_were_declared_is_caught()
    {
        var result = await TestAsync(DeclaredFaults.Waiting, Ends);

        Assert.Equal(CaseVerdict.Fail, result.Verdict);
    }

    [Fact, Trait("Rule", "SZ4")]
    public async Task A_server_that_refuses_what_is_larger_than_was_declared_may()
    {
        var result = await TestAsync(() => Refusing(line => line.EndsWith(" SIZE=20", StringComparison.Ordinal)), Ends);

        Assert.Equal(CaseVerdict.Info, result.Verdict);
    }

    [Fact, Trait("Rule", "SZ5")]
    public async Task A_server_that_takes_no_message_is_not_said_to_break_its_word()
    {
        var result = await TestAsync(() => Refusing(_ => true), Within);

        Assert.Equal(CaseVerdict.Inconclusive, result.Verdict);
    }

    private static WireFault Refusing(Func<string, bool> isRefused)
    {
        var (isSo, isData) = (false, false);
        return new("", "Says 552 at the end of data.")
        {
            Command = line =>
            {
                isSo = line.StartsWith("MAIL", StringComparison.Ordinal) ? isRefused(line) : isSo;
                return line;
            },
            Reply = reply =>
            {
                var isEnd = isSo && isData;
                isData = reply.StartsWith("354", StringComparison.Ordinal);
                return isEnd ? "552 Too large\r\n" : reply;
            },
        };
    }

    private static async Task<CaseResult> TestAsync(Func<WireFault> fault, string id)
    {
        var profile = Profiles.Composed("size");
        await using var server = new FaultyServer(profile, fault);
        var one = WireCatalogue.Of(profile).Single(one => one.Id == id);
        return await new WireExaminer(profile, Ways.Options(profile)).RunAsync(server.Target, one, TestContext.Current.CancellationToken);
    }
}
