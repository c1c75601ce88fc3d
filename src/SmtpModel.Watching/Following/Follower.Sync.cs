namespace SmtpModel.Watching;

/// <content>
/// How it becomes known again where a session is: two exchanges in step, one line and one reply each, that the machine has. What was
/// said before is not judged, for a reply may belong to a line that nobody saw.
/// </content>
public sealed partial class Follower
{
    private const int InStep = 2;
    private bool _isBehindGap;
    private int _linesSinceReply;
    private int _exchangesInStep;
    private int _lastColumn = -1;
    private Command? _lastCommand;

    private void LostLine(ReadOnlySpan<byte> line)
    {
        _dataDrew = 0;
        _linesSinceReply++;
        if (line is [(byte)'.'])
        {
            _lastColumn = _grounds.EndOfData;
        }
        else
        {
            var fault = Protocol.CommandLine.Split(line, _grounds.Dialect, out var keyword, out var argument);
            _lastColumn = fault is Protocol.SyntaxFault.None ? _grounds.Recognize(keyword.Of(line), argument.Of(line)) : -1;
        }

        _lastCommand = _lastColumn < 0 ? null : _grounds.Table.Commands[_lastColumn].Command;
        var shown = _lastColumn >= 0 ? Veiled(line, isCommand: true) : [];
        if (_lastColumn >= 0 && _grounds.Kinds[_lastColumn] is not ArgumentForm.Any)
        {
            Keep(Side.Client, shown, null, StateSet.None, isStart: false);
        }
    }

    private void LostReply(int code, ReadOnlySpan<byte> shown)
    {
        var isStep = _linesSinceReply == 1 && _lastColumn >= 0 && _clientPart.Length == 0 && !_isOdd && _lastCommand!.Block is null;
        _linesSinceReply = 0;
        if (!isStep)
        {
            _exchangesInStep = 0;
            return;
        }

        Keep(Side.Server, shown, null, StateSet.None, isStart: false);
        var before = _lastColumn == _grounds.EndOfData ? _grounds.Oracle.ReadingData : _grounds.Oracle.ReadingCommands;
        var kind = _lastColumn == _grounds.EndOfData ? MoveKind.Data : MoveKind.Valid;
        var after = Kept(before, _lastColumn, new Line(kind, LineShape.Plain), code);
        if (after.IsEmpty || (_grounds.Secures[_lastColumn] && code < 400))
        {
            _exchangesInStep = 0;
            if (_grounds.Secures[_lastColumn] && code < 400)
            {
                _mode = Mode.Handshake;
            }

            return;
        }

        // the next line is mail data or a response: what it is decides itself then
        var reads = _grounds.Oracle.Awaits(after);
        var isSwitch = _grounds.HoldsBack[_lastColumn] && code < 400 && reads is not Reading.Commands;
        if (++_exchangesInStep < InStep && !isSwitch)
        {
            return;
        }

        if (isSwitch && _exchangesInStep < InStep)
        {
            // not certain enough to read what follows as mail data
            _exchangesInStep = 0;
            return;
        }

        (_states, _spoke, _hasHello, _exchangesInStep) = (after, true, true, 0);
        (_mailSent, _rcptSent) = (true, true);
        _mode = Mode.Commands;
        Follow(_lastColumn, _lastCommand!, code, shown);
        _isBehindGap = _mode is Mode.Lost;
    }

    // where a server is that does what is asked of it; one that does not is seen to later, and so are the states that only other
    // receivers take, in which nearly anything may be answered
    private StateSet Kept(StateSet before, int column, Line line, int code)
    {
        var after = StateSet.None;
        for (var least = Verdict.Pass; least < Verdict.Fail && after.IsEmpty; least++)
        {
            foreach (var state in before.Indexes().Where(state => state < _grounds.Table.States.Count))
            {
                var judgement = _grounds.Oracle.Judge(StateSet.Of(state), column, line, code);
                after = judgement.Verdict <= least ? after.Union(judgement.After) : after;
            }
        }

        return after;
    }
}
