namespace SmtpModel.Machines;

/// <summary>Something that has to hold of every machine, and what breaks it.</summary>
/// <param name="Name">Its name, one or two words.</param>
/// <param name="Says">What it says.</param>
/// <param name="Faults">What breaks it; empty when it holds.</param>
public sealed record Invariant(string Name, string Says, IReadOnlyList<Diagnostic> Faults)
{
    internal const string Unreadable = "SMTP000";
    private const string Unfaithful = "SMTP015";

    private static readonly (string Name, string Says, string[] Ids)[] All =
    [
        ("readable", "what is used is described", [Unreadable, "SMTP019"]),
        ("deterministic", "no two edges of one state carry the same exchange", ["SMTP001", "SMTP021"]),
        ("total", "a state that reads commands answers each of them, in order or not; it reads one kind of input", ["SMTP002", "SMTP003"]),
        ("live", "every state is reached, from each the session can be ended, and its end is final", ["SMTP004", "SMTP005", "SMTP006"]),
        ("buffers", "in each state exactly the buffers are held that it names", ["SMTP007"]),
        ("rejection is inert", "a refusal changes nothing, but for the listed exceptions", ["SMTP008"]),
        (
            "founded",
            "each edge has a rule, and its reply is in its command's row; each reply of a row leads somewhere",
            ["SMTP009", "SMTP010", "SMTP011", "SMTP012"]
        ),
        ("no conditions", "what decides about order is a state, never code", ["SMTP013"]),
        (
            "tolerance ends",
            "what is tolerated leads back to the machine's own states, with the buffers that these hold",
            ["SMTP014", "SMTP018"]
        ),
        (
            "extensions only add",
            "no two parts say something of one command, parameter, keyword or rule; values fit their patterns",
            ["SMTP016", "SMTP017"]
        ),
        (
            "told apart",
            "the inputs of one verb are told by their arguments, and a line behind which octets follow says how many",
            ["SMTP020"]
        ),
        ("faithful", "the flattened table and the Stateless machine give the same answer to every exchange in every state", [Unfaithful]),
    ];

    internal static IReadOnlyList<Invariant> Check(Profile profile)
    {
        var found = SoundnessCheck.Run(profile).ToList();
        if (found.Count == 0 || found[0].Id != Unreadable)
        {
            found.AddRange(Faithful(profile));
        }

        return [.. All.Select(one => new Invariant(one.Name, one.Says, [.. found.Where(fault => one.Ids.Contains(fault.Id))]))];
    }

    private static IEnumerable<Diagnostic> Faithful(Profile profile)
    {
        var table = profile.Table;
        var machine = profile.BuildMachine();
        List<int> codes =
        [
            .. table.Commands.SelectMany(use => use.Replies.All).Concat(table.Edges.Select(edge => edge.Exchange.Code)).Distinct(),
        ];
        foreach (var state in table.States)
        {
            foreach (var exchange in table.Commands.SelectMany(use => codes.Select(code => use.Command / code)))
            {
                if (table.Conflicts.Any(conflict => conflict.Exchange == exchange && table.Within(state).Contains(conflict.State)))
                {
                    // reported as not deterministic, and Stateless will not fire it
                    continue;
                }

                var to = machine.Step(state, exchange);
                var edge = table.From(state, exchange.Command).FirstOrDefault(edge => edge.Exchange.Code == exchange.Code);
                if (!IsSame(edge?.To, to, table.Final))
                {
                    yield return new Diagnostic(
                        Unfaithful,
                        profile.Name,
                        $"state {state}, {exchange}: the Stateless machine leads to {to?.State.Name ?? "nothing"}, the table to "
                            + $"{edge?.To.Name ?? "nothing"}",
                        edge?.Place ?? SourcePlace.Unknown
                    );
                }
            }
        }
    }

    private static bool IsSame(State? state, (State State, IReadOnlyList<State> Facts)? to, State final) =>
        state is null ? to is null
        : to is { } other && (state.Of ?? state) == other.State && (state == final || state.Facts.SequenceEqual(other.Facts));
}
