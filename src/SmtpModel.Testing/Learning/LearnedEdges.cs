using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Holds the edges of a machine that was learned against its transitions, of which they were made: one reader goes by the edges and
/// another by the transitions, so a file in which they contradict each other would be two machines.
/// </summary>
internal sealed class LearnedEdges
{
    private readonly JsonPlace _root;
    private readonly string _first;
    private readonly Dictionary<string, InputKind> _commands = [];
    private readonly Dictionary<(string State, string Command, int Code), (string To, JsonPlace Place)> _edges = [];

    private LearnedEdges(JsonPlace root, string first)
    {
        (_root, _first) = (root, first);
        foreach (var command in root.Items("commands"))
        {
            _commands.TryAdd(Part(command, "name").Name(), Part(command, "kind").Word<InputKind>());
        }
    }

    /// <summary>Makes sure that a file's edges and transitions say the same.</summary>
    /// <param name="root">The file.</param>
    /// <param name="transitions">The transitions with their places; those of a state in the order of the inputs.</param>
    /// <param name="states">The states, the first one first.</param>
    /// <exception cref="JsonPlaceException">They do not; the message names state and input.</exception>
    public static void Check(JsonPlace root, IReadOnlyList<(LearnedTransition Said, JsonPlace Place)> transitions,
        IReadOnlyList<string> states) => new LearnedEdges(root, states[0]).Check(transitions, [.. states]);

    private void Check(IReadOnlyList<(LearnedTransition Said, JsonPlace Place)> transitions, HashSet<string> states)
    {
        Read(states);
        var final = Part(_root, "final").Name();
        HashSet<(string, string, int)> known = [];
        foreach (var (said, place) in transitions)
        {
            // where several lines of one command draw the same, the first says where it leads
            if (TargetSystem.CodeOf(said.Output) is not 0 and var code && CommandOf(said) is var command
                && known.Add((said.From, command, code)))
            {
                Check(said, place, command, code, said.To ?? final);
            }
        }

        if (_edges.Where(edge => !known.Contains(edge.Key)).Select(edge => ((string, string, int, JsonPlace)?)(edge.Key.State,
            edge.Key.Command, edge.Key.Code, edge.Value.Place)).FirstOrDefault() is var (state, input, drawn, extra))
        {
            throw extra.Wrong($"there is no transition from {state} by {input} that draws {drawn}");
        }
    }

    private void Check(LearnedTransition said, JsonPlace place, string command, int code, string to)
    {
        if (!_edges.TryGetValue((said.From, command, code), out var edge))
        {
            throw place.Wrong($"from {said.From} {said.Input} draws {said.Output}, and the edges of the machine have no {command} / {code} "
                + "there");
        }

        if (edge.To != to)
        {
            throw edge.Place.Wrong($"from {said.From} {command} / {code} leads to {edge.To}, and by the transition of {said.Input} "
                + $"to {to}");
        }
    }

    private void Read(HashSet<string> states)
    {
        var start = Part(_root, "start").Name();
        foreach (var item in _root.Items("edges"))
        {
            item.Object("from", "command", "codes", "to?", "rule");
            var (from, to) = (item["from"].Name(), (item.Find("to") ?? item["from"]).Name());
            if (from == start)
            {
                // what the server greets with is no transition
                _ = to == _first ? to : throw item.Wrong($"the greeting leads to {to}, and the first state that was learned is {_first}");
                continue;
            }

            Add(item, from, to, states);
        }

        foreach (var item in _root.Items("outOfOrder"))
        {
            item.Object("in", "command", "codes", "rule", "demands?");
            Add(item, item["in"].Name(), item["in"].Name(), states);
        }

        if (_root.Items("tolerated") is [var tolerated, ..])
        {
            throw tolerated.Wrong("what a server does that was learned is an edge; none is tolerated besides");
        }
    }

    private void Add(JsonPlace item, string from, string to, HashSet<string> states)
    {
        _ = states.Contains(from) ? from : throw item.Wrong($"there is no transition from {Printable.Text(from, 60)}");
        foreach (var code in item["codes"].Codes())
        {
            // one that is there twice is the machine's own fault, which its reader tells
            _edges.TryAdd((from, item["command"].Name(), code), (to, item));
        }
    }

    // a malformed line is one of its command, and where commands are read the end of data is a line that is none
    private string CommandOf(LearnedTransition said)
    {
        var command = _commands.ContainsKey(said.Input) ? said.Input : said.Input.TrimEnd(LearningAlphabet.Malformed);
        return _commands.TryGetValue(command, out var kind)
            && (kind is not InputKind.Data || _edges.Keys.Any(edge => (edge.State, edge.Command) == (said.From, command))) ? command
            : _commands.FirstOrDefault(one => one.Value is InputKind.UnknownLine).Key ?? command;
    }

    private static JsonPlace Part(JsonPlace item, string name) =>
        item.Find(name) ?? throw item.Wrong($"the property '{name}' is missing");
}
