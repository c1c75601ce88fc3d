using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>An offer that is not the same in all sessions: what is about an extension says nothing where it was not offered.</summary>
internal static class ChangingOffer
{
    /// <summary>The keyword of the extension that a case is about and that this very session was not offered; null where there is
    /// none.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="asked">What the server offered when it was asked first; null where it was not.</param>
    /// <param name="one">The case.</param>
    /// <param name="move">The line that is tried for it.</param>
    /// <param name="probe">The session.</param>
    public static string? Withdrawn(TransitionTable table, ServiceOffer? asked, TestCase one, Move move, ProbeResult probe) =>
        asked is not null
        && (one.Sample is { NeedsOffer: true } || table[move.Command].Extension is not null)
        && Lists(table, probe).LastOrDefault() is { } here
            ? table.Extensions.Select(extension => extension.Keyword)
                .FirstOrDefault(keyword =>
                    asked.Lists(keyword) && !here.Lists(keyword) && IsAbout(table, one, move.Command, keyword, [move]))
            : null;

    /// <summary>The keywords that some of these sessions were offered, and others were not.</summary>
    public static IReadOnlyList<string> Among(TransitionTable table, IEnumerable<ProbeResult> probes)
    {
        List<ServiceOffer> offers = [.. probes.SelectMany(probe => Lists(table, probe))];
        return
        [
            .. table.Extensions.Select(extension => extension.Keyword)
                .Where(keyword => offers.Exists(offer => offer.Lists(keyword)) && !offers.TrueForAll(offer => offer.Lists(keyword))),
        ];
    }

    /// <summary>Which of these keywords a result is about; null for none of them.</summary>
    public static string? About(TransitionTable table, CaseResult result, IReadOnlyList<string> changing) =>
        changing.FirstOrDefault(keyword =>
            result.Case.Rule.Clause.Document == table.Extensions.First(one => one.Keyword == keyword).Clause.Document
            || IsAbout(table, result.Case, result.Case.Command, keyword, result.Evidence?.Session?.Steps.Select(step => step.Move) ?? []));

    /// <summary>What a session was offered, each time that it asked.</summary>
    public static IEnumerable<ServiceOffer> Lists(TransitionTable table, ProbeResult probe) =>
        from step in probe.Steps
        where step.Move.Command == table.Listing && step.Came.IsAcceptance() && step.Came.Reply is not null
        select ServiceOffer.Read(step.Came.Reply!);

    private static bool IsAbout(TransitionTable table, TestCase one, Command? command, string keyword, IEnumerable<Move> said) =>
        (command is not null && table[command].Extension == keyword)
        || (one.Sample is { NeedsOffer: true }
            && said.Any(move => table.Parameters.Any(parameter => parameter.Extension == keyword
                && move.Text.Contains($" {parameter.Keyword}", StringComparison.OrdinalIgnoreCase))));
}
