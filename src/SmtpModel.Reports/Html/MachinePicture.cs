using SmtpModel.Diagrams;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>The machine drawn, each exchange in the colour of its verdict and dashed where it was not seen.</summary>
internal static class MachinePicture
{
    private const string Untested = "#98a2b3";
    private const string Seen = "#344054";

    /// <summary>The picture, or a sentence that says why there is none.</summary>
    /// <param name="server">The report of a server.</param>
    /// <param name="find">Finds a profile by its name.</param>
    public static Markup Draw(ServerReport server, Func<string, Profile?> find) =>
        find(server.Profile)?.Table is { } table
            ? Figure(
                server,
                SvgDiagram.Write(table, new DiagramOptions { Direction = DiagramDirection.TopDown, Paint = edges => Paint(server, edges) })
            )
            : Missing($"this smtpmodel does not know the profile '{server.Profile}'");

    internal static EdgePaint Paint(ServerReport server, IReadOnlyList<Edge> edges)
    {
        var cases = edges.SelectMany(edge => server.Cases.Where(one => Decides(one, edge))).ToList();
        var isSeen = edges.Any(edge => server.Machine.Edges.Any(other => other.IsCovered && other.From == edge.From.Name
            && other.Command == edge.Exchange.Command.Name && other.Code == edge.Exchange.Code));
        return new EdgePaint(cases.Count > 0 ? Mark.Worst(cases).Colour : isSeen ? Seen : Untested, !isSeen);
    }

    // a case about what is accepted says nothing about how the command is refused, and the other way round
    private static bool Decides(ReportedCase one, Edge edge) =>
        one.State == edge.From.Name
        && one.Command == edge.Exchange.Command.Name
        && (
            one.Kind is CaseKind.Refused or CaseKind.Malformed or CaseKind.UnknownLine
                ? !edge.Exchange.IsAccepted
                : edge.Exchange.IsAccepted
        );

    private static Markup Missing(string why) =>
        Markup.Of($"<p class=\"note\">The machine is not drawn: {why}. The table above shows the same verdicts.</p>");

    private static Markup Figure(ServerReport server, string svg)
    {
        var picture = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd();
        return Markup.Of(
            $$"""
            <figure class="picture">
            <div class="scroll" tabindex="0" role="region" aria-label="The machine of {{server.ProfileTitle}}, drawn">{{new Markup(
                picture
            )}}</div>
            <figcaption>Exchanges in the colour of their verdict; <i>slanted</i> and dashed: no session saw the server do it;
            grey: no case is about it alone.</figcaption></figure>
            """);
    }
}
