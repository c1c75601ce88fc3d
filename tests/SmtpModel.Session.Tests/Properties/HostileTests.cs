using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>Whatever a client sends, nothing is thrown and memory stays bounded.</summary>
public class HostileTests
{
    private const int Endless = 16 * 1024 * 1024;

    [Theory, ClassData(typeof(EachProfile))]
    public void Random_octets_never_throw_and_are_answered_with_replies(string profile)
    {
        var random = new Random((int)SessionPropertyAttribute.Seed);
        var octets = new byte[8 * 1024];
        for (var round = 0; round < 200; round++)
        {
            random.NextBytes(octets);
            // a third of the rounds with many lines, a third within mail data
            for (var at = random.Next(40); round % 3 != 0 && at < octets.Length - 1; at += random.Next(2, 80))
            {
                "\r\n"u8.CopyTo(octets.AsSpan(at));
            }

            var client =
                round % 3 == 2 ? Client.GivingData(profile, Transcript.Settings) : new Client(profile, settings: Transcript.Settings);
            var said = client.Send(octets);
            Assert.Matches(@"\A([2-5][0-5][0-9][ -][ -~\t]*\r\n)*\z", said);
            Assert.InRange(client.Session.Message.DataBuffer.Capacity, 0, 2 * Transcript.Settings.MaxMessageSize);
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Commands_with_random_arguments_never_throw(string profile)
    {
        var random = new Random((int)SessionPropertyAttribute.Seed);
        var commands = Generated.Order(profile).Commands.ToArray().Where(verb => verb is not Verb.QUIT and not Verb.TURN).ToArray();
        var client = Client.Greeted(profile, new Site { Terminals = true }, Transcript.Settings);
        const string Letters = "<>@:,.\"\\[]=+-# \tabFROMTO:x1\0\r\n\u00ff";
        for (var round = 0; round < 20_000; round++)
        {
            var argument = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Letters[random.Next(Letters.Length)]));
            var start = random.Next(4) switch { 0 => " FROM:<", 1 => " TO:<a@", 2 => " ", _ => "" };
            client.Send($"{commands[random.Next(commands.Length)]}{start}{argument}\r\n");
            if (client.Session.IsReceivingData)
            {
                client.Send("\r\n.\r\n");
            }
        }

        client.Send("\r\n.\r\n");
        client.Expect(250, "NOOP");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_line_without_end_takes_no_memory(string profile)
    {
        var client = new Client(profile);

        // a thousandth of what comes: what the runtime itself takes on this thread the first time is no matter of the line
        Assert.InRange(Allocated(client.Session, new byte[64 * 1024], Endless), 0, Endless / 1024);
        Assert.Equal("500 Line too long\r\n", client.Send("\r\n"));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Data_without_end_takes_no_more_memory_than_a_message_may(string profile)
    {
        foreach (var piece in new[] { new byte[64 * 1024], Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("text\r\n", 10_000))) })
        {
            var client = Client.GivingData(profile, Transcript.Settings);

            // a buffer that grows to twice its size has had no more than four times the limit in all
            Assert.InRange(Allocated(client.Session, piece, Endless), 0, 4 * Transcript.Settings.MaxMessageSize);
            Assert.InRange(client.Session.Message.DataBuffer.Capacity, 0, 2 * Transcript.Settings.MaxMessageSize);
            Assert.Equal("552 Too much mail data\r\n", client.Send("\r\n.\r\n"));
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Recipients_without_end_take_no_more_memory_than_so_many_paths_may(string profile)
    {
        var client = Client.Greeted(profile, settings: Transcript.Settings);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"RCPT TO:<{new string('b', 60)}@b.example>\r\n", 100)));

        Assert.InRange(Allocated(client.Session, lines, 1024 * 1024), 0, 4 * 256 * Transcript.Settings.MaxRecipients);
        Assert.Equal(Transcript.Settings.MaxRecipients, client.Session.Message.RecipientCount);
    }

    // what the session allocates while it takes so many octets, its output sent and cleared all the time
    private static long Allocated(SmtpSession session, byte[] piece, int total)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var taken = 0; taken < total;)
        {
            for (var at = 0; at < piece.Length;)
            {
                at += session.Receive(piece.AsSpan(at));
                session.ClearOutput();
            }

            taken += piece.Length;
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
