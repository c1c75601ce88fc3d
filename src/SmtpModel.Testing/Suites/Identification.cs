namespace SmtpModel.Testing.Engine;

/// <summary>
/// For each state a set of sequences that tells it apart from every other, chosen so that the tests that end in the state
/// cost least: one sequence that does it alone is often longer than each of two that share the work, and still cheaper, as
/// each sequence more costs the whole way to the state again.
/// </summary>
internal sealed class Identification
{
    // enough for any machine of a protocol; where it is not, pairs of states still have their shortest sequences
    private const int MostNodes = 20_000;
    private readonly Separation _separation;
    private readonly StateCover _cover;

    public Identification(Separation separation, StateCover cover)
    {
        (_separation, _cover) = (separation, cover);
        Candidates = [.. Enumerable.Range(0, Machine.States.Count).Select(Find)];
        Sets = [.. Enumerable.Range(0, Machine.States.Count).Select(Cheapest)];
    }

    /// <summary>For each state sequences and which other states each tells it apart from, shorter ones first.</summary>
    public IReadOnlyList<Identifier>[] Candidates { get; }

    /// <summary>For each state the cheapest set that leaves no other state.</summary>
    public IReadOnlyList<Identifier>[] Sets { get; }

    private Mealy Machine => _separation.Machine;

    // breadth first over what a sequence leaves: where the state went, and where each state went that still answers like it
    private List<Identifier> Find(int state)
    {
        var count = Machine.States.Count;
        List<Identifier> found = [];
        HashSet<string> seen = [];
        HashSet<string> covered = [];
        var open = new Queue<Node>([
            new Node([], state, [.. Enumerable.Range(0, count).Select(other => other == state ? Node.Never : other)], 0),
        ]);
        while (open.TryDequeue(out var node) && seen.Count < MostNodes)
        {
            for (var input = 0; input < Machine.Inputs.Count; input++)
            {
                if (Step(node, input) is not { } next || !seen.Add($"{next.At}/{next.Refusals}/{string.Join(',', next.Where)}"))
                {
                    continue;
                }

                bool[] apart = [.. next.Where.Select(where => where == Node.Apart)];
                if (Array.IndexOf(apart, true) >= 0 && covered.Add(string.Concat(apart.Select(is1 => is1 ? '1' : '0'))))
                {
                    found.Add(new Identifier(next.Sequence, apart));
                }

                if (next.At >= 0 && Array.Exists(next.Where, where => where >= 0))
                {
                    open.Enqueue(next);
                }
            }
        }

        // what needs more refusals than one
        for (var other = 0; other < count; other++)
        {
            if (other != state && !found.Exists(identifier => identifier.Apart[other]))
            {
                int[] sequence = [.. _separation.Of(state, other)!];
                found.Add(
                    new Identifier(
                        sequence,
                        [.. Enumerable.Range(0, count).Select(each => each != state && _separation.Separates(sequence, state, each))]
                    )
                );
            }
        }

        return found;
    }

    // a test whose last transition is refused has room for one more refusal
    private Node? Step(Node node, int input)
    {
        if (!Machine.IsDefined(node.At, input))
        {
            return null;
        }

        var output = Machine.Output(node.At, input);
        var refusals = node.Refusals + (ResolvedMachine.IsRefusal(output) ? 1 : 0);
        var at = Machine.Next(node.At, input);
        var where = new int[node.Where.Length];
        for (var other = 0; other < where.Length; other++)
        {
            var old = node.Where[other];
            where[other] = old < 0 ? old
                : !Machine.IsDefined(old, input) ? (Machine.IsSilentWhereUndefined ? Node.Apart : Node.Never)
                : Machine.Output(old, input) != output ? Node.Apart
                : Machine.Next(old, input) == at ? Node.Never
                : Machine.Next(old, input);
        }

        return refusals > 1 ? null : new Node([.. node.Sequence, input], at, where, refusals);
    }

    private List<Identifier> Cheapest(int state)
    {
        var all = Candidates[state];
        var way = Way(state);
        (List<Identifier> Set, double Cost) best = ([], double.MaxValue);
        foreach (var identifier in all.Where(identifier => Leaves([identifier], state) == 0))
        {
            Try([identifier]);
        }

        for (var one = 0; one < all.Count; one++)
        {
            for (
                var other = one + 1;
                other < all.Count && (2 * way) + all[one].Sequence.Length + all[other].Sequence.Length < best.Cost;
                other++
            )
            {
                if (Leaves([all[one], all[other]], state) == 0)
                {
                    Try([all[one], all[other]]);
                }
            }
        }

        return best.Set.Count > 0 || Machine.States.Count == 1 ? best.Set : Greedy(state);

        void Try(List<Identifier> set)
        {
            var cost = set.Sum(identifier => way + identifier.Sequence.Length);
            best = cost < best.Cost ? (set, cost) : best;
        }
    }

    private List<Identifier> Greedy(int state)
    {
        List<Identifier> set = [];
        while (Leaves(set, state) > 0)
        {
            set.Add(Candidates[state].MinBy(identifier => Leaves([.. set, identifier], state))!);
        }

        // what was taken early may not be needed for what was taken later
        foreach (var identifier in set.ToList().Where(identifier => Leaves([.. set.Where(other => other != identifier)], state) == 0))
        {
            _ = set.Remove(identifier);
        }

        return set;
    }

    private int Leaves(List<Identifier> set, int state) =>
        Enumerable.Range(0, Machine.States.Count).Count(other => other != state && !set.Exists(identifier => identifier.Apart[other]));

    // how many inputs it takes on average to go along a transition that ends in the state
    private double Way(int state) =>
        (from other in Enumerable.Range(0, Machine.States.Count)
         from input in Enumerable.Range(0, Machine.Inputs.Count)
         where Machine.IsDefined(other, input) && Machine.Next(other, input) == state
         select _cover[other].Length + 1).DefaultIfEmpty(1).Average();

    private sealed record Node(int[] Sequence, int At, int[] Where, int Refusals)
    {
        // told apart already, and never again to be: at the same state, or over
        public const int Apart = -1;
        public const int Never = -2;
    }
}

/// <summary>A sequence, and which states it tells apart from the one it is for.</summary>
internal sealed record Identifier(int[] Sequence, bool[] Apart);
