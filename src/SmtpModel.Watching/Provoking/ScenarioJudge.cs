using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <summary>
/// Judges what a client did in a scenario: by the follower, which has seen every octet, and by what became of the message. What the client
/// does where nothing is unusual is a habit, told once with the plain scenario.
/// </summary>
internal sealed partial class ScenarioJudge
{
    private const int Shown = 24;

    // what is wrong is what the client tells, and no line
    private const int Nowhere = -1;
    private readonly TrialOptions _options;
    private readonly HashSet<(string Rule, string Command, string What)> _habits = [];
    private readonly Dictionary<string, int> _copies;
    private readonly bool _isTold;

    /// <summary>A judge that knows the client.</summary>
    /// <param name="options">How the client is tried.</param>
    /// <param name="plain">What it did where nothing is unusual.</param>
    /// <param name="isTold">Whether its exit status said there that all went well, so that the exit status says something.</param>
    public ScenarioJudge(TrialOptions options, Played plain, bool isTold)
    {
        (_options, _isTold) = (options, isTold);
        _copies = Copies(plain);
        _usual.AddRange(plain.Sessions.SelectMany(GivenTransaction.Of));
        _habits.UnionWith(Follow(plain).Select(Key));
    }

    /// <summary>The verdict, why, and what is wrong.</summary>
    public (CaseVerdict Verdict, string Reason, IReadOnlyList<Blame> Blames) Judge(Played played)
    {
        if (played.Sessions.Count == 0)
        {
            return (CaseVerdict.Inconclusive, "the client never connected", []);
        }

        if (!played.IsReached)
        {
            return (CaseVerdict.NotApplicable, "the client never came to where something is unusual", []);
        }

        var blames = Follow(played).Where(blame => !_habits.Contains(Key(blame))).Concat(Outcome(played)).DistinctBy(Key)
            .OrderBy(blame => blame.Verdict switch { CaseVerdict.Fail => 0, CaseVerdict.NonStrict => 1, _ => 2 }).ToList();
        return blames.Count > 0 ? (TrialRun.Worst(blames), blames[0].What, blames) : (CaseVerdict.Pass, "", []);
    }

    /// <summary>What the octets show by themselves, but for how the client parts.</summary>
    public IReadOnlyList<Blame> Follow(Played played) =>
        [
            .. played
                .Sessions.SelectMany(session => session.Log.All)
                .Where(blame => blame.Side is Side.Client && !TrialRun.IsOfParting(blame)),
            .. played.Sessions.SelectMany(Octets),
        ];

    private IEnumerable<Blame> Octets(TrialSession session)
    {
        if (session.Stray is { } stray)
        {
            var line = Printable.Text(stray, 80);
            var place = Place(session, text => text == Printable.Text(stray));
            yield return session.StrayBehind > 0
                ? Of(session, ClientRules.Go, $"mail data was sent though DATA drew {session.StrayBehind}", Rfc821.DATA.Name, line, place)
                : Of(
                    session,
                    TrialRules.Dots,
                    "a line of a single dot was sent as it is, and the rest of the message as commands",
                    Rfc821.EndOfData.Name,
                    line,
                    place
                );
        }

        if (_options.DemandsTls && session.HasGivenSecret)
        {
            yield return Of(
                session,
                TrialRules.Secret,
                "a password was sent outside TLS, and the client was told to demand it",
                Rfc4954.AUTH.Name,
                "",
                session.SecretAt
            );
        }

        if (_options.DemandsTls && session.HasSentInClear)
        {
            yield return Of(
                session,
                TrialRules.Demanded,
                "a message was begun outside TLS, and the client was told to demand it",
                Rfc821.MAIL.Name,
                "",
                Place(session, line => Rfc821.Beginning.Any(one => line.StartsWith(one.Keyword, StringComparison.OrdinalIgnoreCase)))
            );
        }

        foreach (var message in session.Messages)
        {
            if (MessageFile.LostDot(message.Content) is { } lost)
            {
                yield return Of(
                    session,
                    TrialRules.Dots,
                    "a line that begins with a dot was sent without one more",
                    Rfc821.EndOfData.Name,
                    lost,
                    Place(session, text => text == ".")
                );
            }
        }

        for (var at = 1; at < session.Requests.Count; at++)
        {
            var (command, line, code) = session.Requests[at - 1];
            var isSame = command == Rfc821.RCPT || (Rfc821.Beginning.Contains(command) && !IsOneByOne);
            if (code >= 500 && isSame && session.Requests[at].Line == line)
            {
                yield return Of(
                    session,
                    TrialRules.Again,
                    $"{command} was sent again as it was, though it drew {code}",
                    command.Name,
                    Printable.Text(line, 80),
                    Place(session, text => text == Printable.Text(line), isLast: true)
                );
            }
        }
    }

    private static (string Rule, string Command, string What) Key(Blame blame) => (blame.Rule.Id, blame.Command, blame.What);

    private static Blame Of(TrialSession session, Rule rule, string what, string command, string came, int? wrong = null) =>
        new(Side.Client, rule, Verdict(rule), what)
        {
            Command = command,
            Expected = rule.Asks,
            Came = came,
            Evidence = wrong switch
            {
                Nowhere => [.. session.Lines.TakeLast(Shown)],
                { } at => Marked(session.Lines, at),
                null => Marked(session.Lines),
            },
        };

    private static CaseVerdict Verdict(Rule rule) => rule.Level switch
    {
        Level.Must => CaseVerdict.Fail,
        Level.Should => CaseVerdict.NonStrict,
        _ => CaseVerdict.Info,
    };

    // of what the client said, the place of the first line that is wrong, or of the last; null where it was not kept
    private static int? Place(TrialSession session, Func<string, bool> isWrong, bool isLast = false)
    {
        var places = session.Lines.Select((line, at) => (line, at)).Where(one => one.line.Side is Side.Client && isWrong(one.line.Text))
            .Select(one => (int?)one.at).ToList();
        return isLast ? places.LastOrDefault() : places.FirstOrDefault();
    }

    // up to the line that is wrong and what it drew
    private static List<EvidenceLine> Marked(IReadOnlyList<EvidenceLine> lines, int wrong)
    {
        var end = wrong + 1;
        while (end < lines.Count && lines[end].Side is Side.Client)
        {
            end++;
        }

        return
        [
            .. lines.Take(Math.Min(end + 1, lines.Count)).Select((line, at) => at == wrong ? line with { IsBlamed = true } : line)
                .TakeLast(Math.Max(Shown, end + 1 - wrong)),
        ];
    }

    // what the client did last is what it is about
    private static List<EvidenceLine> Marked(IReadOnlyList<EvidenceLine> lines)
    {
        var last = lines.TakeLast(Shown).ToList();
        var wrong = last.FindLastIndex(line => line.Side is Side.Client);
        return wrong < 0 ? last : [.. last[..wrong], last[wrong] with { IsBlamed = true }, .. last[(wrong + 1)..]];
    }

    // of each recipient, how often a message was accepted for it
    private static Dictionary<string, int> Copies(Played played) => TrialRun.Taken(played).SelectMany(message => message.TakenFor)
        .GroupBy(path => path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
