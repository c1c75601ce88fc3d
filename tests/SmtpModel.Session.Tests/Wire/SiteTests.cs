using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>The commands whose outcome is the site's: terminals, turning, the directory, help.</summary>
public class SiteTests
{
    private static readonly SiteDirectory People = new(
        [
            new("jones@b.example", "Ann Jones"),
            new("smith@b.example", "Bob Smith"),
            new("smith@c.example", "Carol Smith"),
            new("nameless@b.example", ""),
        ],
        [new("staff", ["jones@b.example", "nameless@b.example", "guest@elsewhere.example"]), new("nobody", [])]
    );

    [Theory]
    [InlineData("rfc821", "SEND", DeliveryKind.Terminal)]
    [InlineData("rfc821", "SOML", DeliveryKind.TerminalOrMailbox)]
    [InlineData("rfc821", "SAML", DeliveryKind.TerminalAndMailbox)]
    [InlineData("rfc821", "MAIL", DeliveryKind.Mailbox)]
    [InlineData("rfc5321", "SEND", DeliveryKind.Terminal)]
    [InlineData("rfc5321", "SOML", DeliveryKind.TerminalOrMailbox)]
    [InlineData("rfc5321", "SAML", DeliveryKind.TerminalAndMailbox)]
    [InlineData("rfc5321", "MAIL", DeliveryKind.Mailbox)]
    public void A_transaction_is_delivered_as_its_first_command_says_where_there_are_terminals_RFC_821_3_4(
        string profile,
        string command,
        DeliveryKind kind
    )
    {
        var without = Client.Greeted(profile);
        without.Expect(command == "MAIL" ? 250 : 502, $"{command} FROM:<a@a.example>");
        Assert.Equal(command == "MAIL", without.Session.Message.HasReversePath);

        var client = Client.Greeted(profile, new Site { Terminals = true });
        foreach (var line in new[] { "SAML FROM:<first@a.example>", "RSET", $"{command} FROM:<a@a.example>", "RCPT TO:<b@b.example>" })
        {
            client.Expect(250, line);
        }

        client.Expect(354, "DATA");
        client.Expect(250, ".");
        Assert.Equal((kind, "<a@a.example>"), (Assert.Single(client.Delivered).Kind, client.Delivered[0].ReversePath));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void TURN_draws_502_and_where_the_site_turns_250_and_the_session_is_over_RFC_821_3_8(string profile)
    {
        var client = Client.Greeted(profile);
        client.Expect(502, "TURN");
        Assert.Equal((SessionState.Ready, false), (client.Session.State, client.Session.IsTurned));

        client = Client.Greeted(profile, new Site { Turns = true });
        client.Expect(250, "TURN");
        Assert.Equal(
            (SessionState.Closed, SessionStatus.Ended, true),
            (client.Session.State, client.Session.Status, client.Session.IsTurned)
        );
        Assert.Equal("", client.Say("NOOP"));

        client.Session.Reset();
        Assert.False(client.Session.IsTurned);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_session_that_ends_otherwise_is_not_turned(string profile)
    {
        var policy = new ScriptedPolicy();
        var client = Client.Greeted(profile, policy);
        policy.Answer = Decision.Refuse(421, "Going down");
        client.Expect(421, "TURN");

        Assert.Equal((SessionStatus.Ended, false), (client.Session.Status, client.Session.IsTurned));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void VRFY_names_the_one_user_that_is_meant_RFC_821_3_3(string profile)
    {
        var client = new Client(profile, new Site { Known = People });

        Assert.Equal("250 Ann Jones <jones@b.example>\r\n", client.Expect(250, "VRFY jones"));
        Assert.Equal("250 Ann Jones <jones@b.example>\r\n", client.Expect(250, "VRFY <Jones@B.Example>"));
        Assert.Equal("250 Bob Smith <smith@b.example>\r\n", client.Expect(250, "VRFY smith@b.example"));
        Assert.Equal("250 Carol Smith <smith@c.example>\r\n", client.Expect(250, "VRFY carol"));
        Assert.Equal("250 <nameless@b.example>\r\n", client.Expect(250, "VRFY nameless"));
        client.Expect(553, "VRFY smith");
        foreach (var nobody in new[] { "brown", "jones@", "b.example", "<>", "<", "example>", new string('x', 1000) })
        {
            client.Expect(550, $"VRFY {nobody}");
        }
    }

    [Fact]
    public void VRFY_without_a_directory_draws_252_where_the_standard_has_it_RFC_5321_3_5_3()
    {
        new Client("rfc5321").Expect(252, "VRFY jones");
        new Client("rfc821").Expect(550, "VRFY jones");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void EXPN_names_the_members_of_a_list_one_to_a_line_RFC_821_3_3(string profile)
    {
        var client = new Client(profile, new Site { Known = People });

        Assert.Equal(
            "250-Ann Jones <jones@b.example>\r\n250-<nameless@b.example>\r\n250 <guest@elsewhere.example>\r\n",
            client.Expect(250, "EXPN Staff")
        );
        client.Expect(550, "EXPN nobody");
        client.Expect(550, "EXPN anybody");
        client.Expect(550, $"EXPN {new string('x', 1000)}");
        new Client(profile).Expect(550, "EXPN staff");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void HELP_gives_each_command_as_the_specification_writes_it(string profile)
    {
        var client = new Client(profile);
        var commands = Generated
            .Table(profile)
            .Commands.Where(use => use.Command.Kind is InputKind.Line && use.Replies.Accepting.Any())
            .ToList();

        var lines = client.Expect(214, "HELP").Split("\r\n")[..^1].Select(line => line[4..]);
        Assert.Equal(["Commands:", .. commands.Select(use => use.Syntax)], lines);
        Assert.All(commands.Where(use => use.Command.Variant is null), use =>
            Assert.Equal($"214 {use.Syntax}\r\n", client.Expect(214, $"HELP {use.Command.Name.ToLowerInvariant()}"))
        );
        Assert.Equal(client.Expect(214, "HELP"), client.Expect(214, "HELP nothing like it"));
    }

    [Fact]
    public void EHLO_names_the_receiver_and_what_it_has_beyond_the_required_commands_RFC_5321_4_1_1_1()
    {
        var client = new Client("rfc5321", settings: new SessionSettings { HostName = "mx.example" });
        var lines = client.Expect(250, "EHLO client.example").Split("\r\n")[..^1];
        var required = Generated.Table("rfc5321").Commands.Where(use => use.Required).Select(use => use.Command.Name);

        Assert.Matches(new Regex("^250.mx\\.example$"), lines[0]);
        Assert.Equal(["EXPN", "HELP"], lines[1..].Select(line => line[4..]).Order());
        Assert.Empty(lines[1..].Select(line => line[4..]).Intersect(required));
        Assert.Equal("250 mx.example\r\n", client.Expect(250, "HELO client.example"));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Greeting_and_farewell_begin_with_the_receiver_s_name(string profile)
    {
        var client = new Client(profile, settings: new SessionSettings { HostName = "mx.example" });

        Assert.Matches("^220 mx\\.example .+\r\n$", client.Greeting);
        Assert.Matches("^221 mx\\.example .+\r\n$", client.Expect(221, "QUIT"));
    }
}
