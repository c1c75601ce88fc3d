using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>
/// A session that has warmed up allocates nothing. Alone: a regular expression that two threads use at the same moment makes a second
/// copy of what it works with.
/// </summary>
[Collection("Alone")]
public class AllocationTests
{
    private const string Round =
        "HELO client.example\r\nMAIL FROM:<sender@client.example>\r\nRCPT TO:<one@b.example>\r\nRCPT TO:<@r.example:two@c.example>\r\n"
            + "RCPT TO:<three@d.example>\r\n"
        + "RCPT TO:<four@refused.example>\r\nRCPT TO:<five>\r\nMAIL FROM:<again@a.example>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\ntext\r\n"
        + ".\r\n"
        + "MAIL FROM:<>\r\nRSET\r\nNOOP\r\nVRFY smith\r\nVRFY jones\r\nVRFY <jones@b.example>\r\nVRFY nobody\r\nEXPN staff\r\nEXPN "
        + "nothing\r\nHELP\r\nHELP MAIL\r\n"
        + "JUMP over\r\nDATA\r\nRCPT TO:<b@b.example>\r\nTURN\r\nSEND FROM:<a@a.example>\r\nMAIL nonsense\r\n\r\nVRFY\r\nno\u00ffop\r\n"
        + "noop\r\n";

    [Theory, ClassData(typeof(EachProfile))]
    public void A_round_of_everything_allocates_nothing(string profile) => Measure(profile, int.MaxValue, "");

    [Theory, ClassData(typeof(EachProfile))]
    public void A_round_that_comes_in_pieces_allocates_nothing(string profile) => Measure(profile, 7, "");

    [Theory, ClassData(typeof(EachProfile))]
    public void A_line_that_is_too_long_allocates_nothing(string profile) => Measure(profile, 1000, new string('x', 5000) + "\r\n");

    [Fact]
    public void EHLO_and_parameters_allocate_nothing() =>
        Measure("rfc5321", int.MaxValue, "EHLO [IPv6:2001:db8::1]\r\nMAIL FROM:<a@a.example> SIZE=1\r\nNOOP x\r\nRSET\r\n");

    [Theory, InlineData(int.MaxValue), InlineData(7)]
    public void Blocks_allocate_nothing_taken_or_thrown_away(int piece) => Measure("rfc5321+chunking", piece,
        "BDAT 6\r\nQUIT\r\nEHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nBDAT 4\r\n\r\n.\r"
        + "BDAT 1\r\n\nRSET\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nBDAT 4 LAST\r\ntextBDAT 4 LAST\r\ntextBDAT x\r\n");

    [CollectionDefinition("Alone", DisableParallelization = true)]
    public sealed class Alone;

    private static void Measure(string profile, int piece, string more)
    {
        var octets = Encoding.Latin1.GetBytes(Generated.Greeted(profile, more + Round));
        var site = new Site
        {
            Known = new SiteDirectory(
                [new("jones@b.example", "Ann Jones"), new("smith@b.example", "Bob Smith"), new("smith@c.example", "Carol Smith")],
                [new("staff", ["jones@b.example"])]
            ),
        };
        var session = Generated.Session(profile, new SessionSettings(), site);
        session.Open();
        session.ClearOutput();
        long length = 0;
        for (var round = 0; round < 300; round++)
        {
            length = Play(session, octets, piece);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 300; round++)
        {
            Play(session, octets, piece);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        // it has answered all of it
        Assert.True(length > 30 * 6, $"{length} octets of replies");
        Assert.Equal(0, session.Exchanges % 600);
        Assert.Equal(SessionStatus.Receiving, session.Status);
    }

    // how many octets were answered
    private static long Play(SmtpSession session, byte[] octets, int piece)
    {
        long said = 0;
        for (var at = 0; at < octets.Length;)
        {
            at += session.Receive(octets.AsSpan(at, Math.Min(piece, octets.Length - at)));
            while (session.Status is SessionStatus.Delivering)
            {
                session.CompleteDelivery(Decision.Accept);
            }

            said += session.Output.Length;
            session.ClearOutput();
        }

        return said;
    }
}
