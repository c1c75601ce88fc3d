using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>In what a delivery differs from what was taken.</summary>
internal enum DeliveryFaultKind
{
    Lost,
    Twice,
    Refused,
    Unfinished,
    ReversePath,
    ForwardPaths,
    RecipientCase,
    SenderCase,
    Data,
}

/// <summary>A difference between what was taken and what was delivered.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Came">What was delivered.</param>
/// <param name="IsAllowed">Whether a server may do so, so that it is only told.</param>
internal sealed record DeliveryFault(DeliveryFaultKind Kind, string Expected, string Came, bool IsAllowed = false)
{
    /// <summary>The rule that it breaks: that of its kind, where what differs breaks none that says more.</summary>
    public Rule Rule
    {
        get => field ?? DeliveryComparison.RuleOf(Kind);
        init;
    }
}

/// <summary>Holds what was delivered against what was taken. What cannot be known where it lies is not judged.</summary>
internal static class DeliveryComparison
{
    /// <summary>The rule that a difference breaks.</summary>
    public static Rule RuleOf(DeliveryFaultKind kind) => kind switch
    {
        DeliveryFaultKind.Lost => DeliveryRules.Kept,
        DeliveryFaultKind.Twice => DeliveryRules.Once,
        DeliveryFaultKind.Refused => DeliveryRules.Refused,
        DeliveryFaultKind.Unfinished => DeliveryRules.Unfinished,
        DeliveryFaultKind.ReversePath => DeliveryRules.ReversePath,
        DeliveryFaultKind.ForwardPaths => DeliveryRules.ForwardPaths,
        DeliveryFaultKind.RecipientCase or DeliveryFaultKind.SenderCase => DeliveryRules.LocalPart,
        _ => DeliveryRules.Content,
    };

    /// <summary>What was delivered otherwise than a server may, of each of several messages.</summary>
    /// <param name="sent">The messages.</param>
    /// <param name="found">What came, by its mark.</param>
    /// <param name="limit">How long was waited.</param>
    public static IEnumerable<(SentMessage Message, DeliveryFault Fault)> Wrong(
        IEnumerable<SentMessage> sent,
        ILookup<string, DeliveredMessage> found,
        TimeSpan limit
    ) =>
        from message in sent
        from fault in Of(message, [.. found[message.Mark]], limit)
        where !fault.IsAllowed
        select (message, fault);

    /// <summary>What violations have in common that are such a difference.</summary>
    public static string Key(DeliveryFaultKind kind) => $"{ViolationKind.Delivery}|{kind}";

    /// <summary>The violation that a difference is.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sent">The message.</param>
    /// <param name="fault">The difference.</param>
    public static Violation Violation(TransitionTable table, SentMessage sent, DeliveryFault fault)
    {
        var state = sent.Edge?.From ?? table.States.First(state => table.Reads(state) is Reading.Data);
        var command = sent.Edge?.Exchange.Command ?? table.Commands.First(use => use.Command.Kind is InputKind.Data).Command;
        return new Violation(ViolationKind.Delivery, state, command, fault.Rule, fault.Expected, fault.Came)
        {
            Key = Key(fault.Kind),
        };
    }

    /// <summary>Whether a message that was taken is there for each of its recipients, as far as that can be known.</summary>
    public static bool IsThere(SentMessage sent, IEnumerable<DeliveredMessage> found) =>
        found.ToList() is { Count: > 0 } all && Missing(sent, all).Count == 0;

    /// <summary>All differences; none where it was delivered as it should.</summary>
    public static IEnumerable<DeliveryFault> Of(SentMessage sent, IReadOnlyList<DeliveredMessage> found, TimeSpan limit)
    {
        if (sent.Fate is Fate.Open)
        {
            return [];
        }

        if (sent.Fate is not Fate.Taken)
        {
            return found.Count == 0
                ? []
                :
                [
                    new DeliveryFault(
                        sent.Fate is Fate.Refused ? DeliveryFaultKind.Refused : DeliveryFaultKind.Unfinished,
                        sent.Fate is Fate.Refused
                            ? $"nothing, for the end of its data drew {sent.Came}"
                            : "nothing, for the channel was lost before the end of its data",
                        $"a message {Whom(found)}"
                    ),
                ];
        }

        return found.Count == 0
            ?
            [
                new DeliveryFault(
                    DeliveryFaultKind.Lost,
                    $"the message {Whom(sent.To)}, for the end of its data drew {sent.Came}",
                    $"nothing within {limit.TotalSeconds:0.#} s",
                    MayBeReturned(sent)
                ),
            ]
            :
            [
                .. Recipients(sent, found, limit),
                .. found.Select(one => ReversePath(sent, one)).OfType<DeliveryFault>().Take(1),
                .. found
                    .Select(one => MessageComparison.Of(sent.Data, one))
                    .OfType<DeliveryFault>()
                    .OrderBy(fault => fault.IsAllowed)
                    .Take(1),
            ];
    }

