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
        var options = new DiagramOptions { Refusals = true, Paint = edges => Paint(learned, edges) };
        return kind switch
        {
            ".dot" => DotDiagram.Write(table, options),
            ".html" => HtmlDiagram.Write(table, options),
            _ => SvgDiagram.Write(table, options),
        };
    }

    private static EdgePaint Paint(LearnedServer learned, IReadOnlyList<Edge> edges)
    {
        var worst = edges.Max(edge => learned.Kinds.GetValueOrDefault((edge.From.Name, edge.Exchange), LearnedKind.Same));
        return new EdgePaint(worst switch
        {
            LearnedKind.Missing => Missing,
            LearnedKind.Added => Added,
            LearnedKind.OtherReply => OtherReply,
            LearnedKind.OtherTarget => OtherTarget,
            _ => Same,
        }, worst is LearnedKind.Missing);
    }
}
