namespace SmtpModel.Watching;

/// <summary>The logs that can be read.</summary>
internal static class LogFormats
{
    // those that could be taken for another come behind it
    private static readonly Func<LogFormat>[] Makers =
    [
        () => new PostfixFormat(),
        () => new EximFormat(),
        () => new SmtplibFormat(),
        () => new FollowFormat(),
        () =>
            new MarkedFormat(
                "transcript",
                "people, MailKit's ProtocolLogger, nodemailer's logger: C: and S:",
                ["C: "],
                ["S: "],
                ["Connected to "],
                mayBePrefixed: true
            ),
        () =>
            new MarkedFormat(
                "swaks",
                "swaks: -> and <-",
                [" -> ", " ~> "],
                ["<-  ", "<~  ", "<** ", "<~* "],
                ["=== Trying", "=== Connected"]
            ),
        () => new MarkedFormat("msmtp", "msmtp --debug: --> and <--", ["--> "], ["<-- "], []),
        () =>
            new MarkedFormat(
                "arrows",
                "sendmail -v, s-nail -v, git send-email --smtp-debug: >>> and <<<",
                [">>> "],
                ["<<< "],
                [],
                mayBePrefixed: true
            ),
        () => new MarkedFormat("curl", "curl -v: > and <", ["> "], ["< "], ["* Connected to", "*   Trying"]),
        () => new DialogueFormat(),
    ];

    /// <summary>The names of all formats, each with what writes it.</summary>
    public static IReadOnlyList<(string Name, string Writers)> All { get; } =
    [.. Makers.Select(make => make()).Select(format => (format.Name, format.Writers))];

    /// <summary>A format by its name; null where there is none.</summary>
    public static LogFormat? Named(string name) => Makers.Select(make => make()).FirstOrDefault(format => format.Name == name);

    /// <summary>The format that most lines of a sample are in; null where there is none with at least two.</summary>
    public static LogFormat? Of(ReadOnlySpan<byte> sample)
    {
        LogFormat? best = null;
        var most = 1;
        foreach (var make in Makers)
        {
            var (format, count) = (make(), 0);
            var rest = sample;
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest[..end];
                rest = end < 0 ? [] : rest[(end + 1)..];
                count += format.Fits(line.TrimEnd((byte)'\r')) ? format.Weight : 0;
            }

            if (count > most)
            {
                (best, most) = (make(), count);
            }
        }

        return best;
    }
}
