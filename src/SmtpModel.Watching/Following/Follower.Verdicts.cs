using SmtpModel.Protocol;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <content>What is made of what the server does.</content>
public sealed partial class Follower
{
    // a server that hangs up on a client that makes many mistakes, or has long been silent, is within its rights
    private const int Tolerance = 3;
    private const int Patience = 30_000;

    private StateSet Judge(in Input input, Command command, int code)
    {
        var judgement = _grounds.Oracle.Judge(_states, input.Column, input.Line, code);
        if (input.IsMasked && judgement.Verdict is not Verdict.Pass && command.Kind is InputKind.Line or InputKind.Response)
        {
            var other = _grounds.Oracle.Judge(
                _states,
                input.Column,
                new Line(input.Line.Kind is MoveKind.Valid ? MoveKind.Malformed : MoveKind.Valid, LineShape.Plain),
                code
            );
            judgement = other.Verdict < judgement.Verdict ? other with { After = other.After.Union(judgement.After) } : judgement;
        }

        var isExcused =
            input.IsDoubtful
            || ((input.IsUnoffered || input.IsOverlong) && code >= 400)
            || _states.IsEmpty
            || (_offer.HasUnknown && input.Column == _grounds.Unknown)
            || (!_offer.IsKnown && code >= 400);
        if (judgement.Verdict is Verdict.Fail && !isExcused)
        {
            // a code of another kind than a rule names, and a policy that refuses before the order is looked at, cannot be told apart
            var isPolicy = !judgement.After.IsEmpty && code >= 400;
            var state = _grounds.Table.AllStates[_states.First];
            Accuse(
                Side.Server,
                judgement.Rule ?? _grounds.Table.Conduct.OneReply,
                $"{Name(command)} drew {code}{Where(input)}",
                command.Name,
                isPolicy ? CaseVerdict.NonStrict : CaseVerdict.Fail,
                Expectation.Of(_grounds.Table, state, command, input.Line.Kind, code)
            );
        }
        else if (
            judgement.Verdict is Verdict.NonStrict
            && !isExcused
            && !input.IsUnoffered
            && input.Line.Kind is not MoveKind.Malformed
            && !_grounds.Table.IsCondition(code)
            && judgement.Rule is { } rule
        )
        {
            Accuse(Side.Server, rule, $"{Name(command)} drew {code}{Where(input)}", command.Name, CaseVerdict.NonStrict,
                Expectation.Of(_grounds.Table, _grounds.Table.AllStates[_states.First], command, input.Line.Kind, code));
        }

        // what is malformed for us may be right for the site, but for a parameter of which a rule says that it is refused
        if (
            input.Barred is { } barred
            && code < 400
            && !isExcused
            && !_offer.HasUnknown
            && _grounds.InOrder(input.Column).Overlaps(_states)
        )
        {
            Accuse(Side.Server, barred, $"{Name(command)} drew {code}, with a parameter that is refused", command.Name);
        }

        // a command that is listed is there
        if (
            code is 500 or 502
            && input.Line.Kind is MoveKind.Valid
            && !input.IsMasked
            && _grounds.Table.Commands[input.Column].Extension is { } extension
            && _offer.Services?.Lists(extension) == true
            && _hasHello
        )
        {
            Accuse(Side.Server, ServiceOffers.L1, $"{Name(command)} drew {code}, and the reply to EHLO lists {extension}", command.Name);
        }

        _refusals += code >= 400 ? 1 : 0;
        return !judgement.After.IsEmpty ? judgement.After : Fallback(command, code);
    }

    private static string Name(Command command) => command.Kind is InputKind.Opening ? "the connection" : command.Name;

    private string Where(in Input input) => input.Line.Kind switch
    {
        MoveKind.Malformed => " (its line is malformed)",
        _ when input.Column != _grounds.Opening && !_grounds.InOrder(input.Column).Overlaps(_states) => " out of order",
        _ => "",
    };

    // the server has gone where no rule leads: followed by what the code says
    private StateSet Fallback(Command command, int code)
    {
        if (code / 100 is not (2 or 3))
        {
            return _states;
        }

        var after = StateSet.None;
        foreach (var edge in _grounds.Table.Edges)
        {
            if (edge.Exchange.Command == command && edge.Exchange.Code / 100 == code / 100)
            {
                after = after.Union(StateSet.Of(_grounds.Table.IndexOf(edge.To)));
            }
        }

        return after;
    }

    private void Unasked(int code)
    {
        if (code == _grounds.Table.Faults.Closing)
        {
            (_isClosing, _states) = (true, _grounds.Final);
            return;
        }

        if (_mode is Mode.Commands && _clientPart.Length > 0)
        {
            _log.NotJudged("a reply came to what is no whole line: not judged until it is known again where the session is");
        }
        else if (_mode is Mode.Data)
        {
            // one that ends the data elsewhere, or refuses it before its end
            var verdict = code < 400 && !_isStrange ? CaseVerdict.Fail : CaseVerdict.NonStrict;
            Accuse(
                Side.Server,
                _grounds.Table.Conduct.OneReply,
                $"a reply came before the end of the mail data: {code}",
                Rfc821.EndOfData.Name,
                verdict,
                "no reply before the end of the mail data"
            );
        }
        else if (!_isBehindGap)
        {
            Accuse(
                Side.Server,
                _grounds.Table.Conduct.OneReply,
                $"a reply came that nothing was sent for: {code}",
                expected: "exactly one reply to each command"
            );
        }

        Lose();
    }

    private void JudgeForm(Command command)
    {
        var reader = new ReplyReader();
        _ = reader.Feed(_reply.WrittenSpan);
        foreach (var fault in reader.Faults)
        {
            if (
                (fault.Kind is ReplyFaultKind.BareLf or ReplyFaultKind.BareCr or ReplyFaultKind.LineTooLong && !_options.HasLineEnds)
                || (fault.Kind is ReplyFaultKind.EightBitOctet && _offer.TakesUtf8)
            )
            {
                continue;
            }

            Accuse(
                Side.Server,
                _grounds.Table.Conduct.Form,
                $"the reply to {Name(command)}: {fault.Describe()}",
                command.Name,
                fault.IsGrave ? CaseVerdict.Fail : CaseVerdict.NonStrict,
                "a reply as the standard has it"
            );
        }
    }

    private void CloseServer(bool isReset)
    {
        if (
            _mode is Mode.Opaque or Mode.Lost or Mode.Handshake
            || isReset
            || _isClosing
            || _isClosedByClient
            || _isClosedByServer
            || _states.Overlaps(_grounds.Final)
            || _isBehindGap
        )
        {
            return;
        }

        if (_refusals >= Tolerance || (_queue.Count == 0 && IsIdle(Patience)))
        {
            _log.NotJudged("the server closed after many refusals, or after long silence");
            return;
        }

        var waiting = _queue.Count > 0 ? _grounds.Table.Commands[_queue.Peek().Column].Command : null;
        Accuse(
            Side.Server,
            waiting is not null && waiting == _grounds.Table.Ending
                ? _grounds.Oracle.Ending ?? _grounds.Table.Conduct.Closing
                : _grounds.Table.Conduct.Closing,
            waiting is null ? "the channel was closed" : $"the channel was closed in place of a reply to {Name(waiting)}",
            waiting?.Name ?? "",
            expected: $"the receiver closes only after {_grounds.Table.Ending} or with {_grounds.Table.Faults.Closing}",
            came: "the channel was closed"
        );
    }
}
