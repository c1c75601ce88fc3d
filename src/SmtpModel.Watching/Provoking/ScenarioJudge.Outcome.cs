using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What became of the message, and whether the client says so.</content>
internal sealed partial class ScenarioJudge
{
    private IEnumerable<Blame> Outcome(Played played)
    {
        var last = played.Sessions[^1];
        var taken = TrialRun.Taken(played).ToList();
        var copies = Copies(played);
        foreach (var (path, count) in copies.Where(pair => pair.Value > _copies.GetValueOrDefault(pair.Key, 1)))
        {
            yield return Of(
                last,
                TrialRules.Once,
                $"a message that was accepted was sent {count} times to one recipient",
                Rfc821.EndOfData.Name,
                Printable.Text(path, 80),
                Place(last, text => text == ".", isLast: true)
            );
        }

        foreach (var again in GivenAgain(played))
        {
            yield return again;
        }

        var missing = _copies.Keys.Where(path => !copies.ContainsKey(path)).ToList();
        if (Unheard(played) is { } unheard)
        {
            yield return unheard;
            yield break;
        }

        if (played.Scenario.SameAsPlain is { } rule)
        {
            if (Otherwise(played, missing) is { } what)
            {
                yield return Of(last, rule, what, "", Told(played));
            }

            yield break;
        }

        if (played.Exit is { Code: null } && Hung(last) is { } hung)
        {
            yield return hung;
            yield break;
        }

        foreach (var blame in Told(played, last, taken, missing))
        {
            yield return blame;
        }
    }

    // where nothing is refused, a client does what it always does
    private string? Otherwise(Played played, List<string> missing) =>
        missing.Count == _copies.Count
            ? played.Exit is { Code: null }
                ? "the message was not sent, and the client waited on"
                : "the message was not sent"
            : missing.Count > 0
                ? "the message was not sent to all recipients"
                : played.Exit is { Code: null }
                    ? "the client did not come to an end"
                    : _isTold && IsHeard(played) && !IsSuccess(played)
                        ? "the message was accepted, and the client says that it failed"
                        : null;

    // all was answered, or the channel was closed: there is nothing that it could wait for
    private static Blame? Hung(TrialSession last) =>
        last.IsDropped
            ? Of(last, TrialRules.LostChannel, "the client did not come to an end when the channel was closed", "", "it had to be ended")
        : last.IsAnswered
            ? Of(last, TrialRules.Ends, "the client did not come to an end though all was answered", "", "it had to be ended")
        : null;

    private IEnumerable<Blame> Told(Played played, TrialSession last, List<TrialMessage> taken, List<string> missing)
    {
        if (!_isTold || !IsHeard(played))
        {
            yield break;
        }

        if (ByPosition(played, last, taken, missing) is { } position)
        {
            yield return position;
        }
        else if (taken.Count == 0 && IsSuccess(played))
        {
            yield return Of(
                last,
                TrialRules.Report,
                "no message was accepted, and the client says that all went well",
                "",
                Told(played),
                Nowhere
            );
        }
        else if (taken.Count > 0 && missing.Count > 0 && IsSuccess(played) && _options.DeferredExits.Count > 0 && IsRefusedForSome(taken))
        {
            yield return Of(
                last,
                TrialRules.EachReply,
                "the message was accepted for some recipients, and the queue says that it was sent to all",
                Rfc821.EndOfData.Name,
                Told(played),
                Nowhere
            );
        }
        else if (taken.Count > 0 && missing.Count > 0 && IsSuccess(played))
        {
            yield return Of(
                last,
                TrialRules.Some,
                "the message was sent to those recipients that were accepted, and the exit status does not tell of the others",
                Rfc821.RCPT.Name,
                Told(played),
                Nowhere
            );
        }
        else if (taken.Count > 0 && missing.Count == 0 && !IsSuccess(played))
        {
            yield return Of(
                last,
                TrialRules.Taken,
                "the message was accepted for all recipients, and the client "
                    + (IsKept(played) ? "keeps it to send it again" : "says that it failed"),
                "",
                Told(played),
                Nowhere
            );
        }

        if (taken.Count > 0 && IsSuccess(played) && last.IsRefusedLogin)
        {
            yield return Of(
                last,
                TrialRules.Unknown,
                "the login was refused, the message was sent without one, and the exit status does not tell of it",
                Rfc4954.AUTH.Name,
                Told(played),
                Nowhere
            );
        }

        foreach (var blame in Queued(played, last, missing))
        {
            yield return blame;
        }
    }

    private bool IsSuccess(Played played) => played.Exit?.Code is { } code && _options.SuccessExits.Contains(code);

    // an exit status says nothing of what came behind it: one that queues, or leaves the work to a child, ends before
    private static bool IsHeard(Played played) => played.Exit is { Code: not null } exit
        && played.Sessions.All(session => session.DecidedAt <= exit.At);

    private static string Told(Played played) => played.Exit switch
    {
        null => "",
        { Code: null } => "the client had to be ended",
        var exit => $"exit status {exit.Code}{(exit.Output.Count > 0 ? $": {exit.Output[^1]}" : "")}",
    };
}
