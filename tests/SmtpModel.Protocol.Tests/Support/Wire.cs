using System.Globalization;
using System.Text;

namespace SmtpModel.Protocol.Tests;

public static class Wire
{
    // one character, one octet, so that tables can hold NUL and octets over 127
    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    public static string Show(ReadOnlySpan<byte> octets)
    {
        var shown = new StringBuilder();
        foreach (byte octet in octets)
        {
            shown.Append(octet switch
            {
                (byte)'\r' => "\\r",
                (byte)'\n' => "\\n",
                (byte)'\\' => "\\\\",
                >= 32 and < 127 => ((char)octet).ToString(),
                _ => octet.ToString("'\\x'X2", CultureInfo.InvariantCulture),
            });
        }
        return shown.ToString();
    }

    // octets over the end would be read as a fault of the parser: the span stands in the middle of a poisoned array
    public static ReadOnlySpan<byte> Fenced(ReadOnlySpan<byte> octets, byte poison)
    {
        var fenced = new byte[octets.Length + 128];
        Array.Fill(fenced, poison);
        octets.CopyTo(fenced.AsSpan(64));
        return fenced.AsSpan(64, octets.Length);
    }
}
