using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <content>Evidence, and who is to blame.</content>
public sealed partial class Follower
{
    private void Keep(Side side, ReadOnlySpan<byte> text, Grounds? grounds, StateSet states, bool isStart, long whole = -1)
    {
        _evidence.Add(side, text, grounds, states, isStart, whole);
        Said?.Invoke(_evidence.Last());
    }

    private void Accuse(
        Side side,
        Rule rule,
        string what,
        string command = "",
        CaseVerdict? verdict = null,
        string expected = "",
        string came = ""
    )
    {
        var evidence = _evidence;
        _log.Add((side, rule.Id, command, what), () =>
        {
            var lines = evidence.Lines(side);
            var read = ClientRules.Read(rule, _grounds.Table.Listing);
            return new Blame(side, read, verdict ?? Of(rule.Level), what)
            {
                Command = command,
                Expected = expected.Length > 0 ? expected : read.Asks,
                Came = came.Length > 0 ? came : lines.LastOrDefault(line => line.IsBlamed)?.Text ?? "",
                State = State,
                Session = _session,
                Place = Place,
                Evidence = lines,
            };
        });
    }

    private static CaseVerdict Of(Level level) => level switch
    {
        Level.Must => CaseVerdict.Fail,
        Level.Should => CaseVerdict.NonStrict,
        _ => CaseVerdict.Info,
    };

    private bool IsIdle(long least) => Time < 0 || _lastHeard < 0 || Time - _lastHeard >= least;
}
