using System.Text;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Peers;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Real servers are learned with STARTTLS and AUTH among the inputs: what is known of a session is in the states.</summary>
public class LearnedAccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // who offers only mechanisms that send the password as it is logs in inside TLS that was begun before
    [Theory]
    [InlineData(PeerNames.PostfixSubmission, "STARTTLS AUTH", "SCRAM-SHA-256", "MailGivenAuthenticatedSecured", "")]
    [InlineData(PeerNames.Exim, "AUTH", "PLAIN", "MailGivenAuthenticated", "")]
    [InlineData(PeerNames.Exim, "STARTTLS", null, "ConnectedSecured", "")]
    // it closes the channel once without a word (RFC 5321 3.8)
    [InlineData(PeerNames.DovecotSubmission, "AUTH", "PLAIN", "MailGivenAuthenticated", "MAIL")]
    public async Task A_server_is_learned_whole_and_accused_of_nothing_else(
        string name,
        string keywords,
        string? mechanism,
        string state,
        string accused
    )
    {
        Installed.Server(name);
        using var files = new SubmissionFiles();
        await using var peer = await Peer.Start(name, files.Environment, Cancellation);
        await using var target = SubmissionFiles.Target(peer, mechanism);
        var profile = Profiles.Composed(keywords.Split(' '));

        var learned = await LearnAsync(profile, target, new LearnOptions());

        Assert.Null(learned.Cost.Stopped);
        Assert.Contains(state, learned.States.Select(one => one.Name));
        Assert.Equal(accused, string.Join(' ', learned.Violations.Select(one => one.Input)));
        var broken = Verifier.Verify(learned.Machine, Properties.All).Properties.Where(one => one.Verdict is PropertyVerdict.Violated);
        Assert.True(accused.Length > 0 || !broken.Any(), string.Join(", ", broken.Select(one => one.Property.Name)));
    }

    // states that only AUTH behind STARTTLS leads to are found from nothing because what would be told is played first
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_server_has_a_state_for_all_that_it_knows_also_where_nothing_was_known_of_it(bool isFromNothing)
    {
        const string password = "a password of the tests";
        var users = new UserFile();
        users.Set("alice", Encoding.UTF8.GetBytes(password), UserFile.LeastIterations);
        using var certificate = ServerCertificate.SelfSigned("localhost");
        var profile = Profiles.Composed("STARTTLS", "AUTH");
        await using var server = await LiveServer.StartAsync("esmtpsa", options => options with
        {
            Tls = new TlsSettings(certificate),
            Authenticator = new UserAuthenticator(users, "localhost"),
            Session = options.Session with { AuthenticatesInClear = true },
        });
        await using var target = new TcpTarget("127.0.0.1", server.Port)
        {
            Tls = new TlsClientOptions { Mode = TlsMode.StartTls, TakesAnyCertificate = true },
            Login = new Login("alice", password),
        };
        // with the suite the inputs that matter will do, so that it does not take long
        var options = new LearnOptions
        {
            IsFromNothing = isFromNothing,
            Inputs = isFromNothing ? null : ["EHLO", "MAIL", "RCPT", "DATA", "end of data", "RSET", "QUIT", "STARTTLS", "AUTH"],
        };

        var learned = await LearnAsync(profile, target, options);

        Assert.Equal((null, 0), (learned.Cost.Stopped, learned.Violations.Count));
        // Connected in clear and inside TLS, and the four of a greeted session with and without each
        Assert.Equal(18, learned.States.Count);
        Assert.DoesNotContain(learned.States, state => state.IsExtra);
    }

    private static async Task<LearnedServer> LearnAsync(Profile profile, TcpTarget target, LearnOptions options)
    {
        await using var inside = target.For(profile);
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);
        var palette = offer.Within(profile, target, new PaletteOptions());
        return await ServerLearning.RunAsync(profile, inside, options with { Palette = palette }, cancellation: Cancellation);
    }
}
