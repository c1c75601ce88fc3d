using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What is answered, and what becomes of the session by it.</content>
internal sealed partial class TrialSession
{
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
            Keep(command, [0]);
            return false;
        }

        var from = _state;
        var codes = Codes(command, answer.Code ?? Usual(use, kind), answer);
        var code = codes[^1];
        NoteLogin(command, code);
        Follow(command, code);
        var said = await SayAsync(command, codes, answer, stop);
        Keep(command, [.. codes.Select((one, at) => at < said ? one : 0)]);
        codes.Take(said).ToList().ForEach(one => _played.Note(from, command, one));
        if (LeftBehind is not null)
        {
            return false;
        }

        _isClosing = answer.Hangup is not Hangup.None || code == Table.Faults.Closing || _state == Table.Final;
        _hasQuit |= command == Table.Ending && code < 400;
        if (!_isClosing && Table.Secures(command / code))
        {
            await SecureAsync(stop);
        }

        return !_isClosing;
    }

    // how many replies were said: a client may leave while it has to wait for the others
    private async Task<int> SayAsync(Command command, List<int> codes, Answer answer, CancellationToken stop)
    {
        List<byte> together = [];
        for (var at = 0; at < codes.Count; at++)
        {
            if (at > 0 && answer.DelayBetween > TimeSpan.Zero)
            {
                await PauseAsync(answer.DelayBetween, stop);
                if (_isClosedByClient)
                {
                    LeftBehind = at;
                    return at;
                }
            }

            // before it is said: a client in this process can hear it and be done before this goes on
            DecidedAt = codes[at] >= 400 || Table.Delivers(command) ? _played.Now : DecidedAt;
            together.AddRange(Encoding.ASCII.GetBytes(Reply(command, codes[at], answer)));
            var isCut = answer.Hangup is Hangup.Between;
            if (isCut || at == codes.Count - 1 || answer.DelayBetween > TimeSpan.Zero || answer.InOctets)
            {
                try
                {
                    await SayAsync([.. together], answer.InOctets, stop);
                }
                catch (IOException) when (at > 0 && answer.InOctets)
                {
                    LeftBehind = at;
                    return at;
                }

                together.Clear();
            }

            if (isCut)
            {
                return at + 1;
            }
        }

        return codes.Count;
    }

    // one, or one for each recipient; behind one that closes the channel comes none
    private List<int> Codes(Command command, int code, Answer answer)
    {
        var count = Table.ForEach.ContainsKey(command) ? Math.Max(1, _accepted.Count) : 1;
        var codes = Enumerable.Range(0, count).Select(at => answer.Each.Where(one => IsMeant(one.Which, at, count)).Select(one => one.Code)
            .FirstOrDefault(code)).ToList();
        var end = codes.IndexOf(Table.Faults.Closing);
        return end < 0 ? codes : codes[..(end + 1)];
    }

    private static bool IsMeant(Nth which, int at, int count) => which switch
    {
        Nth.First => at == 0,
        Nth.Middle => count > 2 && at == (count - 1) / 2,
        Nth.Last => at == count - 1,
        Nth.Rest => at > 0,
        _ => true,
    };

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
        if (_accepted.Count < when.Least)
        {
            return false;
        }

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

    private void Keep(Command command, IReadOnlyList<int> codes)
    {
        if (command.Kind is InputKind.Line)
        {
            _requests.Add((command, _lastLine, codes[^1]));
        }

        if (!Table.Delivers(command))
        {
            return;
        }

        _messages.Add(new TrialMessage(_reversePath, [.. _accepted], _content.WrittenSpan.ToArray(), codes));
        _accepted.Clear();
        _content.Clear();
    }
}
