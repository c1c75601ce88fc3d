using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>Finds the fields of a message's header section as octets, lines ended by LF or CRLF. Nothing is decoded.</summary>
internal static class HeaderFields
{
    /// <summary>The fields, each with its folded lines and line ends, and where what follows them begins: at the empty line, where there
    /// is one.</summary>
    /// <param name="message">The octets of the message.</param>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Fields, int End) Split(ReadOnlySpan<byte> message)
    {
        List<(int Start, int End)> places = [];
        var at = 0;
        while (at < message.Length)
        {
            var rest = message[at..];
            var end = rest.IndexOf((byte)'\n') is >= 0 and var found ? at + found + 1 : message.Length;
            if (places.Count > 0 && rest[0] is (byte)' ' or (byte)'\t')
            {
                places[^1] = (places[^1].Start, end);
            }
            else if (NameLength(rest) > 0)
            {
                places.Add((at, end));
            }
            else
            {
                break;
            }

            at = end;
        }

        var octets = message[..at].ToArray();
        return ([.. places.Select(place => (ReadOnlyMemory<byte>)octets.AsMemory(place.Start..place.End))], at);
    }

    /// <summary>Whether a field has a name, in either case.</summary>
    public static bool Is(ReadOnlySpan<byte> field, string name) =>
        NameLength(field) == name.Length
        && Encoding.Latin1.GetString(field[..name.Length]).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a field.</summary>
    public static string Name(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field[..NameLength(field)]);

    // printable characters up to the colon (RFC 5322 2.2); 0 where it is no field
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return 0;
        }

        foreach (var octet in line[..colon])
        {
            if (octet is <= 32 or >= 127)
            {
                return 0;
            }
        }

        return colon;
    }
}
