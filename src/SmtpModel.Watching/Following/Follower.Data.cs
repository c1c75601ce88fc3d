using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>Mail data, and answers to challenges.</content>
public sealed partial class Follower
{
    private void ResponseLine(ReadOnlySpan<byte> line, LineEnding ending)
    {
        // it may be a secret
        var shown = "(an answer to the challenge)"u8;
        Keep(Side.Client, shown, _grounds, _states, isStart: false);
        JudgeEnding(line, shown, ending);
        var column = line is [(byte)'*'] && _grounds.Cancel >= 0 ? _grounds.Cancel : _grounds.Response;
        _queue.Enqueue(new Input { Column = column, IsMasked = true, IsDoubtful = ending is LineEnding.Lf });
        (_mode, _isHeldEarly) = (Mode.Held, false);
    }

    private bool _isDataBegun;
    private bool _isLineStart;
    private bool _isInVain;
    private bool _isStrange;
    private long _dataLength;

    private void BeginData()
    {
        (_mode, _isDataBegun, _isLineStart, _isStrange, _dataLength) = (Mode.Data, false, true, false, 0);
        _isInVain = _states.Indexes().All(state => state >= _grounds.Table.States.Count);
        BeginLine();
    }

    private void DataLine(ReadOnlySpan<byte> line, LineEnding ending)
    {
        var length = Math.Max(_partLength, line.Length + (ending is LineEnding.Lf ? 1 : 2));
        if (_isLineStart && line is [(byte)'.'] && ending is not LineEnding.Lf)
        {
            Keep(Side.Client, "."u8, _grounds, _states, isStart: false);
            _queue.Enqueue(
                new Input
                {
                    Column = _grounds.EndOfData,
                    Line = new Line(MoveKind.Data, LineShape.Plain),
                    IsDoubtful = _isStrange,
                }
            );
            _mode = Mode.Commands;
            return;
        }

        _dataLength += length;
        if (_isInVain && !_isDataBegun)
        {
            Keep(Side.Client, line, _grounds, _states, isStart: false, length);
            Accuse(Side.Client, ClientRules.Nobody, "mail data was sent though no recipient was accepted", Rfc821.EndOfData.Name);
        }

        _isDataBegun = true;
        if (line.IndexOf((byte)'\r') >= 0 || ending is LineEnding.Lf)
        {
            // some servers end the mail data at another dot than the one that ends it
            _isStrange |= line.TrimEnd((byte)'\r') is [(byte)'.'] || (ending is LineEnding.Lf);
            DataFault(
                ClientRules.LineEnd,
                ending is LineEnding.Lf ? "a line of mail data is ended by LF without CR" : "a CR stands alone in the mail data",
                ending is LineEnding.Lf ? (byte[])[.. line, (byte)'\n'] : line,
                length
            );
        }

        if (length - (line is [(byte)'.', ..] ? 1 : 0) > ClientRules.TextLength.Size)
        {
            DataFault(ClientRules.TextLength, $"a line of mail data has more than {ClientRules.TextLength.Size} octets", line, length);
        }

        if (!_offer.TakesEightBits && line.ContainsAnyInRange((byte)128, (byte)255))
        {
            DataFault(ClientRules.DataBits, "the mail data has octets over 127, and 8BITMIME is not offered", line, length);
        }

        _isLineStart = ending is not LineEnding.Lf;
    }

    private void DataFault(Rule rule, string what, ReadOnlySpan<byte> line, long length)
    {
        if (!_options.HasLineEnds && rule == ClientRules.LineEnd)
        {
            return;
        }

        Keep(Side.Client, line, _grounds, _states, isStart: false, length);
        Accuse(Side.Client, rule, what, Rfc821.EndOfData.Name);
    }

    private void JudgeEnding(ReadOnlySpan<byte> line, ReadOnlySpan<byte> shown, LineEnding ending)
    {
        if (_options.HasLineEnds && (ending is LineEnding.Lf || line.Contains((byte)'\r')))
        {
            Accuse(
                Side.Client,
                ClientRules.LineEnd,
                ending is LineEnding.Lf ? "a command line is ended by LF without CR" : "a CR stands alone in a command line",
                came: Escaped(shown, ending)
            );
        }
    }

    private static string Escaped(ReadOnlySpan<byte> line, LineEnding ending) =>
        Printable.Text(Encoding.Latin1.GetString(line) + (ending is LineEnding.Lf ? "\n" : "\r\n"));
}
