using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Output;

/// <summary>Draws what was learned of a server over the machine of its profile, in colours.</summary>
internal static class LearnedPicture
{
    /// <summary>The kinds of files there are.</summary>
    public static readonly string[] Kinds = [".svg", ".dot", ".html"];

    private const string Same = "#1a6b2f";
    private const string Missing = "#8a8a8a";
    private const string Added = "#b3261e";
    private const string OtherReply = "#a05a00";
    private const string OtherTarget = "#7b2d9b";

    /// <summary>The picture.</summary>
    /// <param name="learned">What was learned.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static string Write(LearnedServer learned, string kind)
    {
        var table = learned.Machine.Table;
        // replies that are the same are drawn in one colour, and those that are otherwise stand out
        var options = new DiagramOptions
        {
            Refusals = true,
            Paint = edges => Paint(edges.Max(edge => learned.Kinds.GetValueOrDefault((edge.From.Name, edge.Exchange), LearnedKind.Same))),
        };
        return kind switch
        {
            ".dot" => DotDiagram.Write(table, options),
            ".html" => HtmlDiagram.Write(table, options),
            _ => SvgDiagram.Write(table, options),
        };
    }

    /// <summary>How the edges of a machine that was read from a file are painted.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="learned">What the file says of it.</param>
    public static Func<IReadOnlyList<Edge>, EdgePaint> PaintOf(TransitionTable table, LearnedAutomaton learned)
    {
        var told = learned.Differences.DistinctBy(one => (one.State, one.Input))
            .ToDictionary(one => (one.State, one.Input), one => one.Kind);
        Dictionary<(string, Exchange), LearnedKind> kinds = [];
        foreach (var edge in table.From(table.Start))
        {
            kinds[(edge.From.Name, edge.Exchange)] = told.GetValueOrDefault((edge.To.Name, edge.Exchange.Command.Name));
        }

        foreach (var one in learned.Transitions)
        {
            // what is sent in a state that does not read it is an unknown command there
            var (name, code) = (one.Input.TrimEnd('!'), TargetSystem.CodeOf(one.Output));
            var ways = table.Edges.Where(edge => edge.From.Name == one.From).Select(edge => edge.Exchange)
                .Where(way => way.Code == code).ToLookup(way => way.Command.Kind is InputKind.UnknownLine ? "" : way.Command.Name);
            if (ways[name].Concat(ways[""]).Cast<Exchange?>().FirstOrDefault() is not { } exchange)
            {
                // what is out of order is no edge
                continue;
            }

            // of inputs that are one exchange on the picture the first decides, which is the plain line
            kinds.TryAdd((one.From, exchange), told.GetValueOrDefault((one.From, one.Input)));
        }

        return edges => Paint(edges.Max(edge => kinds.GetValueOrDefault((edge.From.Name, edge.Exchange))));
    }

    private static EdgePaint Paint(LearnedKind worst) => new(worst switch
    {
        LearnedKind.Missing => Missing,
        LearnedKind.Added => Added,
        LearnedKind.OtherReply => OtherReply,
        LearnedKind.OtherTarget => OtherTarget,
        _ => Same,
    }, worst is LearnedKind.Missing);
}
