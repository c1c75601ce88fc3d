using System.CommandLine;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("CASE") { Description = "The case's id, as 'smtpmodel list' prints it." };
        var command = new Command("explain", "Explain one case: the clause, what is asked, the sessions it plays and why.") { id };
        command.SetAction(parsed =>
        {
            var (catalogue, one) = Find(parsed.GetValue(id)!);
            Console.WriteLine($"{one.Id}\n");
            Console.WriteLine($"asks      {one.Requirement}");
            Console.WriteLine($"clause    {one.Rule.Clause}");
            Console.WriteLine($"level     {one.Rule.Level.ToString().ToUpperInvariant()}");
            Console.WriteLine($"rule      {one.Rule.Id}: {one.Rule.Asks}");
            if (Successor.NoteOn(one.Rule) is { } note)
            {
                Console.WriteLine($"note      {note}");
            }

            Console.WriteLine($"depth     {one.Depth.ToString().ToLowerInvariant()}");
            if (one.State is { } state)
            {
                Console.WriteLine($"state     {state}: {state.Meaning}");
            }

            if (one.Kind is CaseKind.Delivered)
            {
                PrintDelivered(catalogue, one);
                return ExitCodes.Fine;
            }

            var sessions = new CasePlan(catalogue, new TestOptions { Depth = Depth.Data }).Of(one);
            Console.WriteLine(
                one.Kind is CaseKind.Wire && catalogue.Table.LastingRegions.Count > 0
                    ? "\nIt is about octets in a session that goes into TLS or logs in by itself; 'smtpmodel test --verbose' shows them."
                : one.Kind is CaseKind.Wire
                    ? $"\nIt is about octets; 'smtpmodel test --dry-run --depth data --include {one.Id}' prints those that are sent."
                : sessions.Count == 0 ? "\nIt is decided by what the other cases play."
                : "\nIt plays, with a server that does as the specification prefers:"
            );
            foreach (var planned in sessions)
            {
                Console.WriteLine($"\n    {planned.Why}");
                foreach (var step in planned.Session.Steps)
                {
                    Console.WriteLine($"        C: {step.Move}");
                }
            }

            return ExitCodes.Fine;
        });
        return command;
    }

    private static void PrintDelivered(CaseCatalogue catalogue, TestCase one)
    {
        var session = DeliveryCatalogue.SessionOf(catalogue.Table.Profile, one, new PaletteOptions());
        Console.WriteLine(
            session is null
                ? "\nIt is about all messages of 'smtpmodel test --depth data --delivered PLACE'."
                : "\nIt is played by 'smtpmodel test --depth data --delivered PLACE', which looks there for what was sent, marked so that "
                    + "it is found:\n"
        );
        foreach (var step in session?.Steps ?? [])
        {
            Console.WriteLine($"        C: {step.Move}");
        }
    }

    /// <summary>Finds a case in any profile.</summary>
    /// <exception cref="UsageException">There is none of this name; the message names near ones.</exception>
    public static (CaseCatalogue Catalogue, TestCase Case) Find(string id)
    {
        var catalogues = Profiles.Named.Select(CaseCatalogue.Of).ToList();
        foreach (var catalogue in catalogues.Concat(Composed()))
        {
            if (catalogue.Find(id) is { } one)
            {
                return (catalogue, one);
            }
        }

        foreach (var catalogue in catalogues)
        {
            if (
                DeliveryCatalogue
                    .Of(catalogue.Table.Profile)
                    .FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase)) is
                { } delivered
            )
            {
                return (catalogue, delivered);
            }
        }

        return Profiles.Bases.Select(known => ApartTest.Find(known, id)).FirstOrDefault(found => found is not null) is var (profile, apart)
            ? (CaseCatalogue.Of(profile), apart)
            : throw new UsageException($"there is no case '{id}'{CaseSelection.Near(id, Known())}");

        IEnumerable<TestCase> Known() =>
            catalogues
                .SelectMany(catalogue => catalogue.Cases)
                .Concat(Profiles.Bases.SelectMany(ApartTest.CasesOf))
                .Concat(Profiles.Bases.SelectMany(DeliveryCatalogue.Of));
    }

    // extensions that no profile has which has a name of its own, one at a time
    private static IEnumerable<CaseCatalogue> Composed() => from known in Profiles.Bases
                                                            from part in Profiles.Every.Except(Profiles.Extensions).Except(known.Parts)
                                                            select CaseCatalogue.Of(Profiles.Extended(known, [part.Extension!.Keyword]));
}
