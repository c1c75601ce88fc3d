using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace SmtpModel.Server;

/// <summary>How many octets follow a command line, as its argument says it.</summary>
internal static class BlockLength
{
    // a command line that is longer says nothing that counts
    private const int LongestArgument = 4096;

    /// <summary>The number that a pattern finds in an argument; 0 where it finds none, or more than can be counted. Allocates
    /// nothing.</summary>
    public static long Of(Regex pattern, ReadOnlySpan<byte> argument)
    {
        if (argument.Length > LongestArgument)
        {
            return 0;
        }

        Span<char> characters = stackalloc char[LongestArgument];
        _ = Encoding.Latin1.GetChars(argument, characters);
        foreach (var match in pattern.EnumerateMatches(characters[..argument.Length]))
        {
            var digits = argument.Slice(match.Index, match.Length);
            return Utf8Parser.TryParse(digits, out long length, out var used) && used == digits.Length && length > 0 ? length : 0;
        }

        return 0;
    }
}
