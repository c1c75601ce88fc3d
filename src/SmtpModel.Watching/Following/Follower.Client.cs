using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What the client sends.</content>
public sealed partial class Follower
{
    private bool _isEarly;
    private bool _isLineBegun;
    private long _partLength;
    private long _blockLeft;
    private bool _isHeldEarly;

    // ------------------------------------------------------------------ octets to lines

    private void ClientOctets(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            switch (_mode)
            {
                case Mode.Opaque:
                    return;
                case Mode.Held:
                    Hold(octets);
                    return;
                case Mode.Handshake:
                    Handshake(octets);
                    return;
                case Mode.Block:
                    var taken = (int)Math.Min(_blockLeft, octets.Length);
                    _blockLeft -= taken;
                    octets = octets[taken..];
                    if (_blockLeft == 0)
                    {
                        (_mode, _isEarly) = (Mode.Commands, false);
                    }

                    continue;
                default:
                    break;
            }

            if (!_isLineBegun && IsForeign(octets))
            {
                return;
            }

            NoteEarly();
            var end = octets.IndexOf((byte)'\n');
            if (end < 0)
            {
                Part(octets);
                return;
            }

            if (_clientPart.Length == 0)
            {
                Cut(octets[..(end + 1)]);
            }
            else
            {
                Part(octets[..(end + 1)]);
                Cut(_clientPart.WrittenSpan);
            }

            octets = octets[(end + 1)..];
            BeginLine();
        }
    }

    // a line without an end is not kept for ever
    private void Part(ReadOnlySpan<byte> octets)
    {
        _partLength += octets.Length;
        var room = LongestPart - _clientPart.Length;
        _clientPart.Append(octets.Length <= room ? octets : octets[^1] == '\n' && room > 2 ? octets[^2..] : octets[..room]);
    }

    private void BeginLine()
    {
        _clientPart.Clear();
        (_isLineBegun, _isEarly, _partLength) = (false, false, 0);
    }

    // what is early is seen when the first octet of a line comes
    private void NoteEarly()
    {
        if (!_isLineBegun)
        {
            (_isLineBegun, _isEarly) = (true, _queue.Count > 0 && _mode is Mode.Commands);
        }
    }

    private void Cut(ReadOnlySpan<byte> line) => ClientLine(line is [.., (byte)'\r', (byte)'\n'] ? line[..^2] : line[..^1],
        line is [.., (byte)'\r', (byte)'\n'] ? LineEnding.CrLf : LineEnding.Lf);

    private bool IsForeign(ReadOnlySpan<byte> octets)
    {
        if (!_spoke && _mode is Mode.Commands or Mode.Lost && octets[0] == 0x16)
        {
            Opaque(_mode is Mode.Lost ? "TLS that began before the recording" : "TLS from the first octet: not judged");
            return true;
        }

        return false;
    }

    private void ClientLine(ReadOnlySpan<byte> line, LineEnding ending)
    {
        switch (_mode)
        {
            case Mode.Data:
                DataLine(line, ending);
                break;
            case Mode.Responses:
                ResponseLine(line, ending);
                break;
            case Mode.Lost:
                LostLine(line);
                break;
            default:
                CommandLine(line, ending);
                break;
        }
    }

    // ------------------------------------------------------------------ what waits for a reply to be read

    private void Hold(ReadOnlySpan<byte> octets)
    {
        if (_held.Length + octets.Length > MostHeld)
        {
            _log.NotJudged("more came before a reply than is kept");
            Lose();
            return;
        }

        _isHeldEarly = true;
        _held.Append(octets);
    }

    // the reply has come, and says what the octets are that came before it
    private void Release()
    {
        if (!_isHeldEarly)
        {
            return;
        }

        _isHeldEarly = false;
        var octets = _held.WrittenSpan.ToArray();
        _held.Clear();
        if (_options.HasLineEnds)
        {
            ClientOctets(octets);
            return;
        }

        foreach (var line in Encoding.Latin1.GetString(octets).Split("\r\n")[..^1])
        {
            TakeLine(Side.Client, Encoding.Latin1.GetBytes(line));
        }
    }

    // what was sent behind a command that changes how the rest is read, before its reply
    private void JudgeHeld(int column, int code)
    {
        if (!_isHeldEarly || !_options.HasOrder || _held.Length == 0)
        {
            return;
        }

        var first = _held.WrittenSpan;
        first = first.IndexOf((byte)'\n') is >= 0 and var end ? first[..end].TrimEnd((byte)'\r') : first;
        var command = _grounds.Table.Commands[column].Command;
        if (first.Length > 0 && first[0] == 0x16 && _grounds.Secures[column] && code < 400)
        {
            return;
        }

        var isCommand = Protocol.CommandLine.Split(first, out var keyword, out var argument) is SyntaxFault.None
            && _grounds.Recognize(keyword.Of(first), argument.Of(first)) >= 0;
        var isOfData = _grounds.Table.Edges.Any(edge =>
            edge.Exchange.Command == command && edge.Exchange.IsAccepted && _grounds.Table.Reads(edge.To) is Reading.Data
        );
        var isData = isOfData && code / 100 == 3;

        // what comes ahead of a challenge answers it, whatever it looks like
        var isAnswer = !isOfData && code / 100 == 3;
        Keep(Side.Client, isData ? first : isAnswer ? LoginVeil.Nothing : Veiled(first, isCommand), _grounds, _states, isStart: false);
        if (isData || (isOfData && !isCommand))
        {
            Accuse(
                Side.Client,
                ClientRules.Go,
                "mail data was sent before a reply to DATA had come",
                command.Name,
                expected: "354, then the mail data"
            );
        }
        else
        {
            Hasty(column);
        }
    }

    private void Hasty(int behind)
    {
        var command = _grounds.Table.Commands[behind].Command;
        if (command.Kind is InputKind.Opening)
        {
            Accuse(Side.Client, ClientRules.Greeting, "something was sent before the greeting had come");
        }
        else if (!_offer.IsKnown)
        {
            return;
        }
        else if (!_offer.Pipelines)
        {
            Accuse(
                Side.Client,
                ClientRules.Reply,
                "the next command was sent before the reply had come, and PIPELINING is not offered",
                command.Name
            );
        }
        else if (!_grounds.IsGrouped[behind] && command.Block is null && behind != _grounds.Unknown)
        {
            Accuse(
                Side.Client,
                ClientRules.Group,
                $"something was sent behind {command}, which may only be the last of a group",
                command.Name
            );
        }
    }

    private void Handshake(ReadOnlySpan<byte> octets)
    {
        if (octets[0] is 0x16 or 0x80)
        {
            Opaque("inside TLS: not judged");
            return;
        }

        var end = octets.IndexOf((byte)'\n');
        var line = Veiled((end < 0 ? octets : octets[..end]).TrimEnd((byte)'\r'), isCommand: false);
        Keep(Side.Client, line[..Math.Min(line.Length, 80)], _grounds, _states, isStart: false);
        Accuse(Side.Client, ClientRules.TlsNow, "something else than a handshake was sent behind STARTTLS", Rfc3207.STARTTLS.Name);
        Opaque("no handshake came behind STARTTLS: not judged");
    }

    // ------------------------------------------------------------------ closing

    private void CloseClient(bool isReset)
    {
        // one that waits may have run out of time, and one that is cut off in the middle may have been ended
        if (
            _mode is not Mode.Commands
            || isReset
            || _isClosing
            || _isClosedByServer
            || _isClosedByClient
            || _states.Overlaps(_grounds.Final)
        )
        {
            return;
        }

        if (_quitSent)
        {
            if (_queue.Count > 0)
            {
                Accuse(Side.Client, ClientRules.Farewell, "the channel was closed before the reply to QUIT had come", Rfc821.QUIT.Name);
            }

            return;
        }

        if (_queue.Count == 0 && !_isLineBegun)
        {
            Accuse(Side.Client, ClientRules.Quit, "the channel was closed without QUIT", "", came: "the channel was closed");
        }
    }
}

/// <summary>How a line was ended.</summary>
internal enum LineEnding
{
    CrLf,
    Lf,

    /// <summary>The recording does not say.</summary>
    Unknown,
}
