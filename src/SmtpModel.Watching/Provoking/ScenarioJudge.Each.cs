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
    private readonly Dictionary<int, bool> _saidOfFirst = [];

    // one of them is refused in the same way: a client that takes one reply for all tells its user of some places and not of others
    private Blame? ByPosition(Played played, TrialSession last, List<TrialMessage> taken, List<string> missing)
    {
        if (played.Scenario.Answers is not [(_, { Each: [var (which, code)] })] || taken.Count == 0 || missing.Count == 0)
        {
            return null;
        }

        if (which is Nth.First)
        {
            _saidOfFirst[code] = IsSuccess(played);
        }

        return _saidOfFirst.TryGetValue(code, out var said) && said != IsSuccess(played)
            ? Of(
                last,
                TrialRules.EachReply,
                said
                    ? "the client tells of this recipient that was refused, and did not where it was the first one"
                    : "the client does not tell of this recipient that was refused, and did where it was the first one",
                Rfc821.EndOfData.Name,
                Told(played),
                Nowhere
            )
            : null;
    }

    private static bool IsRefusedForSome(List<TrialMessage> taken) =>
        taken.Any(message => message.TakenFor.Count() < message.ForwardPaths.Count);
}
