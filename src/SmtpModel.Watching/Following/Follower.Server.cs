using SmtpModel.Protocol;

namespace SmtpModel.Watching;

/// <content>What the server answers.</content>
public sealed partial class Follower
{
    private const int LongestReply = 64 * 1024;

    private readonly ByteBuffer _reply = new();
    private readonly ByteBuffer _serverPart = new();
    private int _code;
    private bool _isOdd;
    private bool _hasGreeted;
    private int _rest;

    private void ClearReply()
    {
        _reply.Clear();
        _serverPart.Clear();
        (_code, _isOdd, _rest) = (-1, false, 0);
        _hasGreeted = false;
    }

    private void ServerOctets(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty && _mode is not (Mode.Opaque or Mode.Handshake))
        {
            var end = octets.IndexOf((byte)'\n');
            if (end < 0)
            {
                if (_serverPart.Length < LongestReply)
                {
                    _serverPart.Append(octets);
                }

                return;
            }

            var line = octets[..(end + 1)];
            if (_serverPart.Length > 0)
            {
                _serverPart.Append(line);
                line = _serverPart.WrittenSpan.ToArray();
                _serverPart.Clear();
            }

            octets = octets[(end + 1)..];
            ServerLine(
                line is [.., (byte)'\r', (byte)'\n'] ? line[..^2] : line[..^1],
                line is [.., (byte)'\r', (byte)'\n'] ? LineEnding.CrLf : LineEnding.Lf
            );
        }
    }

    private void ServerLine(ReadOnlySpan<byte> text, LineEnding ending)
    {
        var isReply = text.Length >= 3 && IsDigit(text[0]) && IsDigit(text[1]) && IsDigit(text[2]);
        if (!isReply && !_hasGreeted && !_spoke && _options.MayBeginLate && _mode is not Mode.Lost)
        {
            Opaque("what greets is no server of SMTP: not judged");
            return;
        }

        if (_reply.Length < LongestReply)
        {
            _reply.Append(text);
            _reply.Append(ending is LineEnding.Lf ? "\n"u8 : "\r\n"u8);
        }

        if (!isReply)
        {
            _isOdd = true;
            if (_mode is Mode.Lost || _code < 0 && _queue.Count == 0)
            {
                StrayLine(text);
            }

            return;
        }

        var code = ((text[0] - '0') * 100) + ((text[1] - '0') * 10) + (text[2] - '0');
        _isOdd |=
            code is < 200 or > 559
            || code / 10 % 10 > 5
            || (_code >= 0 && _code != code)
            || ending is LineEnding.Lf
            || text.Length > 510
            || (text.Length > 3 && text[3] is not ((byte)' ' or (byte)'-'))
            || text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        _code = code;
        if (text.Length > 3 && text[3] == '-')
        {
            return;
        }

        _hasGreeted = true;
        var shown = _reply.WrittenSpan.TrimEnd("\r\n"u8);
        if (_mode is Mode.Lost)
        {
            LostReply(code, shown);
        }
        else
        {
            Reply(code, shown);
        }

        _reply.Clear();
        (_code, _isOdd) = (-1, false);
    }

    // a line without a code that belongs to no reply
    private void StrayLine(ReadOnlySpan<byte> text)
    {
        if (_mode is not Mode.Lost)
        {
            Keep(Side.Server, text, _grounds, _states, isStart: false);
            Accuse(Side.Server, _grounds.Table.Conduct.Form, "a line without a code came", expected: "a reply as the standard has it");
        }

        _reply.Clear();
        _isOdd = false;
    }

    private void Reply(int code, ReadOnlySpan<byte> shown)
    {
        // logs leave the mail data out
        if (_queue.Count == 0 && _mode is Mode.Data && !_options.HasLineEnds)
        {
            _queue.Enqueue(new Input { Column = _grounds.EndOfData, Line = new Line(MoveKind.Data, LineShape.Plain), IsDoubtful = true });
            _mode = Mode.Commands;
        }

        if (_mode is Mode.Block)
        {
            // the octets of the chunk are not shown, or the server did not wait for them
            (_mode, _blockLeft) = (Mode.Commands, 0);
        }

        if (_queue.Count == 0)
        {
            Keep(Side.Server, shown, _grounds, _states, isStart: false);
            Unasked(code);
            return;
        }

        var input = _queue.Peek();
        var command = _grounds.Table.Commands[input.Column].Command;
        Keep(Side.Server, shown, _grounds, _states, isStart: input.Column == _grounds.Opening && code == 220);
        if (_isOdd)
        {
            JudgeForm(command);
        }

        if (_rest == 0 && _grounds.IsForEach[input.Column] && _grounds.InOrder(input.Column).Overlaps(_states))
        {
            _rest = Math.Max(1, _recipients);
        }

        _log.Exchanges++;
        var isLast = _rest <= 1;
        var after = Judge(input, command, code);
        if (!isLast && code != _grounds.Table.Faults.Closing)
        {
            _rest--;
            return;
        }

        _rest = 0;
        _queue.Dequeue();
        if (code == _grounds.Table.Faults.Closing)
        {
            _isClosing = true;
        }

        NoteData(input, command, code);
        if (_mode is Mode.Held && _queue.Count == 0)
        {
            JudgeHeld(input.Column, code);
        }

        _states = after;
        Follow(input.Column, command, code, shown);
    }

    private void Follow(int column, Command command, int code, ReadOnlySpan<byte> shown)
    {
        var isAccepted = code < 400;
        if (column == _grounds.EndOfData)
        {
            (_mailSent, _rcptSent) = (false, false);
        }

        if (isAccepted && _grounds.Roles[column] is Role.Rcpt)
        {
            _recipients++;
        }
        else if (isAccepted && _grounds.Roles[column] is not Role.Data && command.OnAccept.Count > 0)
        {
            _recipients = 0;
        }

        var isHandshake = isAccepted && _grounds.Secures[column];
        if (isAccepted && _grounds.Learns[column] is { } learns)
        {
            MoveTo(learns ? _book.Read(_reply.WrittenSpan, _base) : new Offer(ServiceOffer.None, _grounds));
            foreach (var (rule, line, syntax) in _offer.Odd)
            {
                Accuse(Side.Server, rule, $"'{Printable.Text(line, 80)}' is listed", command.Name, expected: syntax);
            }
        }

        if (_states.IsEmpty)
        {
            // DATA that drew 250: nobody can tell what the client makes of it
            Lose();
            return;
        }

        if (isHandshake)
        {
            (_mode, _hasHello) = (Mode.Handshake, false);
            BeginLine();
            Release();
            return;
        }

        var awaited = _grounds.Oracle.Awaits(_states);

        // what was sent in a group before it says nothing of what comes behind it
        if (_queue.Count == 0)
        {
            var was = _mode;
            _mode =
                _mode is Mode.Block ? _mode
                : awaited is Reading.Data && isAccepted ? Mode.Data
                : awaited is Reading.Responses && isAccepted ? Mode.Responses
                : Mode.Commands;
            if (_mode is Mode.Data && was is not Mode.Data)
            {
                BeginData();
            }

            if (was is Mode.Held)
            {
                BeginLine();
                Release();
            }
        }
    }

    private static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';
}
