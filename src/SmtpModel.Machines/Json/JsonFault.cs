using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>What is wrong with a JSON text, in words of our own: those of the library that reads it are for programmers.</summary>
internal static partial class JsonFault
{
    /// <summary>The place and what is wrong there, as <c>line 3, column 7: this is not JSON: 'x' cannot stand here</c>.</summary>
    /// <param name="text">The text that was read.</param>
    /// <param name="fault">What reading it ended with.</param>
    public static string Describe(string text, JsonException fault) => IsSyntax(fault) ? $"{Place(fault)}: {What(text, fault)}"
        : Missing().Match(fault.Message) is { Success: true } missing ? $"{fault.Path ?? "$"}: it has no {missing.Groups["names"].Value}"
        : $"{fault.Path ?? "$"}: another kind of value is needed there";

    /// <summary>The line and the column.</summary>
    public static string Place(JsonException fault) => $"line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}";

    /// <summary>What is wrong at the place.</summary>
    public static string What(string text, JsonException fault)
    {
        var line = text.ReplaceLineEndings("\n").Split('\n').ElementAtOrDefault((int)(fault.LineNumber ?? 0)) ?? "";
        var octets = Encoding.UTF8.GetBytes(line).AsSpan();
        var rest = Encoding.UTF8.GetString(octets[Math.Min(octets.Length, (int)(fault.BytePositionInLine ?? 0))..]).Trim();
        return text.Trim().Length == 0 ? "this is not JSON: there is nothing in it"
            : rest.Length == 0 ? "this is not JSON: it ends too early (a quote, } or ] may be missing)"
            : $"this is not JSON: '{(char.IsControl(rest[0]) ? $"\\u{(int)rest[0]:x4}" : rest[0])}' cannot stand here (a quote or a comma "
                + $"may be missing)";
    }

    // the one thing that only the library's words tell
    [GeneratedRegex(@"missing required properties[^:]*: (?<names>'[^.]+')")]
    private static partial Regex Missing();

    // what is JSON but not what was to be read is told by the converter, without one of the reader's faults
    private static bool IsSyntax(JsonException fault) => fault.GetType() != typeof(JsonException) || fault.InnerException is JsonException;
}
