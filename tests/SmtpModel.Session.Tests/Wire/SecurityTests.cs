using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>What the session does behind STARTTLS, and in the dialogue of AUTH; who decides is a policy that says what it is told
/// to.</summary>
public class SecurityTests
{
    [Fact, Trait("Rule", "TLS7")]
    public void What_stands_behind_STARTTLS_in_the_same_packet_is_not_taken_and_half_a_line_is_forgotten()
    {
        var client = Greeted(out _, out var session);

        var taken = session.Receive("STARTTLS\r\nNOOP\r\nNO"u8);

        Assert.Equal("STARTTLS\r\n".Length, taken);
        Assert.Equal(SessionStatus.Securing, session.Status);
        Assert.Equal(0, session.Receive("NOOP\r\n"u8));
        session.ClearOutput();
        session.CompleteHandshake();
        client.Expect(500, "OP");
        Assert.Equal(SessionState.ConnectedSecured, session.State);
    }

    [Fact, Trait("Rule", "TLS3"), Trait("Rule", "TLS6")]
    public void Behind_the_handshake_what_was_said_in_clear_is_forgotten()
    {
        var client = Greeted(out var policy, out var session);
        policy.Answer = new Decision(235, null);
        client.Expect(235, "AUTH PLAIN");
        policy.Answer = default;
        client.Expect(503, "AUTH PLAIN");
        Secure(policy, client, session);

        client.Expect(503, "MAIL FROM:<a@a.example>");
        Assert.DoesNotContain("STARTTLS", client.Expect(250, "EHLO client.example"), StringComparison.Ordinal);
        policy.Answer = new Decision(235, null);
        client.Expect(235, "AUTH PLAIN");
        Assert.Equal(SessionState.ReadyAuthenticatedSecured, session.State);
        client.Expect(503, "STARTTLS");
    }

    [Fact, Trait("Rule", "AU6"), Trait("Rule", "AU9")]
    public void What_is_not_base64_draws_501_and_ends_the_dialogue()
    {
        var client = Greeted(out var policy, out var session);
        client.Expect(501, "AUTH PLAIN A=BC");
        policy.Answer = new Decision(334, null);
        Assert.Equal("334 \r\n", client.Expect(334, "AUTH LOGIN"));
        client.Expect(501, "QUIT?");
        Assert.Equal(SessionState.Ready, session.State);
    }

    [Fact]
    public void A_line_in_the_dialogue_is_no_command_and_an_asterisk_ends_it()
    {
        var client = Greeted(out var policy, out var session);
        policy.Answer = new Decision(334, null);
        client.Expect(334, "AUTH LOGIN");
        client.Expect(334, "QUIT");
        client.Expect(501, "*");
        Assert.Equal(SessionState.Ready, session.State);
        Assert.Equal([Verb.AUTH, Verb.Response], policy.Asked[^2..]);
    }

    [Fact]
    public void A_site_that_says_nothing_of_it_knows_no_mechanism_and_secures_nothing()
    {
        var client = new Client("esmtpsa");
        client.Expect(250, "EHLO client.example");
        client.Expect(502, "STARTTLS");
        client.Expect(504, "AUTH PLAIN");
        client.Expect(501, "STARTTLS now");
        client.Expect(501, "AUTH");
    }

    private static Client Greeted(out ScriptedPolicy policy, out SmtpSession session)
    {
        policy = new ScriptedPolicy();
        var client = new Client("esmtpsa", policy);
        session = client.Session;
        client.Expect(250, "EHLO client.example");
        return client;
    }

    private static void Secure(ScriptedPolicy policy, Client client, SmtpSession session)
    {
        policy.Answer = default;
        client.Expect(220, "STARTTLS");
        session.CompleteHandshake();
    }
}
