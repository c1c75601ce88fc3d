using System.Text;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints the exact octets of every session that a test would play.</summary>
internal static class DryRunPrinter
{
    public static void Print(IAnsiConsole console, CaseCatalogue catalogue, TestOptions settings)
    {
        var plan = new CasePlan(catalogue, settings);
        foreach (var one in catalogue.Cases.Where(settings.Select!))
        {
            var sessions = one.Depth > settings.Depth ? [] : plan.Of(one);
            console.WriteLine($"{one.Id}{(one.Depth > settings.Depth ? $" (needs --depth {one.Depth.ToString().ToLowerInvariant()})" : sessions.Count == 0 ? " (decided by what the other cases play)" : "")}");
            foreach (var (planned, number) in sessions.Select((planned, number) => (planned, number)))
            {
                console.WriteLine($"  session {number + 1}: {planned.Why}");
                planned.Session.Steps.ToList().ForEach(step => console.WriteLine($"    {Printable.Text(Encoding.Latin1.GetString(step.Move.Octets.Span), int.MaxValue)}"));
            }
        }
    }
}
