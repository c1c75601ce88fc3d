using System.CommandLine;
using System.Text.Json;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel list</c>.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static Command Create()
    {
        var profile = Shared.Profile("rfc5321");
        var selection = new SelectionOptions();
        var delivered = new Option<bool>("--delivered") { Description = "Print the cases too that test --delivered has." };
        var format = Shared.Choice("--format", "How it is printed: text or json.", "text", "text", "json");
        var command = new Command("list", "Print the cases of a profile: their ids, levels, depths and requirements.")
        {
            profile,
            format,
            delivered,
        };
        selection.AddTo(command);
        command.SetAction(parsed =>
        {
            List<TestCase> all =
            [
                .. ExtensionsOption.Cases(parsed.Get(profile)),
                .. parsed.GetValue(delivered) ? DeliveryCatalogue.Of(parsed.Get(profile)) : [],
            ];
            var cases = all.Where(selection.Of(parsed, parsed.Get(profile), all)).ToList();
            if (parsed.GetValue(format) == "json")
            {
                Console.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            version = 1,
                            profile = parsed.GetValue(profile),
                            cases = cases.Select(Json),
                        },
                        Readable
                    )
                );
                return ExitCodes.Fine;
            }

            foreach (var one in cases)
            {
                Console.WriteLine(
                    $"{one.Id,-58} {one.Rule.Level.ToString().ToUpperInvariant(),-6} {one.Depth.ToString().ToLowerInvariant(),-8} "
                        + $"{one.Requirement}"
                );
            }

            Console.WriteLine($"{Words.Count(cases.Count, "case")}");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static object Json(TestCase one) => new
    {
        id = one.Id,
        kind = one.Kind.ToString(),
        clause = one.Rule.Clause.ToString(),
        rule = one.Rule.Id,
        level = one.Rule.Level.ToString().ToLowerInvariant(),
        depth = one.Depth.ToString().ToLowerInvariant(),
        requirement = one.Requirement,
        state = one.State?.Name,
        command = one.Command?.Name,
    };
}
