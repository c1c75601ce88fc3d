using SmtpModel.Cli.Output;
using SmtpModel.Reports;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What was learned of a server, on the page of a merged campaign.</summary>
internal static class MergedLearningPage
{
    public static Markup Of(MergedLearning learning)
    {
        var server = learning.Server;
        return Markup.Of($"""
            <h2>{Safe.Text(server.Name)}</h2>
            <p>{Certificate(learning)}</p>
            <ul>
            {server.States.Select(state => Markup.Of($"<li>{state.Name}: {Way(state)}</li>"))}
            </ul>
            {Section("Violations", "bad", server.Violations)}
            {Section("Differences", "open", server.Differences)}
            {Open(learning)}
            {Notes(server)}
            """);
    }

    private static string Way(LearnedState state) =>
        state.Access.Count == 0 ? "behind the greeting" : $"behind {string.Join(", ", state.Access)}";

    private static string Certificate(MergedLearning learning) => learning.Server.Cost is { IsWhole: true } cost
        ? $"Right for every server with at most {Words.Count(cost.ExtraStates, "state")} more."
        : $"Not learned whole: {learning.Server.Cost.Stopped}."
            + (learning.Unknown is [var first, ..] ? $" First to be asked: {string.Join("; ", first)}, by {learning.GoOn}" : "");

    private static Markup Open(MergedLearning learning) => learning.Unknown.Count < 2 ? Markup.None : Markup.Of($"""
        <h2>Open questions</h2>
        <p>The first is sure; the others follow where the server answers as it does elsewhere, and is in no state that nobody has seen.</p>
        <ol>{learning.Unknown.Select(session => Markup.Of($"<li><code>{string.Join("; ", session)}</code></li>"))}</ol>
        """);

    private static Markup Section(string name, string tone, IReadOnlyList<LearnedDifference> all) => all.Count == 0 ? Markup.None
        : Markup.Of($"""
            <h2>{name}</h2>
            <table><thead><tr><th>Input</th><th></th><th>Expected</th><th>Rule</th><th>Session</th></tr></thead><tbody>
            {all.Select(one => Row(one, tone))}
            </tbody></table>
            """);

    private static Markup Row(LearnedDifference one, string tone) => Markup.Of($"""
        <tr><td>{one.Input} in {string.Join(", ", one.AlsoIn.Prepend(one.State.Name))}</td>
        <td class="{tone}">{LearnPrinter.Verdict(one)}</td><td>{one.Expected}</td><td>{one.Rule?.ToString()}</td>
        <td><code>{LearnPrinter.Session(one)}</code></td></tr>
        """);

    private static Markup Notes(LearnedServer server) => server.Notes.Count == 0 ? Markup.None
        : Markup.Of($"<h2>Notes</h2><ul>{server.Notes.Select(note => Markup.Of($"<li>{Safe.Text(note)}</li>"))}</ul>");
}
