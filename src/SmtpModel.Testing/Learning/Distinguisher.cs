namespace SmtpModel.Testing.Engine;

/// <summary>
/// Chooses inputs that tell apart which of several known states a session is in, by what was observed behind these: an adaptive
/// distinguishing sequence, as far as the observations have one (Vaandrager and others 2022, 3.5).
/// </summary>
internal sealed class Distinguisher
{
    private const int Deepest = 4;

    // where states are hard to tell apart, it is for the learner to take what tells two of them apart
    private const int MostVisited = 5000;
    private readonly Dictionary<string, int?> _known = [];
    private int _visited;
    private readonly Dictionary<LearningNode, int> _numbers = [];

    /// <summary>Chooses the inputs of one session.</summary>
    /// <param name="candidates">The states that it may be in when the first input is chosen.</param>
    public Func<LearningNode, int?> Tell(IEnumerable<LearningNode> candidates)
    {
        List<LearningNode> open = [.. candidates];
        var isFirst = true;
        return node =>
        {
            // those of which nothing is known behind the last input are not told apart in this session
            open = isFirst ? open.FindAll(candidate => !LearningTree.AreApart(candidate, node))
                : [.. Behind(open, node.Input).Where(candidate => candidate.Output == node.Output)];
            isFirst = false;
            return Choose(open);
        };
    }

    private int? Choose(List<LearningNode> nodes)
    {
        if (nodes.Count < 2)
        {
            return null;
        }

        var key = string.Join(',', nodes.Select(Number).Order());
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        _visited = 0;
        for (var depth = 1; depth <= Deepest && _visited < MostVisited; depth++)
        {
            var best = Best(nodes, depth);
            if (best.Input is { } input && (best.Alike == 0 || (depth == Deepest && best.Alike < Pairs(nodes.Count))))
            {
                return _known[key] = input;
            }
        }

        return _known[key] = null;
    }

    // the input behind which the fewest pairs stay alike, and of those the one with the shortest ways
    private (int? Input, int Alike, int Length) Best(List<LearningNode> nodes, int depth)
    {
        (int? Input, int Alike, int Length) best = (null, Pairs(nodes.Count), 0);
        if (depth == 0 || nodes.Count < 2 || _visited++ > MostVisited)
        {
            return best;
        }

        foreach (var input in nodes.SelectMany(node => node.Children.Keys).Distinct())
        {
            List<LearningNode> behind = [.. Behind(nodes, input)];
            if (behind.Count < 2)
            {
                continue;
            }

            var (alike, length) = (Pairs(nodes.Count) - Pairs(behind.Count), nodes.Count);
            foreach (var group in behind.GroupBy(node => node.Output).Where(group => group.Skip(1).Any()))
            {
                var rest = Best([.. group], depth - 1);
                alike += rest.Alike;
                length += rest.Length;
            }

            if (alike < best.Alike || (alike == best.Alike && best.Input is not null && length < best.Length))
            {
                best = (input, alike, length);
            }
        }

        return best;
    }

    private static IEnumerable<LearningNode> Behind(IEnumerable<LearningNode> nodes, int input) =>
        nodes.Select(node => node.Children.GetValueOrDefault(input)).OfType<LearningNode>();

    private static int Pairs(int count) => count * (count - 1) / 2;

    private int Number(LearningNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            _numbers[node] = number = _numbers.Count;
        }

        return number;
    }
}
