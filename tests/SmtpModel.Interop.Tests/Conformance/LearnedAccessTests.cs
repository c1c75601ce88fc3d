using SmtpModel.Interop.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Peers;
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
        await using var inside = target.For(profile);
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);

        var learned = await ServerLearning.RunAsync(
            profile,
            inside,
            new LearnOptions { Palette = offer.Within(profile, target, new PaletteOptions()) },
            cancellation: Cancellation
        );

        Assert.Null(learned.Cost.Stopped);
        Assert.Contains(state, learned.States.Select(one => one.Name));
        Assert.Equal(accused, string.Join(' ', learned.Violations.Select(one => one.Input)));
        var broken = Verifier.Verify(learned.Machine, Properties.All).Properties.Where(one => one.Verdict is PropertyVerdict.Violated);
        Assert.True(accused.Length > 0 || !broken.Any(), string.Join(", ", broken.Select(one => one.Property.Name)));
    }
}
