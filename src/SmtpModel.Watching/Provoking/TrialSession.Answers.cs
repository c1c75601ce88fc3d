using System.Globalization;
using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What is answered, and what becomes of the session by it.</content>
internal sealed partial class TrialSession
{
    private const string Host = "mx.example.test";
    private const int LongestLine = 510;
    private readonly Dictionary<Command, int> _seen = [];
    private readonly List<TrialMessage> _messages = [];
    private readonly List<string> _tried = [];
    private readonly List<string> _accepted = [];
    private readonly List<(Command Command, string Line, int Code)> _requests = [];
    private State _state;
    private string _reversePath = "";
    private bool _isClosing;
    private bool _hasQuit;

    /// <summary>The messages that came whole.</summary>
    public IReadOnlyList<TrialMessage> Messages => _messages;

    /// <summary>The recipients that were asked for, each time.</summary>
    public IReadOnlyList<string> Tried => _tried;

    /// <summary>Lines and what they drew.</summary>
    public IReadOnlyList<(Command Command, string Line, int Code)> Requests => _requests;

    /// <summary>When it was last said what becomes of the message: something was refused, the end of data answered, or the connection
    /// closed.</summary>
    public TimeSpan DecidedAt { get; private set; }

    // false where the session is over
    private async Task<bool> AnswerAsync(CommandUse use, MoveKind kind, CancellationToken stop)
    {
        var command = use.Command;
        _seen[command] = _seen.GetValueOrDefault(command) + 1;
        var answer = (kind is MoveKind.Malformed ? null : Planned(command)) ?? new Answer();
        if (answer.Delay > TimeSpan.Zero)
        {
            await PauseAsync(answer.Delay, stop);
        }
        else
        {
            _isAwaited = false;
        }

        if (answer.Hangup is Hangup.Before)
        {
            (_isClosing, DecidedAt) = (true, _played.Now);
            Keep(command, 0);
            return false;
        }

        var from = _state;
        var code = answer.Code ?? Usual(use, kind);
        var octets = Encoding.ASCII.GetBytes(Reply(command, code, answer));
        NoteLogin(command, code);
        Follow(command, code);
        // before it is said: a client in this process can hear it and be done before this goes on
        DecidedAt = code >= 400 || Table.Delivers(command) ? _played.Now : DecidedAt;
        await SayAsync(octets, answer.InOctets, stop);
        Keep(command, code);
        _played.Note(from, command, code);
        _isClosing = answer.Hangup is Hangup.Behind || code == Table.Faults.Closing || _state == Table.Final;
        _hasQuit |= command == Table.Ending && code < 400;
        if (!_isClosing && Table.Secures(command / code))
        {
            await SecureAsync(stop);
        }

        return !_isClosing;
    }

    // what the scenario has for it, and only once
    private Answer? Planned(Command command)
    {
        if (!_isFirst)
        {
            return null;
        }

        for (var at = 0; at < _played.Scenario.Answers.Count; at++)
        {
            var (when, what) = _played.Scenario.Answers[at];
            if (when.Command is null || (when.Command == command && IsDue(when) && HasPlace(command, what.Code)))
            {
                // what stands before the last only leads to it
                _played.IsReached |= at == _played.Scenario.Answers.Count - 1;
                return what;
            }
        }

        return null;
    }

    private bool HasPlace(Command command, int? code) =>
        Table.IsInOrder(_state, command) || (code is { } said && Table.FindTolerated(_state, command / said) is not null);

    private bool IsDue(Moment when)
    {
        // in the transaction that is tried first
        var count = _seen[when.Command!];
        var most = Math.Max(1, _played.Recipients);
        return when.Nth switch
        {
            Nth.First => count == 1,
            Nth.Middle => _played.Recipients > 2 && count == (most + 1) / 2,
            Nth.Last => _played.Recipients > 1 && count == most,
            _ => count <= most || when.Command != Rfc821.RCPT,
        };
    }

    // as the machine has it
    private int Usual(CommandUse use, MoveKind kind)
    {
        if (kind is MoveKind.Malformed)
        {
            return Table.Faults.NotAcceptable;
        }

        if (!Table.IsInOrder(_state, use.Command))
        {
            return Table.OutOfOrder(_state, use.Command)?.Codes[0] ?? Table.Faults.Unrecognized;
        }

        return Login(use)
            ?? use.Replies.Accepting.Concat(use.Replies.Refusing).First(code => Table.Find(_state, use.Command / code) is not null);
    }

    private void Follow(Command command, int code)
    {
        // a code that is in no row says what its first digit says
        var edge = Table.Find(_state, command / code) ?? Table.FindTolerated(_state, command / code)
            ?? (code / 100 == 2 ? Table.From(_state, command).FirstOrDefault(one => one.Exchange.Code / 100 == 2)
                : Table.From(_state, command).FirstOrDefault(one => one.Exchange.Code >= 400 && command.Kind is InputKind.Data));
        _state = edge?.To ?? _state;
        if (code < 400 && command == Rfc821.RCPT)
        {
            _accepted.Add(_tried[^1]);
        }
    }

    private void Keep(Command command, int code)
    {
        if (command.Kind is InputKind.Line)
        {
            _requests.Add((command, _lastLine, code));
        }

        if (!Table.Delivers(command))
        {
            return;
        }

        _messages.Add(new TrialMessage(_reversePath, [.. _accepted], _content.WrittenSpan.ToArray(), code));
        _accepted.Clear();
        _content.Clear();
    }

    // ------------------------------------------------------------------ texts

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
            2 => command.Kind is InputKind.Opening ? "ESMTP" : "OK",
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
