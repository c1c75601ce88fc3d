using System.Text;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>How a session ends, and what a site's policy must not do.</summary>
public class EndingTests
{
    public static IEnumerable<TheoryDataRow<string, string>> OpenStates =>
        from profile in Profiles.All
        from state in profile.Table.States
        where state != profile.Table.Final
        select Row.Named(
            $"{profile} {state}: {profile.Table.Faults.Closing} closes, "
                + $"{profile.Table.Rules.Single(rule => rule.Id == Rfc821.R2.Id).Clause}",
            profile.Name,
            state.Name
        );

    [Theory, MemberData(nameof(OpenStates))]
    public void R2_421_ends_the_session_in_each_state(string profile, string state)
    {
        var dialogue = new Dialogue(profile);
        dialogue.Follow(Paths.To(dialogue.Table, dialogue.Table.States.Single(at => at.Name == state)));
        var session = dialogue.Session;

        session.ShutDown("Too slow");
        Assert.Equal("421 Too slow\r\n", Generated.WithoutEnhancedCodes(Encoding.ASCII.GetString(session.Output.Span)));
        Assert.Equal((SessionState.Closed, SessionStatus.Ended), (session.State, session.Status));
        Assert.False(session.Message.HasReversePath);
        Assert.Equal((0, 0), (session.Message.RecipientCount, session.Message.Data.Length));

        session.ClearOutput();
        session.ShutDown("Again");
        Assert.Equal("", dialogue.Send("NOOP"));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void R2_421_ends_the_session_also_while_a_delivery_is_undecided(string profile)
    {
        var client = Client.GivingData(profile);
        client.Session.Receive("one\r\n.\r\n"u8);

        client.Session.ShutDown("Going down");

        Assert.Equal(SessionStatus.Ended, client.Session.Status);
        Assert.Equal(0, client.Session.Message.Data.Length);
        Assert.Throws<InvalidOperationException>(() => client.Session.CompleteDelivery(Decision.Accept));
    }

    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "O10")]
    public void O10_Nothing_is_answered_after_QUIT_RFC_821_4_1_1(string profile)
    {
        var client = new Client(profile);
        var octets = "QUIT\r\nNOOP\r\nQUIT\r\n"u8;

        Assert.Equal(6, client.Session.Receive(octets));
        Assert.Matches("^221 [^\r]*\r\n$", Encoding.ASCII.GetString(client.Session.Output.Span));
        client.Session.ClearOutput();
        Assert.Equal(0, client.Session.Receive(octets[6..]));
        client.Session.ShutDown("Too late");
        Assert.True(client.Session.Output.IsEmpty);
    }

    [Fact]
    public void E3_A_receiver_that_greets_with_554_waits_for_QUIT_RFC_5321_3_1()
    {
        var client = new Client("rfc5321", new ScriptedPolicy { Answer = Decision.Refuse(554, "No service here") });

        Assert.Equal("554 No service here\r\n", client.Greeting);
        Assert.Equal(SessionState.TurnedAway, client.Session.State);
        client.Expect(503, "EHLO client.example");
        client.Expect(500, "JUMP");
        client.Expect(501, "QUIT now");
        Assert.Equal(SessionStatus.Receiving, client.Session.Status);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void G1_A_receiver_that_greets_with_421_closes_at_once(string profile)
    {
        var client = new Client(profile, new ScriptedPolicy { Answer = Decision.Refuse(421, "Too busy") });

        Assert.Equal("421 Too busy\r\n", client.Greeting);
        Assert.Equal(SessionStatus.Ended, client.Session.Status);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_policy_that_answers_with_a_code_outside_the_row_is_told_so_and_nothing_has_happened(string profile)
    {
        var policy = new ScriptedPolicy();
        var client = Client.Greeted(profile, policy);
        policy.Answer = new Decision(299, "Strange");

        var fault = Assert.Throws<InvalidOperationException>(() => client.Say("MAIL FROM:<a@a.example>"));

        Assert.All(["MAIL", "299", profile, "Ready"], word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.True(client.Session.Output.IsEmpty);
        Assert.Equal((SessionState.Ready, false), (client.Session.State, client.Session.Message.HasReversePath));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_delivery_that_ends_with_a_code_outside_the_row_is_still_undecided(string profile)
    {
        var client = Client.GivingData(profile);
        client.Session.Receive("one\r\n.\r\n"u8);

        Assert.Throws<InvalidOperationException>(() => client.Session.CompleteDelivery(new Decision(299, "Strange")));

        Assert.Equal(SessionStatus.Delivering, client.Session.Status);
        client.Session.CompleteDelivery(Decision.Accept);
        Assert.Equal(SessionState.Ready, client.Session.State);
    }

    [Fact]
    public void A_greeting_that_the_profile_does_not_list_is_refused()
    {
        var session = SmtpSession.Create(
            "rfc821",
            new SessionSettings(),
            new ScriptedPolicy { Answer = Decision.Refuse(554, "No service here") }
        );

        Assert.Throws<InvalidOperationException>(session.Open);
        Assert.Throws<ArgumentOutOfRangeException>(() => Decision.Refuse(250, "This is no refusal"));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_session_is_opened_once_and_anew_after_Reset(string profile)
    {
        var client = Client.GivingData(profile);
        Assert.Throws<InvalidOperationException>(client.Session.Open);
        client.Send("half a line of da");
        Assert.Equal(4, client.Session.Exchanges);

        client.Session.Reset();

        Assert.Equal(
            (SessionState.Opening, SessionStatus.Receiving, 0L, 0),
            (client.Session.State, client.Session.Status, client.Session.Exchanges, client.Session.Output.Length)
        );
        client.Session.Open();
        Assert.Equal(client.Greeting, Encoding.ASCII.GetString(client.Session.Output.Span));
        client.Session.ClearOutput();
        client.Expect(250, "HELO client.example");
        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
        // the half line of data is forgotten, so this dot stands at the beginning of a line
        client.Expect(250, ".");
        Assert.True(Assert.Single(client.Delivered).Data.IsEmpty);

        // and so is half a command line
        client.Send("JUMP ov");
        client.Session.Reset();
        client.Session.Open();
        client.Session.ClearOutput();
        client.Expect(250, "NOOP");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Lines_and_blocks_of_data_are_counted_as_exchanges(string profile)
    {
        var client = Client.GivingData(profile);
        Assert.True(client.Session.IsReceivingData);
        client.Send("one\r\ntwo\r\n.\r\nJUMP\r\nNO");

        Assert.Equal(6, client.Session.Exchanges);
        Assert.False(client.Session.IsReceivingData);
    }
}
