using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What a recipient was refused for good is not given to that recipient again, on this connection or on another.</content>
internal sealed partial class ScenarioJudge
{
    private readonly List<GivenTransaction> _usual = [];

    // a client with a transaction for each recipient says the same MAIL for another one
    private bool IsOneByOne => _usual.Count > 1;

    private IEnumerable<Blame> GivenAgain(Played played)
    {
        if (SaysTooMany(played.Scenario))
        {
            yield break;
        }

        var all = played.Sessions.SelectMany(GivenTransaction.Of).ToList();
        for (var at = 0; at < all.Count; at++)
        {
            foreach (var (line, code, isForAll) in all[at].Refused().Where(one => IsForGood(one.Code) && IsUsedOnce(one.Line)))
            {
                if (all.Skip(at + 1).FirstOrDefault(later => later.Repeats(all[at], line, isForAll)) is { } again)
                {
                    yield return Of(
                        again.Session,
                        TrialRules.Again,
                        $"the message was given again to a recipient for which it drew {code}",
                        Rfc821.RCPT.Name,
                        Printable.Text(line, 80),
                        Place(again.Session, text => text == Printable.Text(line), isLast: true)
                    );
                }
            }
        }
    }

    // x5z speaks of the mail system (RFC 5321 4.2.1); the other digits, and 555, speak of how the request was made
    private static bool IsForGood(int code) => code / 10 == 55 && code != 555;

    // one that asks for a recipient more than once where nothing is refused, as one that asks first whether it is there, does so here
    private bool IsUsedOnce(string line) => _usual.Count(one => one.Recipients.Any(recipient => recipient.Line == line)) <= 1;
}
