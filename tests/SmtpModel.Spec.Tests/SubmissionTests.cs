using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests;

/// <summary>What RFC 6409 adds to RFC 5321, and what is noted of its successor.</summary>
public class SubmissionTests
{
    private static readonly Profile WithLogin = Profiles.Extended(Profiles.Submission, ["AUTH"]);

    [Fact]
    public void RFC_6409_4_3_no_transaction_begins_before_a_login()
    {
        var table = WithLogin.Table;

        Assert.Equal([530, 503], table.OutOfOrder(Named(table, "Ready"), MAIL)!.Codes);
        Assert.Equal(MAIL / 250, table.From(Named(table, "ReadyAuthenticated"), MAIL).First(edge => edge.Exchange.IsAccepted).Exchange);
        Assert.DoesNotContain(table.States, state => state.Name == "MailGiven");
    }

    [Fact]
    public void Its_property_holds_and_fails_where_the_line_is_not_there()
    {
        var without = Profiles.Composed("AUTH").With("open", "open to strangers", new ProfilePart(static _ => { }, static _ => { }));

        Assert.Equal(PropertyVerdict.Holds, Verdict(WithLogin));
        Assert.Equal(PropertyVerdict.Violated, Verdict(without));

        static PropertyVerdict Verdict(Profile profile) =>
            Verifier
                .Verify(profile, Rfc6409.Part.Properties)
                .Properties.Single(result => result.Property.Name == "mail-behind-a-login")
                .Verdict;
    }

    [Fact]
    public void The_profile_is_sound_bare_and_as_it_is_served_with_TLS_AUTH_and_what_every_such_server_should_have()
    {
        Assert.Empty(SoundnessCheck.Run(Profiles.Submission));
        Assert.Equal(
            ["8BITMIME", "AUTH", "DSN", "ENHANCEDSTATUSCODES", "PIPELINING", "STARTTLS"],
            Profiles.Served(Profiles.Submission).Extensions.Select(extension => extension.Keyword));
        Assert.Same(Profiles.Rfc5321, Profiles.Served(Profiles.Rfc5321));
        Assert.Same(Profiles.Submission, Profiles.Find("submission"));
        Assert.Same(Profiles.Submission, Profiles.BaseOf(WithLogin));
    }

    [Fact]
    public void Each_note_on_the_successor_is_on_a_rule_of_RFC_5321_and_on_no_other()
    {
        List<Rule> rules = [.. Profiles.Rfc5321.Table.Rules, Rfc5321Arguments.Route, Rfc5321Arguments.Quoted];

        Assert.All(Successor.Noted, id => Assert.NotNull(Successor.NoteOn(rules.Single(rule => rule.Id == id))));
        Assert.Null(Successor.NoteOn(rules.Single(rule => rule.Id == "O1")));
        Assert.All(Profiles.Rfc821.Table.Rules, rule => Assert.Null(Successor.NoteOn(rule)));
    }

    private static State Named(TransitionTable table, string name) => table.States.Single(state => state.Name == name);
}
