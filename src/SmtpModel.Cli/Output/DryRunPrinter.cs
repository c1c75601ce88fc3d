using System.Text;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints the exact octets of every session that a test would play.</summary>
internal static class DryRunPrinter
{
    // a line of many octets is told by its length
    private const int Longest = 400;

    public static async Task PrintAsync(
        IAnsiConsole console,
        CaseCatalogue catalogue,
        TestOptions settings,
        bool isDelivered,
        CancellationToken cancellation
    )
    {
        var plan = new CasePlan(catalogue, settings);
        await using var rehearsal = await WireRehearsal.StartAsync(catalogue.Table.Profile, settings);
        foreach (var one in catalogue.Cases.Where(settings.Select!))
        {
            var isTooDeep = one.Depth > settings.Depth;
            var sessions =
                isTooDeep ? []
                : one.Kind is CaseKind.Wire
                    ? (await rehearsal.OctetsAsync(one, cancellation))
                        .Select(octets => (Why: "what is sent on one connection", Octets: octets))
                        .ToList()
                :
                [
                    .. plan.Of(one)
                        .Select(planned =>
                            (
                                planned.Why,
                                Octets: string.Concat(
                                    planned.Session.Steps.Select(step => Encoding.Latin1.GetString(step.Move.Octets.Span))
                                )
                            )
                        ),
                ];
            var why =
                isTooDeep ? $" (needs --depth {one.Depth.ToString().ToLowerInvariant()})"
                : sessions.Count == 0 ? " (decided by what the other cases play, or not played with a server that offers no extension)"
                : "";
            console.WriteLine(one.Id + why);
            foreach (var ((asked, octets), number) in sessions.Select((session, number) => (session, number)))
            {
                console.WriteLine($"  session {number + 1}: {asked}");
                foreach (var line in Lines(octets))
                {
                    console.WriteLine($"    {Printable.Text(line, Longest)}");
                }
            }
        }

        if (isDelivered)
        {
            PrintDelivered(console, catalogue, settings);
        }
    }

    private static void PrintDelivered(IAnsiConsole console, CaseCatalogue catalogue, TestOptions settings)
    {
        foreach (var one in DeliveryCatalogue.Of(catalogue.Table.Profile).Where(settings.Select!))
        {
            var session = DeliveryCatalogue.SessionOf(catalogue.Table.Profile, one, settings.Palette);
            console.WriteLine($"{one.Id}{(session is null ? " (decided by what the other cases play)" : "")}");
            foreach (
                var line in Lines(string.Concat(session?.Steps.Select(step => Encoding.Latin1.GetString(step.Move.Octets.Span)) ?? []))
            )
            {
                console.WriteLine($"    {Printable.Text(line, Longest)}");
            }
        }
    }

    // a new line behind each LF, which is part of the line it ends
    private static IEnumerable<string> Lines(string octets)
    {
        for (var at = 0; at < octets.Length;)
        {
            var end = octets.IndexOf('\n', at);
            var next = end < 0 ? octets.Length : end + 1;
            yield return octets[at..next];
            at = next;
        }
    }
}
