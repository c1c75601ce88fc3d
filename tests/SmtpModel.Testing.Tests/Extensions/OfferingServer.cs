using System.Globalization;
using System.Text.RegularExpressions;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Extensions;

/// <summary>
/// The small server of the tests with parameters of extensions, written by hand from their texts: what it knows of them is no echo of the
/// specification's patterns.
/// </summary>
internal static partial class OfferingServer
{
    // the bounds that the lines below list
    private const int LeastSeconds = 240;
    private const int MostSeconds = 86400;
    private static readonly DateTimeOffset LastMoment = new(2099, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static IReadOnlyList<string> Lines { get; } =
    [
        "DELIVERBY 240",
        "NO-SOLICITING net.example:ADV",
        "FUTURERELEASE 86400 2099-12-31T23:59:59Z",
        "MT-PRIORITY MIXER",
        "RRVS",
        "LIMITS RCPTMAX=5 MAILMAX=20",
        "REQUIRETLS",
    ];

    /// <summary>A server that lists these lines and does what belongs to them, but for what it is told to do otherwise.</summary>
    /// <param name="lines">What EHLO lists.</param>
    /// <param name="instead">The reply to a verb with its parameters, each of them in upper case; null for the right one.</param>
    public static Fault Of(IReadOnlyList<string> lines, Func<string, IReadOnlyList<string>, string?>? instead = null) =>
        new()
        {
            Line = (session, line, right) =>
            {
                var (verb, argument) = MiniSession.Split(line);
                if (verb == "EHLO")
                {
                    return right()
                        .Replace(
                            "\n250 HELP",
                            string.Concat(lines.Select(listed => $"\n250-{listed}")) + "\n250 HELP",
                            StringComparison.Ordinal
                        );
                }

                if (verb is "ATRN" or "BURL" && session.IsGreeted)
                {
                    return instead?.Invoke(verb, [verb])
                        ?? (
                            verb is "ATRN" ? "530 log in first"
                            : session.To.Count == 0 ? "503 for whom?"
                            : "554 nothing is there"
                        );
                }

                string[] words = verb is "MAIL" or "RCPT" && argument.IndexOf('>', StringComparison.Ordinal) is > 0 and var end
                    ? argument[(end + 1)..].ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
                if (verb is "MAIL" ? session.From is not null || !session.IsGreeted : session.From is null)
                {
                    return right();
                }

                return instead?.Invoke(verb, words)
                    ?? (
                        words.Length == 0
                            ? right()
                            : Refusal(verb, words) ?? session.Answer(line[..(line.IndexOf('>', StringComparison.Ordinal) + 1)])
                    );
            },
        };

    private static string? Refusal(string verb, string[] words)
    {
        var keys = words.Select(word => word.Split('=')[0]).ToList();
        return keys.Distinct().Count() < keys.Count || (keys.Contains("HOLDFOR") && keys.Contains("HOLDUNTIL")) ? "501 once"
            : words.Select(word => RefusalOf(verb, word.Split('=', 2))).FirstOrDefault(refusal => refusal is not null);
    }

    private static string? RefusalOf(string verb, string[] word) =>
        (verb, word) switch
        {
            ("MAIL", ["BY", var by]) when Deliver().Match(by) is { Success: true } match => match.Groups["mode"].Value == "N" ? null
            : int.Parse(match.Groups["time"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) is var time && time <= 0
                ? "501 it is over"
            : time < LeastSeconds ? "555 too soon"
            : null,
            ("MAIL", ["SOLICIT", var classes]) when classes.Split(',').All(one => one.Length > 0 && char.IsAsciiLetter(one[0])) => null,
            ("MAIL", ["HOLDFOR", var seconds])
                when int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number is > 0 and <= MostSeconds => null,
            ("MAIL", ["HOLDUNTIL", var moment]) when IsMoment(moment, out var until) && until <= LastMoment => null,
            ("MAIL", ["MT-PRIORITY", var priority])
                when int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number is >= -9 and <= 9
                    && number.ToString(CultureInfo.InvariantCulture) == priority => null,
            ("RCPT", ["RRVS", var since]) when IsMoment(since.Split(';')[0], out _) => null,
            ("MAIL", ["REQUIRETLS"]) => null,
            (_, ["BY" or "SOLICIT" or "HOLDFOR" or "HOLDUNTIL" or "MT-PRIORITY" or "RRVS" or "REQUIRETLS", ..]) => "501 not so",
            _ => "555 no such parameter",
        };

    private static bool IsMoment(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-ddTHH:mm:ssK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out moment
        );

    [GeneratedRegex("^(?<time>[-+]?[0-9]{1,9});(?<mode>[NR])T?$")]
    private static partial Regex Deliver();
}
