namespace SmtpModel.Protocol.Tests;

// Runs the decoder over input cut into pieces, as a connection would hand it over.
public sealed record Decoding(
    string Stored,
    int Consumed,
    bool Ended,
    bool LineTooLong,
    bool TooLarge,
    bool BareCr,
    bool BareLf,
    long Size
)
{
    public const int RoomyLine = 1000;
    public const long RoomySize = 1 << 20;

    public static Decoding Of(ReadOnlySpan<byte> input, int[] cuts, int maxLine = RoomyLine, long maxSize = RoomySize)
    {
        var decoder = new MailDataDecoder(maxLine, maxSize);
        var output = new ByteBuffer();
        int consumed = 0;
        int start = 0;
        foreach (int end in (IEnumerable<int>)[.. cuts, input.Length])
        {
            consumed += decoder.Decode(Wire.Fenced(input[start..end], (byte)'\n'), output);
            start = end;
        }
        return new Decoding(
            Wire.Text(output.WrittenSpan), consumed, decoder.Ended, decoder.LineTooLong, decoder.TooLarge,
            decoder.BareCr, decoder.BareLf, decoder.Size);
    }

    public static Decoding OfWhole(ReadOnlySpan<byte> input, int maxLine = RoomyLine, long maxSize = RoomySize) =>
        Of(input, [], maxLine, maxSize);

    public static Decoding OfEachOctet(ReadOnlySpan<byte> input, int maxLine = RoomyLine, long maxSize = RoomySize) =>
        Of(input, [.. Enumerable.Range(0, input.Length)], maxLine, maxSize);

    public static Decoding OfReference(ReadOnlySpan<byte> input, int maxLine = RoomyLine, long maxSize = RoomySize)
    {
        var reference = new ReferenceDecoder(input, maxLine, maxSize);
        return new Decoding(
            Wire.Text(reference.Stored), reference.Consumed, reference.Ended, reference.LineTooLong, reference.TooLarge,
            reference.BareCr, reference.BareLf, reference.Size);
    }
}
