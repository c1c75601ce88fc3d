using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Says what can be said against a mutant by exploring it beside the oracle, breadth first, and where the oracle has nothing
/// to say beside the machine that nothing is wrong with. Both are finite, so the answer is exact, and what kills it is shortest.
/// </summary>
internal sealed class MutantJudge(MutantCatalogue catalogue)
{
    private readonly Oracle _oracle = new(catalogue.Table);
    private readonly SymbolicInputs _inputs = new(new Oracle(catalogue.Table));
    private readonly SymbolicServer _right = new(catalogue.Order);

    // a mutant is wrong in one state: what comes of all others is the same for every mutant, and is worked out once
    private readonly ConcurrentDictionary<NodeKey, Outcomes> _known = new();

    public MutantJudgement Of(Mutant mutant)
    {
        var server = new SymbolicServer(mutant.Order);
        var inputs = _inputs.With(mutant.Exchange);
        return Accuse(server, mutant.Order, inputs) is { } shown ? new MutantJudgement(MutantClass.Faulty, shown.Session, shown.What)
            : new MutantJudgement(Differs(server, inputs) ? MutantClass.Conforming : MutantClass.Equivalent);
    }

    // the product of the mutant and the oracle
    private (TestSession Session, string What)? Accuse(SymbolicServer server, TableOrder order, InputsByReading inputs)
    {
        var fewest = new Dictionary<(StateSet, ServerPoint, Holding), int>();
        var open = new Queue<Node>();
        foreach (var greeting in _inputs.Greetings)
        {
            var start = new Node(
                null,
                new SymbolicInput(new Step(_inputs.Opening, greeting), default, 0),
                new NodeKey(_oracle.Start, default, default, 0)
            );
            if (Follow(start, server.Open(greeting), start.Input, out var what) is { } next)
            {
                open.Enqueue(next);
            }
            else if (what is not null)
            {
                return (new TestSession([], greeting), what);
            }
        }

        while (open.TryDequeue(out var node))
        {
            var key = (node.States, node.Server, node.Model);
            if (fewest.TryGetValue(key, out var refusals) && refusals <= node.Refusals)
            {
                continue;
            }

            fewest[key] = node.Refusals;
            var outcomes = order.Shares(catalogue.Order, node.Server.State)
                ? _known.GetOrAdd(
                    node.Key,
                    static (_, of) => of.Judge.From(of.Node, of.Judge._right, of.Judge._inputs.All),
                    (Judge: this, Node: node)
                )
                : From(node, server, inputs);
            foreach (var next in outcomes.Next)
            {
                open.Enqueue(new Node(node, next.Input, next.Key));
            }

            if (outcomes.Wrong is { } wrong)
            {
                return (node.Session(wrong.Input), wrong.What);
            }
        }

        return null;
    }

    // where the inputs lead from a node, each place once; up to the first of them that shows something wrong
    private Outcomes From(Node node, SymbolicServer server, InputsByReading inputs)
    {
        var seen = new HashSet<NodeKey>();
        List<(SymbolicInput Input, NodeKey Key)> next = [];
        foreach (var input in inputs.Of(node.States.Overlaps(_oracle.ReadingData) ? SessionReading.Data
            : node.States.Overlaps(_oracle.ReadingResponses) ? SessionReading.Responses : SessionReading.Commands))
        {
            if (Follow(node, server.Send(node.Server, input), input, out var what) is { } after && seen.Add(after.Key))
            {
                next.Add((input, after.Key));
            }
            else if (what is not null)
            {
                return new Outcomes([.. next], (input, what));
            }
        }

        return new Outcomes([.. next], null);
    }

