using System.Globalization;
using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes octets from anywhere safe to print on a terminal and in a report.</summary>
public static class Printable
{
    /// <summary>The text with every character that is not printable ASCII as an escape, as <c>\x1B</c>.</summary>
    /// <param name="text">The text, one character for each octet.</param>
    /// <param name="most">How many characters of it are shown.</param>
    public static string Text(string text, int most = 200)
    {
        ArgumentNullException.ThrowIfNull(text);
        var safe = new StringBuilder(text.Length);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, most)))
        {
            _ = character switch
            {
                '\r' => safe.Append("\\r"),
                '\n' => safe.Append("\\n"),
                >= ' ' and <= '~' => safe.Append(character),
                _ => safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
            };
        }

        return text.Length > most ? safe.Append(CultureInfo.InvariantCulture, $"... ({text.Length} octets)").ToString() : safe.ToString();
    }
}
