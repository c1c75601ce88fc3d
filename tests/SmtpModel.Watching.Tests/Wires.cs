using System.Buffers.Binary;
using System.Text;

namespace SmtpModel.Watching.Tests;

/// <summary>Writes captures of one connection, segment by segment, in whatever order.</summary>
internal sealed class Wires
{
    private readonly List<byte> _file = [];
    private readonly uint[] _next = [1000, 5000];

    /// <summary>An empty capture.</summary>
    public Wires()
    {
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(head[20..], 1);
        _file.AddRange(head);
    }

    public ushort ServerPort { get; init; } = 25;

    public byte[] Octets => [.. _file];

    /// <summary>A capture of a session, a segment for each line; what is done to the segments on the way is up to the caller.</summary>
    public static byte[] Of(string session, Func<List<byte[]>, IEnumerable<byte[]>>? change = null, ushort port = 25, bool hasStart = true)
    {
        var wires = new Wires { ServerPort = port };
        List<byte[]> packets = hasStart ? [wires.Packet(Side.Client, "", 2, hasAck: false), wires.Packet(Side.Server, "", 2)] : [];
        foreach (var line in session.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            packets.Add(
                line switch
                {
                    "C closes" => wires.Packet(Side.Client, "", 1),
                    "S closes" => wires.Packet(Side.Server, "", 1),
                    _ => wires.Packet(
                        line[0] == 'C' ? Side.Client : Side.Server,
                        line[3..].Replace("\\n", "\n", StringComparison.Ordinal) + "\r\n"
                    ),
                }
            );
        }

        foreach (var packet in change?.Invoke(packets) ?? packets)
        {
            wires.Write(packet);
        }

        return wires.Octets;
    }

    public void Write(byte[] packet)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], packet.Length);
        _file.AddRange(head);
        _file.AddRange(packet);
    }

    private byte[] Packet(Side side, string text, byte flags = 0, bool hasAck = true)
    {
        var (from, to) = ((int)side, 1 - (int)side);
        var payload = Encoding.Latin1.GetBytes(text);
        var packet = new byte[14 + 20 + 20 + payload.Length];
        packet[12] = 8;
        var ip = packet.AsSpan(14);
        (ip[0], ip[8], ip[9]) = (0x45, 64, 6);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(ip.Length));
        (ip[12], ip[15], ip[16], ip[19]) = (127, (byte)(from + 1), 127, (byte)(to + 1));
        var tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, side is Side.Client ? (ushort)40000 : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], side is Side.Client ? ServerPort : (ushort)40000);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], _next[from]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], hasAck ? _next[to] : 0);
        (tcp[12], tcp[13]) = (0x50, (byte)(flags | (hasAck ? 16 : 0)));
        payload.CopyTo(tcp[20..]);
        _next[from] += (uint)payload.Length + (flags != 0 ? 1u : 0);
        return packet;
    }
}