    // as SessionRunner and Play judge it: the next node, or what is wrong, or neither where the session is over
    private Node? Follow(Node node, ServerAnswer answer, in SymbolicInput input, out string? wrong)
    {
        wrong = null;
        var isOver = node.States.Overlaps(_oracle.Final);
        var command = input.Step.Move.Command;
        if (answer.Kind is not ObservationKind.Reply)
        {
            var isTolerated =
                answer.Kind is ObservationKind.Closed
                    ? isOver || node.Refusals >= Play.Tolerance
                    : answer.Kind is ObservationKind.Silence && isOver;
            wrong = isTolerated
                ? null
                : answer.Kind switch
                {
                    ObservationKind.Closed => $"the channel is closed where {command} has to be answered",
                    ObservationKind.Silence or ObservationKind.NoneDue => $"{command} is not answered",
                    _ => "more than one reply to the mail data",
                };
            return null;
        }

        var due =
            catalogue.Table.ForEach.ContainsKey(command)
            && node.States.Indexes()
                .Any(state => state < catalogue.Table.States.Count && catalogue.Table.IsInOrder(catalogue.Table.AllStates[state], command))
                ? node.Model.ForwardPathCount
                : 1;
        if (answer.Replies != due && answer.Code != catalogue.Table.Faults.Closing)
        {
            wrong = $"{command} draws {answer.Replies} replies where {due} are due";
            return null;
        }

        var judgement = _oracle.Judge(node.States, command, input.Kind, answer.Code);
        // a refusal that is asked for may be one that the server gives in order too: its code is its own choice
        if (judgement.Verdict is Verdict.Fail && (judgement.After.IsEmpty || !input.Step.AsksFor(answer.Code)))
        {
            wrong = $"{command} draws {answer.Code} in {catalogue.Table.AllStates[node.States.First]}: {judgement.Rule}";
            return null;
        }

        if (
            judgement.Edge is not null
            && answer.Delivered is { } delivered
            && SymbolicInputs.Model.Differs(delivered, node.Model, input.Content)
        )
        {
            wrong = "what is handed over is not what was accepted";
            return null;
        }

        var model = SymbolicInputs.Model.After(node.Model, command / answer.Code, input, judgement);
        var next = new Node(
            node,
            input,
            new NodeKey(judgement.After, answer.After, model, Math.Min(Play.Tolerance, node.Refusals + (answer.Code >= 400 ? 1 : 0)))
        );
        return model.IsWithinBounds && answer.After.Holding.IsWithinBounds ? next : null;
    }

    // the product of the mutant and the machine that nothing is wrong with
    private bool Differs(SymbolicServer server, InputsByReading inputs)
    {
        var seen = new HashSet<(ServerPoint, ServerPoint)>();
        var open = new Queue<(ServerPoint, ServerPoint)>();
        foreach (var greeting in _inputs.Greetings)
        {
            if (!Pair(_right.Open(greeting), server.Open(greeting), server))
            {
                return true;
            }
        }

        while (open.TryDequeue(out var at))
        {
            foreach (var input in inputs.Of(catalogue.Order.Reads(at.Item1.State)))
            {
                if (!Pair(_right.Send(at.Item1, input), server.Send(at.Item2, input), server))
                {
                    return true;
                }
            }
        }

        return false;

        bool Pair(ServerAnswer right, ServerAnswer other, SymbolicServer server)
        {
            if (
                right.Kind != other.Kind
                || right.Code != other.Code
                || right.Replies != other.Replies
                || right.Delivered != other.Delivered
                || _right.HasEnded(right.After) != server.HasEnded(other.After)
            )
            {
                return false;
            }

            if (right.After.Holding.IsWithinBounds && other.After.Holding.IsWithinBounds && seen.Add((right.After, other.After)))
            {
                open.Enqueue((right.After, other.After));
            }

            return true;
        }
    }

    // where the server may be by the oracle, where it is, what was accepted, and how many refusals there were
    private readonly record struct NodeKey(StateSet States, ServerPoint Server, Holding Model, int Refusals);

    private sealed record Outcomes((SymbolicInput Input, NodeKey Key)[] Next, (SymbolicInput Input, string What)? Wrong);

    private sealed record Node(Node? Before, SymbolicInput Input, NodeKey Key)
    {
        public StateSet States => Key.States;

        public ServerPoint Server => Key.Server;

        public Holding Model => Key.Model;

        public int Refusals => Key.Refusals;

        /// <summary>The inputs up to here and one more, as a session.</summary>
        public TestSession Session(SymbolicInput last)
        {
            List<Step> steps = [last.Step];
            var greeting = 0;
            for (var node = this; node is not null; node = node.Before)
            {
                if (node.Input.Step.Move.Command.Kind is InputKind.Opening)
                {
                    greeting = node.Input.Script;
                    break;
                }

                steps.Add(node.Input.Step);
            }

            steps.Reverse();
            return new TestSession(steps, greeting);
        }
    }
}
