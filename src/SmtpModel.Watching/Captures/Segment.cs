using System.Buffers.Binary;
using System.Net;

namespace SmtpModel.Watching;

/// <summary>One end of a connection.</summary>
internal readonly record struct EndOf(UInt128 Address, bool IsV6, ushort Port)
{
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Address);
        return new IPEndPoint(new IPAddress(IsV6 ? octets : octets[12..]), Port).ToString();
    }
}

/// <summary>A TCP segment of a packet.</summary>
internal readonly ref struct Segment
{
    private const byte Tcp = 6;

    private Segment(EndOf from, EndOf to, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, bool isShort)
    {
        (From, To, IsShort) = (from, to, isShort);
        Payload = payload;
        (Sequence, Acknowledged, Flags) = (
            BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(header[8..]),
            header[13]
        );
    }

    public EndOf From { get; }

    public EndOf To { get; }

    public uint Sequence { get; }

    public uint Acknowledged { get; }

    public byte Flags { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Whether the capture kept less of the packet than there was.</summary>
    public bool IsShort { get; }

    public bool IsFin => (Flags & 1) != 0;

    public bool IsSyn => (Flags & 2) != 0;

    public bool IsReset => (Flags & 4) != 0;

    public bool HasAck => (Flags & 16) != 0;

    /// <summary>The segment of a packet; false where the packet is something else, or is damaged.</summary>
    /// <param name="link">The link layer, as pcap numbers it.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="segment">The segment.</param>
    public static bool TryRead(int link, ReadOnlySpan<byte> packet, out Segment segment)
    {
        segment = default;
        var ip = Network(link, packet);
        return ip.Length >= 20 && ((ip[0] >> 4) switch
        {
            4 => V4(ip, ref segment),
            6 => V6(ip, ref segment),
            _ => false,
        });
    }

    private static ReadOnlySpan<byte> Network(int link, ReadOnlySpan<byte> packet)
    {
        switch (link)
        {
            case 1:
                var at = 12;
                while (packet.Length >= at + 6 && BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) is 0x8100 or 0x88A8 or 0x9100)
                {
                    at += 4;
                }

                return packet.Length < at + 2 ? [] : BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) switch
                {
                    0x0800 or 0x86DD => packet[(at + 2)..],
                    0x8864 => OfPoint(packet[(at + 2)..]),
                    _ => [],
                };
            case 0 or 108:
                return packet.Length > 4 ? packet[4..] : [];
            case 12 or 14 or 101 or 228 or 229:
                return packet;
            case 113:
                return packet.Length > 16 ? packet[16..] : [];
            case 276:
                return packet.Length > 20 ? packet[20..] : [];
            default:
                return [];
        }
    }

    // PPP over Ethernet: six octets of RFC 2516, then the protocol, IPv4 or IPv6
    private static ReadOnlySpan<byte> OfPoint(ReadOnlySpan<byte> session) =>
        session.Length >= 8 && BinaryPrimitives.ReadUInt16BigEndian(session[6..]) is 0x0021 or 0x0057 ? session[8..] : [];

    private static bool V4(ReadOnlySpan<byte> ip, ref Segment segment)
    {
        var (header, total) = ((ip[0] & 15) * 4, (int)BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));

        // 0 is what is captured where the card cuts packets itself; a fragment behind the first has no ports
        total = total == 0 ? ip.Length : total;
        return header >= 20
            && ip.Length >= header
            && total >= header
            && ip[9] == Tcp
            && (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x1FFF) == 0
            && Take(
                ip[header..Math.Min(total, ip.Length)],
                total > ip.Length || (ip[6] & 0x20) != 0,
                BinaryPrimitives.ReadUInt32BigEndian(ip[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(ip[16..]),
                false,
                ref segment
            );
    }

    private static bool V6(ReadOnlySpan<byte> ip, ref Segment segment)
    {
        if (ip.Length < 40)
        {
            return false;
        }

        var (next, at, total) = (ip[6], 40, 40 + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        total = total == 40 ? ip.Length : total;
        while (next is 0 or 43 or 60 && ip.Length >= at + 8)
        {
            (next, at) = (ip[at], at + ((ip[at + 1] + 1) * 8));
        }

        return next == Tcp
            && ip.Length > at
            && total > at
            && Take(
                ip[at..Math.Min(total, ip.Length)],
                total > ip.Length,
                BinaryPrimitives.ReadUInt128BigEndian(ip[8..]),
                BinaryPrimitives.ReadUInt128BigEndian(ip[24..]),
                true,
                ref segment
            );
    }

    private static bool Take(ReadOnlySpan<byte> tcp, bool isShort, UInt128 from, UInt128 to, bool isV6, ref Segment segment)
    {
        if (tcp.Length < 20)
        {
            return false;
        }

        var header = (tcp[12] >> 4) * 4;
        if (header < 20 || header > tcp.Length)
        {
            return false;
        }

        segment = new Segment(
            new EndOf(from, isV6, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            new EndOf(to, isV6, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            tcp[..20],
            tcp[header..],
            isShort
        );
        return true;
    }
}
