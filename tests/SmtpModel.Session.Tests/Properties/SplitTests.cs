namespace SmtpModel.Session.Tests;

/// <summary>How the octets are cut on their way makes no difference.</summary>
public class SplitTests
{
    [SessionProperty]
    public void A_dialogue_fed_whole_octet_by_octet_and_in_any_pieces_is_the_same(Script script)
    {
        var octets = script.Octets;
        var whole = Transcript.Of(script.Profile, octets, octets.Length == 0 ? [] : [octets.Length]);

        Assert.Equal(whole, Transcript.Of(script.Profile, octets, Enumerable.Repeat(1, octets.Length)));
        Assert.Equal(whole, Transcript.Of(script.Profile, octets, script.Cuts()));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_whole_dialogue_cut_in_two_at_each_octet_is_the_same(string profile)
    {
        var octets = new Script(
            profile,
            [
                "JUMP\r\nHELO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n",
                "..x\r\n.\r\r\n\n.\n\r\n.\r\nNOOP\r\r\nNOOP\r\nQUIT\r\n",
            ],
            0
        ).Octets;
        var whole = Transcript.Of(profile, octets, [octets.Length]);

        Assert.Contains("[<a@a.example> <b@b.example> Mailbox .x\r\n\r\r\n\n.\n\r\n]", whole, StringComparison.Ordinal);
        Assert.EndsWith("Closed Ended 9 False 0 ", whole, StringComparison.Ordinal);
        for (var cut = 1; cut < octets.Length; cut++)
        {
            Assert.Equal(whole, Transcript.Of(profile, octets, [cut, octets.Length - cut]));
        }
    }
}
