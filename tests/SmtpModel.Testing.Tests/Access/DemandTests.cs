using System.Net;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>A server that wants TLS or a login first serves what the standards name all the same, and takes no mail.</summary>
public class DemandTests
{
    private static readonly TestOptions Options = new()
    {
        Depth = Depth.Envelope,
        Connections = 4,
        Select = one => one.Id.Contains("-is-demanded", StringComparison.Ordinal),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Trait("Rule", "TLS8"), Trait("Rule", "AU13")]
    [InlineData("STARTTLS", null, null)]
    [InlineData("AUTH", null, null)]
    [InlineData("STARTTLS", "refuses NOOP first", "rfc3207/4/served-where-STARTTLS-is-demanded")]
    [InlineData("STARTTLS", "serves HELO in clear", "rfc3207/4/refused-where-STARTTLS-is-demanded")]
    [InlineData("AUTH", "refuses NOOP first", "rfc4954/6/served-where-AUTH-is-demanded")]
    [InlineData("AUTH", "opens behind HELO", "rfc4954/6/refused-where-AUTH-is-demanded")]
    public async Task What_is_served_and_what_is_not_is_held_against_a_server_that_demands(string keyword, string? fault, string? found)
    {
        var isTls = keyword == "STARTTLS";
        await using var server = new SubmissionServer(
            isTls
                ? new Submission { InTls = "", Fault = fault }
                : new Submission
                {
                    Certificate = null,
                    InTls = "",
                    InClear = "PLAIN",
                    Fault = fault,
                }
        );
        await using var target = server.Target(TlsMode.None);

        var results = await RunAsync(target, keyword);

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal(result.Case.Id == found ? CaseVerdict.NonStrict : CaseVerdict.Pass, result.Verdict));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_projects_own_server_keeps_to_both_lists(bool isTls)
    {
        using var certificate = ServerCertificate.SelfSigned("localhost");
        await using var server = new SmtpServer(new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Store = new MemoryStore(),
            Profile = "esmtpsa",
            Tls = isTls ? new TlsSettings(certificate) : null,
            Authenticator = isTls ? null : EmbeddedServer.Guest.Instance,
            Session = new SessionSettings { RequiresTls = isTls, RequiresAuthentication = !isTls, AuthenticatesInClear = !isTls },
        });
        await server.StartAsync();
        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port);

        var results = await RunAsync(target, isTls ? "STARTTLS" : "AUTH");

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal(CaseVerdict.Pass, result.Verdict));
    }

    [Fact]
    public async Task A_server_that_demands_nothing_has_nothing_to_show()
    {
        await using var server = new SubmissionServer(new Submission { IsDemanding = false, InTls = "" });
        await using var target = server.Target(TlsMode.None);

        Assert.All(await RunAsync(target, "STARTTLS"), result => Assert.Equal(CaseVerdict.NotApplicable, result.Verdict));
    }

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(TcpTarget target, string keyword)
    {
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, Options.Palette, cancellation: Cancellation);
        var test = Assert.Single(ApartTest.Of(target, Profiles.Rfc5321, offer.Offer, Options, [keyword]));
        await using var inside = test.Target;
        return [.. (await test.RunAsync(null, Cancellation)).Results.Where(result => Options.Select!(result.Case))];
    }
}
