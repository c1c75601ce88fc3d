using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>A transaction as a client gave it, line by line.</summary>
/// <param name="Session">Where.</param>
/// <param name="Before">What the client said on the connection before its first transaction.</param>
/// <param name="Mail">The line that began it.</param>
internal sealed record GivenTransaction(TrialSession Session, string Before, string Mail)
{
    private readonly List<(string Line, int Code)> _recipients = [];
    private int _data;
    private TrialMessage? _message;

    /// <summary>The lines that asked for recipients, and what they drew.</summary>
    public IReadOnlyList<(string Line, int Code)> Recipients => _recipients;

    /// <summary>Those of a session whose MAIL was accepted; none where the message came in counted blocks.</summary>
    public static IEnumerable<GivenTransaction> Of(TrialSession session)
    {
        List<GivenTransaction> all = [];
        if (session.Requests.Any(one => one.Command.Block is not null))
        {
            return all;
        }

        var before = string.Join('\n', session.Requests.Select(one => one.Line)
            .Take(session.Requests.TakeWhile(one => !Rfc821.Beginning.Contains(one.Command)).Count()));
        var messages = 0;
        GivenTransaction? open = null;
        foreach (var (command, line, code) in session.Requests)
        {
            if (Rfc821.Beginning.Contains(command))
            {
                open = code / 100 == 2 ? new GivenTransaction(session, before, line) : null;
                all.AddRange(open is null ? [] : [open]);
            }
            else if (command == Rfc821.RCPT)
            {
                open?._recipients.Add((line, code));
            }
            else if (command == Rfc821.DATA)
            {
                var message = code / 100 == 3 ? session.Messages.ElementAtOrDefault(messages++) : null;
                if (open is not null)
                {
                    (open._data, open._message) = (code, message);
                }

                open = null;
            }
            else if (code / 100 == 2 && command != Rfc821.NOOP)
            {
                open = null;
            }
        }

        return all;
    }

    /// <summary>The recipients that were refused, by the reply to their line, or by what the message drew: for all of them, or for this
    /// one alone.</summary>
    public IEnumerable<(string Line, int Code, bool IsForAll)> Refused()
    {
        var accepted = _recipients.Where(one => one.Code / 100 == 2).ToList();
        foreach (var (line, code) in _recipients.Where(one => one.Code >= 400))
        {
            yield return (line, code, false);
        }

        for (var at = 0; at < accepted.Count; at++)
        {
            var isForAll = _message is null || _message.Codes.Count == 1;
            var code = _message is null ? _data : _message.Codes.ElementAtOrDefault(isForAll ? 0 : at);
            if (code >= 400)
            {
                yield return (accepted[at].Line, code, isForAll);
            }
        }
    }

    /// <summary>Whether this is an earlier one given again whole, as it was, to one of its recipients.</summary>
    /// <param name="earlier">The earlier one.</param>
    /// <param name="line">The line that asked for the recipient.</param>
    /// <param name="isForAll">Whether what was refused was refused to all its recipients together.</param>
    public bool Repeats(GivenTransaction earlier, string line, bool isForAll) =>
        _message is not null
        && (Before, Mail) == (earlier.Before, earlier.Mail)
        && _recipients.Any(one => one.Line == line && one.Code / 100 == 2)
        && (earlier._message is null || earlier._message.Content.AsSpan().SequenceEqual(_message.Content))
        && (!isForAll || _recipients.Select(one => one.Line).SequenceEqual(earlier._recipients.Select(one => one.Line)));
}
