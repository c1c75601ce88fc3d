using System.Globalization;
using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>How replies are written.</content>
internal sealed partial class TrialSession
{
    private const string Host = "mx.example.test";
    private const int LongestLine = 510;

    private string Reply(Command command, int code, Answer answer)
    {
        if (IsChallenge(command, code))
        {
            // one line, with base64 or nothing behind the space (RFC 4954 4)
            return $"{code} {Challenge()}\r\n";
        }

        List<string> lines =
        [
            .. Enumerable.Range(1, answer.MoreLines).Select(number => $"line {number} of many"),
            Text(command, code, answer),
        ];
        if (command == Table.Listing && code < 400)
        {
            // the name goes first, and each line behind it is an offer
            lines =
            [
                Host,
                .. Enumerable.Range(1, answer.MoreLines).Select(number => $"XUNKNOWN{number}"),
                .. _played.Scenario.MoreOffers,
                .. Offers(),
            ];
        }
        else if (answer.MoreLines > 0 && Named(command, code))
        {
            lines = [lines[^1], .. lines[..^1]];
        }

        var reply = new StringBuilder();
        for (var at = 0; at < lines.Count; at++)
        {
            var isLast = at == lines.Count - 1;
            var text = answer.IsLong && (at == 0 || !IsOffer(command, code)) ? Filled(lines[at]) : lines[at];
            reply.Append(CultureInfo.InvariantCulture, $"{code}{(isLast ? text.Length > 0 ? " " : "" : "-")}{text}\r\n");
        }

        return reply.ToString();
    }

    private static string Filled(string text) => $"{text} {new string('x', LongestLine - 5 - text.Length)}";

    // a keyword is no text that may be filled up
    private bool IsOffer(Command command, int code) => command == Table.Listing && code < 400 && Offers().Any();

    private bool Named(Command command, int code) =>
        command.Kind is InputKind.Opening || Table.Greeting.Contains(command) || code is 221 or 421;

    private string Text(Command command, int code, Answer answer)
    {
        var text = answer.Text ?? (Named(command, code) ? $"{Host} " : "") + (code / 100) switch
        {
            2 => command.Kind is InputKind.Opening ? Table.Listing == Rfc2033.LHLO ? "LMTP" : "ESMTP" : "OK",
            3 => "go ahead",
            4 => "not now",
            _ => "no",
        };
        var isRuled = text.Length > 0 && Table.ReplyTexts.Any(rule => rule.AppliesTo(command, code));
        return isRuled ? $"{code / 100}.0.0 {text}" : text;
    }

    private IEnumerable<string> Offers() => _played.Scenario.ShrinksInside && IsSecured ? [] : Table.Extensions
        .Where(extension => !extension.IsForTls || IsSecured)
        .Where(extension => !_played.Scenario.Hides.Contains(extension.Keyword))
        .Where(IsLoginOpen)
        .Where(extension => extension.Keyword != Rfc3207.Part.Extension!.Keyword || !IsSecured)
        .Select(extension => IsLogin(extension) ? $"{extension.Keyword} {string.Join(' ', Mechanisms.Keys)}"
            : extension.Argument is { } argument ? $"{extension.Keyword} {argument.Valid[0]}"
            : extension.Keyword);
}
