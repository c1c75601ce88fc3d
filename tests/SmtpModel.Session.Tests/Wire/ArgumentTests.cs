using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>Which arguments are acceptable. The grammars have tests of their own; here it is shown that commands use them.</summary>
public class ArgumentTests
{
    [Theory]
    [InlineData("rfc821", "client.example", 250)]
    [InlineData("rfc821", "[192.0.2.1]", 250)]
    [InlineData("rfc821", "#123", 250)]
    [InlineData("rfc821", "3com.example", 501)]
    [InlineData("rfc821", "[IPv6:2001:db8::1]", 501)]
    [InlineData("rfc821", "two words", 501)]
    [InlineData("rfc821", "under_score", 501)]
    [InlineData("rfc5321", "client.example", 250)]
    [InlineData("rfc5321", "[192.0.2.1]", 250)]
    [InlineData("rfc5321", "#123", 501)]
    [InlineData("rfc5321", "3com.example", 250)]
    [InlineData("rfc5321", "[IPv6:2001:db8::1]", 250)]
    [InlineData("rfc5321", "two words", 501)]
    [InlineData("rfc5321", "under_score", 501)]
    public void HELO_and_EHLO_take_the_hosts_of_their_standard(string profile, string host, int code)
    {
        foreach (var keyword in profile == "rfc821" ? new[] { "HELO" } : ["HELO", "EHLO"])
        {
            var client = new Client(profile);
            client.Expect(code, $"{keyword} {host}");
            Assert.Equal(code == 250 ? SessionState.Ready : SessionState.Connected, client.Session.State);
        }
    }

    [Fact, Trait("Rule", "S2")]
    public void Postmaster_without_a_domain_is_a_mailbox_in_RFC_5321_4_5_1_and_none_in_RFC_821()
    {
        foreach (var postmaster in new[] { "Postmaster", "postmaster", "POSTMASTER" })
        {
            var client = Client.Greeted("rfc5321");
            client.Expect(250, "MAIL FROM:<a@a.example>");
            client.Expect(250, $"RCPT TO:<{postmaster}>");
            client.Expect(501, "RCPT TO:<somebody>");
            Assert.Equal(1, client.Session.Message.RecipientCount);
        }

        var older = Client.Greeted("rfc821");
        older.Expect(250, "MAIL FROM:<a@a.example>");
        older.Expect(501, "RCPT TO:<Postmaster>");
        older.Expect(250, "RCPT TO:<Postmaster@b.example>");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_source_route_is_taken_and_kept_as_it_was_sent_RFC_5321_C(string profile)
    {
        var client = Client.Greeted(profile);
        client.Expect(250, "MAIL FROM:<@one.example,@two.example:a@a.example>");
        client.Expect(250, "RCPT TO:<@three.example:b@b.example>");
        client.Expect(501, "RCPT TO:<@three.example,b@b.example>");
        client.Expect(354, "DATA");
        client.Expect(250, ".");

        var message = Assert.Single(client.Delivered);
        Assert.Equal("<@one.example,@two.example:a@a.example>", message.ReversePath);
        Assert.Equal(["<@three.example:b@b.example>"], message.ForwardPaths);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_null_reverse_path_is_held_and_a_null_forward_path_is_refused_RFC_5321_4_5_5(string profile)
    {
        var client = Client.Greeted(profile);
        client.Expect(250, "MAIL FROM:<>");
        Assert.True(client.Session.Message.HasReversePath);
        client.Expect(501, "RCPT TO:<>");
        client.Expect(503, "MAIL FROM:<>");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
        client.Expect(250, ".");

        Assert.Equal("<>", Assert.Single(client.Delivered).ReversePath);
    }

    [Fact]
    public void Parameters_are_read_in_RFC_5321_and_answered_with_555_for_none_is_known_4_1_1_11()
    {
        var client = Client.Greeted("rfc5321");
        client.Expect(555, "MAIL FROM:<a@a.example> SIZE=1000");
        client.Expect(555, "MAIL FROM:<a@a.example> BODY=8BITMIME X");
        client.Expect(501, "MAIL FROM:<a@a.example> =1");
        client.Expect(501, "MAIL FROM:<a@a.example> SIZE=1  X");
        Assert.False(client.Session.Message.HasReversePath);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(555, "RCPT TO:<b@b.example> NOTIFY=NEVER");
        Assert.Equal(SessionState.MailGiven, client.Session.State);

        Client.Greeted("rfc821").Expect(501, "MAIL FROM:<a@a.example> SIZE=1000");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void SEND_SOML_and_SAML_take_no_parameters_RFC_5321_F_6(string profile)
    {
        var client = Client.Greeted(profile, new Site { Terminals = true });
        foreach (var command in new[] { "SEND", "SOML", "SAML" })
        {
            client.Expect(501, $"{command} FROM:<a@a.example> SIZE=1000");
        }
    }

    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "S2")]
    public void S2_The_site_says_which_mailboxes_are_acceptable_and_is_asked_only_about_well_formed_ones(string profile)
    {
        var policy = new ScriptedPolicy();
        var client = Client.Greeted(profile, policy);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        policy.Answer = Decision.Refuse(550, "Not here");
        policy.Asked.Clear();

        client.Expect(501, "RCPT TO:b@b.example");
        Assert.Empty(policy.Asked);
        Assert.Equal("550 Not here\r\n", client.Expect(550, "RCPT TO:<b@b.example>"));
        Assert.Equal([Verb.RCPT], policy.Asked);
        Assert.Equal((SessionState.MailGiven, 0), (client.Session.State, client.Session.Message.RecipientCount));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void The_site_sees_the_parts_of_a_path(string profile)
    {
        var client = Client.Greeted(profile, new Site { Refused = "b.example" });
        client.Expect(250, "MAIL FROM:<a@b.example>");

        client.Expect(550, "RCPT TO:<@route.example:\"odd name\"@b.example>");
        client.Expect(250, "RCPT TO:<b.example@a.example>");
    }
}
