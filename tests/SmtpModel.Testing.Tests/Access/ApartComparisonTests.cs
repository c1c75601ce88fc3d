using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Two servers are told apart by what they do with STARTTLS and AUTH, too.</summary>
public class ApartComparisonTests
{
    private static readonly Submission Plain = new() { IsDemanding = false, InClear = "PLAIN LOGIN", InTls = "PLAIN LOGIN" };

    [Fact]
    public async Task Servers_that_do_the_same_have_no_difference()
    {
        var all = await CompareAsync(Plain, Plain);

        Assert.Equal(["STARTTLS", "AUTH"], all.Select(one => one.Keyword));
        Assert.All(all, one => Assert.Null(one.Reason));
        Assert.All(all, one => Assert.Empty(one.Differences));
        Assert.All(all, one => Assert.Empty(one.Contrasts));
    }

    [Fact]
    public async Task A_login_that_is_forgotten_and_an_offer_inside_TLS_are_differences_each_with_its_clause()
    {
        var all = await CompareAsync(Plain, Plain with { Fault = "takes AUTH twice; offers STARTTLS inside TLS" });

        Assert.Equal("rfc3207/4.2/STARTTLS-is-not-listed-inside-TLS", Assert.Single(all[0].Contrasts).Case.Id);
        Assert.Contains(all[1].Differences, difference =>
            difference.Move.Command == Rfc4954.AUTH
            && difference.One[^1].StartsWith("503", StringComparison.Ordinal)
            && difference.OtherVerdict is CaseVerdict.Fail
        );
    }

    [Fact]
    public async Task They_are_compared_with_a_mechanism_that_both_have_and_what_only_one_has_is_said()
    {
        var all = await CompareAsync(
            Plain with
            {
                InClear = "PLAIN CRAM-MD5",
            },
            Plain with
            {
                InClear = "CRAM-MD5 LOGIN",
                Certificate = null,
            }
        );

        Assert.StartsWith("only ", all[0].Reason, StringComparison.Ordinal);
        Assert.Equal("AUTH", all[1].Keyword);
        Assert.Null(all[1].Reason);
        Assert.DoesNotContain(all[1].Differences, difference => difference.Move.Text.Contains("PLAIN", StringComparison.Ordinal));

        all = await CompareAsync(Plain with { InClear = "PLAIN" }, Plain with { InClear = "LOGIN", Certificate = null });
        Assert.Equal("they have no mechanism in common", all[1].Reason);
    }

    private static async Task<IReadOnlyList<ApartComparison>> CompareAsync(Submission one, Submission other)
    {
        await using var first = new SubmissionServer(one);
        await using var second = new SubmissionServer(other);
        await using var left = first.Target(TlsMode.None, first.Login(mayBeInClear: true));
        await using var right = second.Target(TlsMode.None, second.Login(mayBeInClear: true));
        return await ApartComparison.RunAsync(
            Profiles.Rfc5321,
            new TestOptions { Depth = Depth.Envelope, Connections = 4 },
            left,
            right,
            TestContext.Current.CancellationToken
        );
    }
}
