namespace SmtpModel.Testing.Tests.Wire;

/// <summary>Servers that offer CHUNKING and do not keep to it.</summary>
internal static class BlockFaults
{
    public static IReadOnlyList<WireFault> All() =>
        [
            new("BDAT-that-is-refused-takes-its-block", "Takes the block behind a BDAT that it refuses for commands.")
            {
                Command = line => IsChunk(line) ? "BDAT x" : line,
            },
            new("BDAT-octet-by-octet", "Takes what one read brings for the whole block.")
            {
                Chunk = (text, isData) => isData && text.Length == 1 ? text.PadRight(64, 'x') : text,
            },
            new("BDAT-without-a-number", "Takes a size that is no number for none.")
            {
                Command = line => IsChunk(line) && !line.Any(char.IsAsciiDigit) ? new WireFault.Line(null, "250 OK\r\n") : line,
            },
            new("BDAT-behind-the-last-chunk", "Says 554 to a BDAT behind the last chunk.")
            {
                Reply = reply => reply.Replace("503", "554", StringComparison.Ordinal),
            },
            new("RSET-drops-the-chunks", "Keeps the chunks behind RSET.")
            {
                Command = line => line == "RSET" ? new WireFault.Line(null, "250 OK\r\n") : line,
            },
            new("DATA-is-served-where-chunks-are", "Has no DATA.")
            {
                Command = line => line == "DATA" ? new WireFault.Line(null, "502 Use BDAT\r\n") : line,
            },
            new("chunks-in-one-packet", "Loses what stands in a packet behind a chunk.")
            {
                Chunk = (text, _) => text.LastIndexOf("BDAT", StringComparison.Ordinal) is var second and > 0 ? text[..second] : text,
            },
            new("refused-chunks-in-one-packet", "Takes the block behind the second BDAT that it refuses for commands.")
            {
                Chunk = (text, _) =>
                    text.LastIndexOf("BDAT", StringComparison.Ordinal) is var second and > 0
                        ? text[..second] + "BDAT x" + text[text.IndexOf('\r', second)..]
                        : text,
            },
        ];

    private static bool IsChunk(string line) => line.StartsWith("BDAT", StringComparison.Ordinal);
}
