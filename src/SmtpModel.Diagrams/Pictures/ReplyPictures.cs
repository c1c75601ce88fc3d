using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// Draws how a sender goes on from the first digit of each reply, in the manner of RFC 821 4.4: commands for which that is
/// the same are one group and one small picture. All of it is read off the rows of the command-reply table.
/// </summary>
internal static class ReplyPictures
{
    /// <summary>The pictures of all groups.</summary>
    /// <param name="table">The machine.</param>
    public static Picture Build(TransitionTable table)
    {
        var groups = table.ListedCommands.Where(use => use.Command.Kind is InputKind.Line)
            .GroupBy(use => Shape(table, use), use => use.Command).OrderByDescending(group => group.Count()).ToList();
        var drawn = groups.Select((group, index) => Draw(group.Key, [.. group], index)).ToList();
        return new Picture(table.Profile.Name, table.Profile.Title + Legends.Aspect(DiagramAspect.Replies), null, null,
            [.. drawn.Select(group => group.Box)], [.. drawn.SelectMany(group => group.Arrows)], [.. Legends.OfReplies])
        {
            Key = Legends.KeyOfReplies(drawn.SelectMany(group => group.Arrows).SelectMany(arrow => arrow.Parts).Select(part => part.Kind)),
        };
    }

    private static Shape Shape(TransitionTable table, CommandUse use)
    {
        // what is sent when the reply has asked for more: what the state reads that it leads to
        var more =
            use.Replies.Intermediate.Count == 0
                ? null
                : table
                    .Edges.Where(edge => edge.Exchange.Command == use.Command && edge.Exchange.Code / 100 == 3)
                    .SelectMany(edge => table.From(edge.To))
                    .Select(edge => edge.Exchange.Command)
                    .FirstOrDefault(command => command.Kind is InputKind.Data);
        return new Shape(
            use.Replies.Success.Count > 0,
            use.Replies.Intermediate.Count > 0,
            more is null ? null : Shape(table, table[more]),
            more?.Name
        );
    }

    private static (Node Box, List<Arrow> Arrows) Draw(Shape shape, IReadOnlyList<Command> commands, int group)
    {
        var nodes = new Dictionary<string, Node>();
        var arrows = new List<Arrow>();
        Send(shape, "begin", commands.Count == 1 ? commands[0].Name : "command", 1);
        var box = new Node(new State($"group {group + 1}", "commands whose replies are read alike"), [.. nodes.Values], [])
        {
            Title = string.Join(", ", commands),
        };
        return (box, arrows);

        void Send(Shape of, string from, string what, int turn)
        {
            var (begin, wait) = (Box(from), Box("wait for reply", turn));
            var next = of.GoesOn ? Box("asked for more") : null;
            Arrow(begin, wait, LabelKind.Way, what);
            // what goes on comes first: it is the main line
            if (next is not null && of.Then is { } then)
            {
                Send(then, next.Name, of.More!, turn + 1);
            }

            var places = Enumerable.Range(1, 5).GroupBy(digit => digit switch
            {
                2 when of.Succeeds => "success",
                3 when of.GoesOn => next!.Name,
                4 or 5 => "failure",
                _ => "error",
            }).OrderBy(place => place.Key switch { "error" => 2, "failure" => 1, _ => 0 });
            foreach (var place in places)
            {
                var kind = place.Key switch
                {
                    "success" => LabelKind.Accepted,
                    "failure" => LabelKind.Refused,
                    "error" => LabelKind.Closing,
                    _ => LabelKind.Accepted,
                };
                Arrow(wait, Box(place.Key), kind, string.Join(", ", place.Select(digit => $"{digit}yz")));
            }
        }

        State Box(string name, int turn = 1)
        {
            var key = turn == 1 ? name : $"{name} {turn}";
            if (!nodes.TryGetValue(key, out var node))
            {
                nodes[key] = node = new Node(new State($"{key} of group {group + 1}", ""), [], []) { Title = name };
            }

            return node.State with { Name = key };
        }

        void Arrow(State from, State to, LabelKind kind, string text) => arrows.Add(new Arrow(nodes[from.Name].State, nodes[to.Name].State,
            [new ArrowPart(kind, [new Label([], [], null) { Text = text }], [])]));
    }
}

/// <summary>What a sender makes of the replies to a command.</summary>
/// <param name="Succeeds">Whether 2yz is success; otherwise it is an error.</param>
/// <param name="GoesOn">Whether 3yz asks for more; otherwise it is an error.</param>
/// <param name="Then">What it makes of the replies to that; null when the machine does not say.</param>
/// <param name="More">What is sent then.</param>
internal sealed record Shape(bool Succeeds, bool GoesOn, Shape? Then, string? More);
