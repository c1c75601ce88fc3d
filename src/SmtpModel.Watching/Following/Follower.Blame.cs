using System.Text;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <content>Evidence, and who is to blame.</content>
public sealed partial class Follower
{
    /// <summary>What was hidden so far, for it may be part of a login: nothing that is written may hold it.</summary>
    internal IReadOnlyList<string> Hidden => _veil.Kept;

    /// <summary>What is shown of a line that is no command of the table and no mail data.</summary>
    internal string ShownOfUnknown(string line) =>
        Encoding.Latin1.GetString(_veil.Line(Encoding.Latin1.GetBytes(line), isCommand: false, _offer.Services));

    // what is kept here is what people see: lines of the client's that are no mail data come through the veil
    private ReadOnlySpan<byte> Veiled(ReadOnlySpan<byte> line, bool isCommand) => _veil.Line(line, isCommand, _offer.Services);

    private void Keep(Side side, ReadOnlySpan<byte> text, Grounds? grounds, StateSet states, bool isStart, long whole = -1)
    {
        text = side is Side.Server ? _veil.Reply(text) : text;
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
