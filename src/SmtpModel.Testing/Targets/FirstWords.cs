namespace SmtpModel.Testing.Engine;

/// <summary>
/// Finds out, on the first connection whose greeting is none, whether an SMTP server is behind the port at all. A server that
/// waits for the client to speak first, as for HTTP or TLS, is sent a line that no protocol has: SMTP answers it with a code.
/// </summary>
internal static class FirstWords
{
    internal const int ShownOctets = 120;

    // an HTTP server wants the empty line; SMTP refuses two lines
    private static readonly byte[] NoCommand = "?\r\n\r\n"u8.ToArray();

    // whoever is there has been waited for already
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Says what is behind the port where it is no SMTP server; null where it may be one.</summary>
    /// <param name="session">A session whose greeting is no reply; of no use afterwards.</param>
    /// <param name="waited">How long the greeting was waited for.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<string?> DescribeAsync(TcpSession session, TimeSpan waited, CancellationToken cancellation)
    {
        if (Protocol(session.Heard) is not null)
        {
            return Quote(session);
        }

        var before = session.Heard.Length;
        await session.WriteAsync(NoCommand, cancellation);
        var patience = waited / 6 < Moment ? waited / 6 : Moment;
        var answer = await session.ReadAsync(patience, cancellation);
        return answer.Kind is ObservationKind.Reply && IsCode(session.Heard[before..]) ? null
            : session.Heard.Length > 0 ? Quote(session)
            : $"says nothing within {waited.TotalSeconds:0.#} "
                + $"s{(answer.Kind is ObservationKind.Closed ? ", and closes when it is spoken to" : ", nor when it is spoken to")}"
                + "; is it an SMTP server, does it serve this address, and is it not one that waits for TLS (--tls implicit)?";
    }

    private static bool IsCode(string said) =>
        said.Length >= 3 && said[0] is >= '2' and <= '5' && char.IsAsciiDigit(said[1]) && char.IsAsciiDigit(said[2]);

    private static string Quote(TcpSession session)
    {
        var said = session.Heard;
        var line = said.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? said[..(end + 1)] : said;
        var what = Protocol(said) is { } protocol ? $"speaks {protocol} and not SMTP" : "says what no SMTP server says";
        return $"{what}: {Printable.Text(line, ShownOctets)}; "
            + $"{(IsTls(said) ? "--tls implicit speaks it" : "give the port of an SMTP server")}";
    }

    // a protocol that is known by its first words
    private static string? Protocol(string said) => said switch
    {
        _ when said.StartsWith("SSH-", StringComparison.Ordinal) => "SSH",
        _ when said.StartsWith("HTTP/", StringComparison.Ordinal) || said.TrimStart().StartsWith("<!", StringComparison.Ordinal) => "HTTP",
        _ when said.StartsWith("+OK", StringComparison.Ordinal) => "POP3",
        _ when said.StartsWith("* OK", StringComparison.Ordinal) => "IMAP",
        _ when IsTls(said) => "TLS from the first octet",
        _ => null,
    };

    // RFC 8446 5.1: a record of an alert or a handshake
    private static bool IsTls(string said) => said is ['\x15' or '\x16', '\x03', ..];
}
