using SmtpModel.Spec;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>The scenarios are made from the table, and the same ones each time.</summary>
public sealed class ScenarioCatalogueTests
{
    private static readonly IReadOnlyList<Scenario> All = ScenarioCatalogue.Of(TrialOptions.Standard);

    [Fact]
    public void Each_scenario_has_a_number_and_a_name_of_its_own_the_plain_one_first()
    {
        Assert.Equal(Enumerable.Range(1, All.Count), All.Select(one => one.Number));
        Assert.Equal(All.Count, All.Select(one => one.Id).Distinct().Count());
        Assert.True(All[0].IsPlain);
        Assert.Equal(All.Select(one => one.ToString()), ScenarioCatalogue.Of(TrialOptions.Standard).Select(one => one.ToString()));
    }

    [Fact]
    public void The_shortest_session_that_delivers_is_found_in_the_table()
    {
        Assert.Equal(
            ["connection", "EHLO", "MAIL", "RCPT", "DATA", "end-of-data", "QUIT"],
            PlainSession.Of(TrialOptions.Standard.Table).Select(place => place.Name)
        );
        Assert.Equal(
            ["connection", "HELO", "MAIL", "RCPT", "DATA", "end-of-data", "QUIT"],
            PlainSession.Of(Profiles.Rfc821.Table).Select(place => place.Name)
        );
        Assert.Equal(
            ["connection", "EHLO", "MAIL", "RCPT", "DATA", "end-of-data", "QUIT"],
            PlainSession.Of(Profiles.Composed("CHUNKING", "STARTTLS").Table).Select(place => place.Name)
        );
    }

    // of another row, other scenarios
    [Theory]
    [InlineData("rfc5321")]
    [InlineData("rfc821")]
    [InlineData("rfc5321+starttls")]
    [InlineData("lmtp")]
    public void Each_reply_that_the_table_has_where_a_client_comes_by_has_a_scenario(string name)
    {
        var profile = Profiles.Find(name)!;
        var scenarios = ScenarioCatalogue.Of(profile);
        foreach (var place in PlainSession.Of(profile.Table))
        {
            foreach (
                var code in PlainSession
                    .Codes(profile.Table, place)
                    .Where(code => code != profile.Table[place.Command].Replies.Accepting.First())
            )
            {
                Assert.Contains(scenarios, one =>
                    one.Answers.Any(answer => answer.When.Command == place.Command && answer.What.Code == code)
                );
            }

            Assert.Contains(scenarios, one => one.Id == $"close/{place.Name}/before");
            Assert.Contains(scenarios, one => one.Id == $"close/{place.Name}/behind");
        }
    }

    [Fact]
    public void What_secures_the_channel_is_refused_too_where_it_is_offered()
    {
        var more = ScenarioCatalogue
            .Of(Profiles.Composed("STARTTLS"))
            .Select(one => one.Id)
            .Except(ScenarioCatalogue.Of(Profiles.Rfc5321).Select(one => one.Id));
        Assert.Contains("reply/STARTTLS/454", more);
    }

    [Fact]
    public void Where_each_recipient_has_a_reply_of_its_own_they_differ()
    {
        static bool IsEach(Scenario one) => one.Id.StartsWith("each/", StringComparison.Ordinal);
        Assert.Equal(
            [
                "first-550", "first-450", "middle-550", "middle-450", "last-550", "last-450", "mixed", "rest-550", "rest-450", "rest-421",
                "rest-closed", "late",
            ],
            ScenarioCatalogue.Of(Profiles.Lmtp).Where(IsEach).Select(one => one.Id["each/end-of-data/".Length..])
        );
        Assert.DoesNotContain(All, IsEach);
    }

    // RFC 2034 4, RFC 2033 5
    [Fact]
    public void What_a_server_must_not_do_is_no_scenario()
    {
        var local = ScenarioCatalogue.Of(Profiles.Lmtp).Select(one => one.Id).ToList();
        Assert.Equal(["bare/DATA"], local.Where(id => id.StartsWith("bare/", StringComparison.Ordinal)));
        Assert.DoesNotContain(local, id => id.StartsWith("offer/nothing", StringComparison.Ordinal));
        Assert.Contains(All, one => one.Id == "bare/MAIL");
    }
}
