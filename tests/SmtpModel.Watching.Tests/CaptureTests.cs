namespace SmtpModel.Watching.Tests;

/// <summary>Captures as networks make them.</summary>
public sealed class CaptureTests
{
    private const string Faulty =
        "S: 220 mx\nC: EHLO c.example\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\nC: MAIL FROM:<a@b.example>\nS: 503 no\nC: QUIT\n"
            + "S: 221 bye\nS closes\nC closes\n";

    [Fact]
    public void A_fault_is_found_in_a_capture() => Assert.Equal(["Client K4"], Blamed(Wires.Of(Faulty)));

    [Fact]
    public void A_fault_is_found_inside_PPP_over_Ethernet() =>
        Assert.Equal(["Client K4"], Blamed(Wires.Of(Faulty, packets => packets.Select(OverPpp))));

    [Fact]
    public void What_came_in_fragments_of_IP_is_missing_and_not_judged()
    {
        var log = Log(Wires.Of(Faulty, packets => packets.Select((packet, at) => at == 5 ? Fragmented(packet) : packet)));
        Assert.Empty(log.All);
        Assert.Contains(log.Unjudged, pair => pair.Key.StartsWith("octets are missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Doubled_segments_count_once() =>
        Assert.Equal(["Client K4"], Blamed(Wires.Of(Faulty, packets => packets.SelectMany(packet => new[] { packet, packet }))));

    [Fact]
    public void Segments_of_a_side_that_changed_places_are_put_back() =>
        Assert.Equal(
            ["Client K12"],
            Blamed(
                Wires.Of("S: 220 mx\nC: EHLO c.example\nS: 250 mx\nC: NOOP\nC: RSET\nS: 250 ok\nS: 250 ok\n", packets =>
                    [.. packets[..5], packets[6], packets[5], .. packets[7..]]
                )
            )
        );

    [Fact]
    public void Behind_a_lost_segment_nothing_is_blamed_until_the_session_is_known_again()
    {
        var log = Log(Wires.Of(Faulty, packets => packets.Where((_, at) => at != 5)));
        Assert.Empty(log.All);
        Assert.Contains(log.Unjudged, pair => pair.Key.StartsWith("octets are missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_capture_that_begins_in_the_middle_is_judged_when_it_is_known_where_it_is() =>
        Assert.Equal(
            ["Client K4"],
            Blamed(
                Wires.Of(
                    "C: NOOP\nS: 250 ok\nC: RSET\nS: 250 ok\nC: MAIL FROM:<a@b.example>\nS: 250 ok\nC: MAIL FROM:<a@b.example>\nS: 503 "
                        + "no\n",
                    hasStart: false
                )
            )
        );

    [Fact]
    public void A_capture_that_is_cut_is_read_as_far_as_it_goes()
    {
        var capture = Wires.Of(Faulty);
        var log = new BlameLog();
        var notes = Recording.Follow(new MemoryStream(capture[..^200]), "cut", log, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("ends in the middle of packet", notes[1], StringComparison.Ordinal);
        Assert.Equal(["Client K4"], log.All.Select(one => $"{one.Side} {one.Rule.Id}"));
    }

    [Fact]
    public void However_a_capture_is_cut_nobody_else_is_blamed()
    {
        var capture = Wires.Of(Faulty);
        for (var length = 1; length < capture.Length; length++)
        {
            var log = new BlameLog();
            if (length >= 4)
            {
                _ = Recording.Follow(new MemoryStream(capture[..length]), "cut", log, cancellation: TestContext.Current.CancellationToken);
            }

            Assert.All(log.All, one => Assert.Equal("K4", one.Rule.Id));
        }
    }

    [Theory]
    [InlineData("S: SSH-2.0-OpenSSH_9.2\nC: SSH-2.0-other\n")]
    [InlineData("S: +OK ready\nC: USER a\nS: +OK\n")]
    [InlineData("S: 220 FTP ready\nC: USER a\nS: 331 password\nC: PASS b\nS: 230 in\n")]
    [InlineData("C: GET / HTTP/1.1\nS: HTTP/1.1 200 OK\n")]
    [InlineData("C: \u0016\u0003\u0001\nS: \u0016\u0003\u0003\n")]
    public void Other_protocols_on_the_port_are_not_judged(string session)
    {
        var log = Log(Wires.Of(session));
        Assert.Empty(log.All);
        Assert.Equal((0, 1), (log.Sessions, log.Unjudged.Count));
    }

    [Theory]
    // the same packets: made where the client had not received the refusal when it sent DATA, and where it had
    [InlineData("C: DATA\nS: 250 ok\nS: 550 no\nS: 554 no\n", true, "")]
    [InlineData("S: 250 ok\nS: 550 no\nC: DATA\nS: 554 no\n", false, "Client K6")]
    public void What_a_client_had_received_decides_what_it_knew(string rest, bool isAtServer, string blamed) =>
        Assert.Equal(
            blamed,
            string.Concat(
                Blamed(
                    Wires.Of(
                        "S: 220 mx\nC: EHLO c.example\nS: 250-mx\nS: 250 PIPELINING\nC: MAIL FROM:<a@b.example>\nC: RCPT "
                            + "TO:<a@b.example>\n"
                            + rest,
                        packets => isAtServer ? [.. packets[..8], packets[9], packets[10], packets[8], packets[11]] : packets
                    )
                )
            )
        );

    [Fact]
    public void A_client_that_closes_without_QUIT_is_blamed_and_one_that_is_cut_off_is_not() =>
        Assert.Equal(["Client K8"], Blamed(Wires.Of("S: 220 mx\nC: EHLO c.example\nS: 250 mx\nC closes\nS closes\n")));

    // RFC 2516: version and type 1, a session, its length; then the protocol IPv4 of PPP
    private static byte[] OverPpp(byte[] packet)
    {
        var length = packet.Length - 12;
        return [.. packet[..12], 0x88, 0x64, 0x11, 0, 0, 1, (byte)(length >> 8), (byte)length, 0, 0x21, .. packet[14..]];
    }

    // the bit that says more fragments come
    private static byte[] Fragmented(byte[] packet)
    {
        packet[14 + 6] |= 0x20;
        return packet;
    }

    private static BlameLog Log(byte[] capture)
    {
        var log = new BlameLog();
        _ = Recording.Follow(new MemoryStream(capture), "capture", log);
        return log;
    }

    private static string[] Blamed(byte[] capture) => [.. Log(capture).All.Select(one => $"{one.Side} {one.Rule.Id}")];
}
