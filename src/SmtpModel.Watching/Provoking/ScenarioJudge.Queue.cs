using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>A client with a queue: whether it tries again what it should, and nothing else.</content>
internal sealed partial class ScenarioJudge
{
    private const int TooManyOnce = 552;

    private IEnumerable<Blame> Queued(Played played, TrialSession last, List<string> missing)
    {
        if (_options.DeferredExits.Count == 0 || missing.Count == 0 || IsSuccess(played))
        {
            yield break;
        }

        // what the connection, EHLO or HELO drew refuses no message
        var refused = played.Sessions.SelectMany(Refusals).Distinct().ToList();
        var isLost = played.Sessions.Any(session => session.IsDropped);
        var isForGood = refused.Any(code => code >= 500);
        var said = string.Join(", ", refused);
        if (IsKept(played))
        {
            if (isForGood && !isLost && refused.All(code => code >= 500) && !SaysTooMany(played.Scenario))
            {
                yield return Of(
                    last,
                    TrialRules.Again,
                    $"the client keeps the message to send it again, though it drew {said}",
                    "",
                    Told(played),
                    Nowhere
                );
            }
        }
        else if (!isForGood && refused.Count > 0)
        {
            yield return Of(
                last,
                TrialRules.Later,
                $"the client gives the message up, though it drew no more than {said}",
                "",
                Told(played),
                Nowhere
            );
        }
        else if (!isForGood && isLost)
        {
            yield return Of(
                last,
                TrialRules.LostChannel,
                "the client gives the message up, though the channel was lost",
                "",
                Told(played),
                Nowhere
            );
        }
        else if (SaysTooMany(played.Scenario))
        {
            yield return Of(
                last,
                TrialRules.TooMany,
                $"the client gives a recipient up that drew {said} for being one too many",
                Rfc821.RCPT.Name,
                Told(played),
                Nowhere
            );
        }
    }

    private bool IsKept(Played played) => played.Exit?.Code is { } code && _options.DeferredExits.Contains(code);

    private static IEnumerable<int> Refusals(TrialSession session) =>
        session
            .Requests.Where(one => Rfc821.Beginning.Contains(one.Command) || one.Command == Rfc821.RCPT || one.Command == Rfc821.DATA)
            .Select(one => one.Code)
            .Concat(session.Messages.SelectMany(message => message.Codes))
            .Where(code => code >= 400);

    private static bool SaysTooMany(Scenario scenario) =>
        scenario.Answers.Any(answer => answer.What is { Code: TooManyOnce, Text: ScenarioCatalogue.TooManyText });
}