    private static IEnumerable<DeliveryFault> Recipients(SentMessage sent, IReadOnlyList<DeliveredMessage> found, TimeSpan limit)
    {
        if (found.Any(one => one.ForwardPaths is null))
        {
            // who got which copy is not known: more copies than recipients are too many all the same
            return found.Count <= sent.To.Count
                ? []
                : [new DeliveryFault(DeliveryFaultKind.Twice, Copies(sent.To.Count), Copies(found.Count))];
        }

        var got = found.SelectMany(one => one.ForwardPaths!).Select(Marking.Bare).ToList();
        var wrong = got.FirstOrDefault(path => sent.NotTo.Any(other => IsSame(other, path)) && !sent.To.Any(one => IsSame(one, path)));
        if (wrong is not null)
        {
            return
            [
                new DeliveryFault(
                    DeliveryFaultKind.ForwardPaths,
                    $"the message {Whom(sent.To)} only",
                    $"a message to {Printable.Text(wrong)}, who is no recipient of this transaction"
                ),
            ];
        }

        var missing = Missing(sent, found);
        var others = got.Where(path => !sent.To.Any(one => IsLike(one, path))).Distinct().ToList();
        if (missing.Count > 0)
        {
            return others.Count > 0
                ?
                [
                    new DeliveryFault(
                        DeliveryFaultKind.ForwardPaths,
                        $"the message {Whom(sent.To)}",
                        $"a message {Whom(got)}",
                        IsAllowed: true
                    ),
                ]
                :
                [
                    new DeliveryFault(
                        DeliveryFaultKind.Lost,
                        $"the message {Whom(sent.To)}",
                        $"one {Whom(got)}, and nothing {Whom(missing)} within {limit.TotalSeconds:0.#} s",
                        MayBeReturned(sent)
                    ),
                ];
        }

        var isRelayed = found.All(one => one.IsRelayed);
        var bent = got.FirstOrDefault(path => sent.To.Any(one => IsLike(one, path)) && !sent.To.Any(one => IsSame(one, path)));
        var often = sent
            .To.Distinct()
            .FirstOrDefault(one => got.Count(path => IsLike(one, path)) > sent.To.Count(other => IsLike(one, other)));
        return
        [
            .. bent is null
                ? Array.Empty<DeliveryFault>()
                :
                [
                    new DeliveryFault(
                        DeliveryFaultKind.RecipientCase,
                        $"the message {Whom(sent.To)}",
                        $"one to {Printable.Text(bent)}",
                        IsAllowed: !isRelayed
                    ),
                ],
            .. often is null
                ? Array.Empty<DeliveryFault>()
                :
                [
                    new DeliveryFault(
                        DeliveryFaultKind.Twice,
                        $"{Copies(sent.To.Count(other => IsLike(often, other)))} to {Printable.Text(often)}",
                        Copies(got.Count(path => IsLike(often, path)))
                    ),
                ],
        ];
    }

    private static DeliveryFault? ReversePath(SentMessage sent, DeliveredMessage found)
    {
        if (found.ReversePath is not { } path || IsSame(sent.ReversePath, Marking.Bare(path)))
        {
            return null;
        }

        // a site that forwards may put itself in for the sender (SRS)
        var isRewritten = path.StartsWith("SRS", StringComparison.OrdinalIgnoreCase);
        return new DeliveryFault(
            IsLike(sent.ReversePath, Marking.Bare(path)) ? DeliveryFaultKind.SenderCase : DeliveryFaultKind.ReversePath,
            $"the reverse-path <{Printable.Text(sent.ReversePath)}>",
            $"<{Printable.Text(path)}>"
                + (sent.NotFrom.Contains(Marking.Bare(path)) ? ", the sender of another session that was open meanwhile" : ""),
            isRewritten
        );
    }

    // recipients that no copy is for
    private static List<string> Missing(SentMessage sent, IReadOnlyList<DeliveredMessage> found) =>
        found.Any(one => one.ForwardPaths is null)
            ? []
            :
            [
                .. sent
                    .To.Where(one => !found.SelectMany(copy => copy.ForwardPaths!).Any(path => IsLike(one, Marking.Bare(path))))
                    .Distinct(),
            ];

    // a mailbox that is written in an odd way may be refused by whom it is sent on to, and the message is returned then
    private static bool MayBeReturned(SentMessage sent) =>
        sent
            .To.Append(sent.ReversePath)
            .Any(path =>
                !Local(path).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '+' or '-' or '_')
                || Local(path).Length > 64
                || !Domain(path).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')
            );

    // the domain has no case (RFC 5321 2.4), and a quoted string that need not be quoted is the same mailbox (4.1.2)
    private static bool IsSame(string one, string other) => Local(one) == Local(other) && IsSameDomain(one, other);

    private static bool IsLike(string one, string other) =>
        Local(one).Equals(Local(other), StringComparison.OrdinalIgnoreCase) && IsSameDomain(one, other);

    // Postmaster has none, and a server may put its own
    private static bool IsSameDomain(string one, string other) => Domain(one).Equals(Domain(other), StringComparison.OrdinalIgnoreCase)
        || (Local(one).Equals("postmaster", StringComparison.OrdinalIgnoreCase) && (Domain(one).Length == 0 || Domain(other).Length == 0));

    private static string Local(string mailbox)
    {
        var local = mailbox.LastIndexOf('@') is >= 0 and var at ? mailbox[..at] : mailbox;
        if (local.Length < 2 || local[0] != '"' || local[^1] != '"')
        {
            return local;
        }

        var text = new System.Text.StringBuilder();
        for (var index = 1; index < local.Length - 1; index++)
        {
            index += local[index] == '\\' && index < local.Length - 2 ? 1 : 0;
            text.Append(local[index]);
        }

        return text.ToString();
    }

    private static string Domain(string mailbox) => mailbox.LastIndexOf('@') is >= 0 and var at ? mailbox[(at + 1)..] : "";

    private static string Copies(int count) => count == 1 ? "one copy" : $"{count} copies";

    private static string Whom(IEnumerable<DeliveredMessage> found) => Whom([.. found.SelectMany(one => one.ForwardPaths ?? [])]);

    private static string Whom(IReadOnlyCollection<string> paths) =>
        paths.Count == 0 ? "to somebody" : $"to {Printable.Text(string.Join(", ", paths))}";
}
