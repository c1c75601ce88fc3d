using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Reports;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel check</c>, and how <c>smtpmodel watch</c> begins and ends.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Right = "S: 220 mx.example.test\nC: EHLO client.example.test\nS: 250 mx.example.test\nC: QUIT\nS: 221 bye\n";
    private const string Wrong =
        "S: 220 mx.example.test\nC: EHLO client.example.test\nS: 250 mx.example.test\nC: MAIL FROM:<a@example.test>\nS: 250 ok\nC: MAIL "
            + "FROM:<a@example.test>\nS: 503 no\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recording_in_which_nothing_is_wrong_ends_well() =>
        (await Smtpmodel.RunAsync("check", File("right.log", Right)))
            .EndsWith(ExitCodes.Fine)
            .Says("1 session, 3 exchanges; client: 0 failed", "server: 0 failed");

    [Fact]
    public async Task Who_is_wrong_is_said_with_clause_and_octets_and_stands_in_each_report()
    {
        var run = await Smtpmodel.RunAsync(
            "check",
            File("wrong.log", Wrong),
            "--json",
            Place("out.json"),
            "--report",
            $"junit={Place("out.xml")},sarif={Place("out.sarif")},html={Place("out.html")}"
        );

        run.EndsWith(ExitCodes.Failure)
            .Says(
                "FAIL         client: MAIL was sent while a transaction is open (RFC 5321 4.1.4, K4, MUST)",
                "X MailGiven  C: MAIL FROM:<a@example.test>",
                "session 1, at 6"
            );
        var sides = JsonReport.Read(await System.IO.File.ReadAllTextAsync(Place("out.json"), TestContext.Current.CancellationToken));
        Assert.Equal([1, 0], sides.Select(side => side.Count(CaseVerdict.Fail)));
        Assert.StartsWith("client in ", sides[0].Target, StringComparison.Ordinal);
        Assert.Equal("1", XDocument.Load(Place("out.xml")).Root!.Attribute("failures")!.Value);
        Assert.Contains(
            "MAIL was sent while a transaction is open",
            await System.IO.File.ReadAllTextAsync(Place("out.sarif"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_not_strict_fails_only_where_that_is_asked_for()
    {
        var file = File("helo.log", Right.Replace("EHLO", "HELO", StringComparison.Ordinal));
        (await Smtpmodel.RunAsync("check", file)).EndsWith(ExitCodes.Fine).Says("NON-STRICT   client: the session begins with HELO");
        (await Smtpmodel.RunAsync("check", file, "--strict")).EndsWith(ExitCodes.Failure);
    }

    [Fact]
    public async Task A_compressed_recording_is_judged_as_the_file_in_it()
    {
        var packed = Packed(Wrong);
        System.IO.File.WriteAllBytes(Place("wrong.log.gz"), packed);
        (await Smtpmodel.RunAsync("check", Place("wrong.log.gz"))).EndsWith(ExitCodes.Failure).Says("1 session", "K4, MUST");
    }

    [Fact]
    public async Task A_compressed_recording_that_is_damaged_is_read_as_far_as_it_goes()
    {
        // many lines that are not alike, and a byte in the middle of the second half that is another
        var text = string.Concat(
            Enumerable.Range(0, 2000).Select(at => Right.Replace("client", $"c{at * 7919}", StringComparison.Ordinal))
        );
        var packed = Packed(text);
        packed.AsSpan(packed.Length / 2, 64).Fill(0xFF);
        System.IO.File.WriteAllBytes(Place("damaged.log.gz"), packed);
        (await Smtpmodel.RunAsync("check", Place("damaged.log.gz")))
            .Says("it is compressed, and damaged behind", "they were read", "sessions");

        packed.AsSpan(10).Fill(0xFF);
        System.IO.File.WriteAllBytes(Place("damaged.log.gz"), packed);
        (await Smtpmodel.RunAsync("check", Place("damaged.log.gz"))).EndsWith(ExitCodes.Usage).Says("nothing that can be unpacked");

        System.IO.File.WriteAllBytes(Place("damaged.log.gz"), packed[..12]);
        (await Smtpmodel.RunAsync("check", Place("damaged.log.gz"))).EndsWith(ExitCodes.Usage).Says("nothing that can be unpacked");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("what nobody said\nto nobody\n", "it is no capture and no log that is known")]
    public async Task What_is_no_recording_is_refused_with_what_to_do(string text, string said) =>
        (await Smtpmodel.RunAsync("check", File("other.log", text))).EndsWith(ExitCodes.Usage).Says(said);

    [Fact]
    public async Task A_file_that_is_not_there_is_said_not_to_be() =>
        (await Smtpmodel.RunAsync("check", Place("none.pcap"))).EndsWith(ExitCodes.Usage).Says("there is no such file");

    [Fact]
    public async Task A_recording_without_an_exchange_has_no_verdict() =>
        (await Smtpmodel.RunAsync("check", File("nothing.log", "C: EHLO client.example.test\n"), "--format", "transcript"))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("0 exchanges");

    [Theory]
    [InlineData("--to", "nobody:0", "is not a server")]
    [InlineData("--listen", "nowhere", "not an address and a port")]
    public async Task What_cannot_be_watched_is_refused(string option, string value, string said) =>
        (await Smtpmodel.RunAsync(["watch", option, value, .. option == "--to" ? Array.Empty<string>() : ["--to", "127.0.0.1:25"]]))
            .EndsWith(ExitCodes.Usage)
            .Says(said);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest))
        {
            writer.Write(Encoding.Latin1.GetBytes(text));
        }

        return packed.ToArray();
    }

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(Place(name), text);
        return Place(name);
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);
}
