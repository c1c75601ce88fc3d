using System.Text.RegularExpressions;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>Where there is a reply for each recipient: whether the client goes by each of them.</content>
internal sealed partial class ScenarioJudge
{
    // one that says success, and was gone before it was told what became of each recipient, cannot know
    private Blame? Unheard(Played played) =>
        IsSuccess(played)
        && played.Sessions.FirstOrDefault(one => one.LeftBehind is not null && one.DecidedAt <= played.Exit!.At) is { } left
            ? Of(
                left,
                TrialRules.EachReply,
                "the client left before the reply for each recipient had come, and says that all went well",
                Rfc821.EndOfData.Name,
                $"the channel was closed behind {left.LeftBehind} of the replies; {Told(played)}",
                Nowhere
            )
            : null;

    // by the code that one recipient was refused with: what the client said where it was the first one
    private readonly Dictionary<int, (Scenario Scenario, bool IsSuccess, bool IsNamed)> _first = [];

    // one of them is refused in the same way: a client that takes one reply for all tells its user of some places and not of others. An
    // exit status need not tell of each (RFC 2033 says nothing of it), so one that is told of in the output is told of
    private Blame? ByPosition(Played played, TrialSession last, List<TrialMessage> taken, List<string> missing)
    {
        if (played.Scenario.Answers is not [(_, { Each: [var (which, code)] })] || taken.Count == 0 || missing.Count == 0)
        {
            return null;
        }

        var (isSuccess, isNamed) = (IsSuccess(played), IsNamed(played, missing, code));
        if (which is Nth.First)
        {
            _first[code] = (played.Scenario, isSuccess, isNamed);
        }

        return _first.TryGetValue(code, out var first) && first.IsSuccess != isSuccess && !(isSuccess ? isNamed : first.IsNamed)
            ? Of(
                last,
                TrialRules.EachReply,
                first.IsSuccess
                    ? "the client tells of this recipient that was refused, and did not where it was the first one"
                    : "the client does not tell of this recipient that was refused, and did where it was the first one",
                Rfc821.EndOfData.Name,
                Told(played),
                Nowhere
            ) with
            {
                RestsOn = first.Scenario.Id,
            }
            : null;
    }

    // in any words: by the mailbox, or by the code that it was refused with. What was not kept may have told of it
    private static bool IsNamed(Played played, List<string> missing, int code) =>
        played.Exit?.Text is not { } text
        || missing.Any(path => text.Contains(path.Trim('<', '>'), StringComparison.OrdinalIgnoreCase))
        || Regex.IsMatch(text, $@"(?<!\d){code}(?!\d)", RegexOptions.CultureInvariant);

    private static bool IsRefusedForSome(List<TrialMessage> taken) =>
        taken.Any(message => message.TakenFor.Count() < message.ForwardPaths.Count);
}
