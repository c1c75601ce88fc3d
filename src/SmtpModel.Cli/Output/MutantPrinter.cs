using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmtpModel.Cli.Output;

/// <summary>Mutants as lines and as JSON.</summary>
internal static class MutantPrinter
{
    public static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(Profile profile, IReadOnlyList<Mutant> mutants)
    {
        var width = mutants.Max(mutant => mutant.Id.Length);
        return string.Concat(
                mutants.Select(mutant => $"{mutant.Id.PadRight(width)}  {Word(mutant.Class),-10}  {mutant.Rule?.Id,-3}  {mutant.Does}\n")
            )
            + $"\n{Words.Count(mutants.Count, "mutant")} of {profile}: {Count(mutants, MutantClass.Faulty)} faulty, "
            + $"{Count(mutants, MutantClass.Conforming)} conforming (they differ in what is left to a server), "
            + $"{Count(mutants, MutantClass.Equivalent)} equivalent (nobody can tell)\n"
            + "serve one: smtpmodel serve --mutant ID; refusals are reached by asking for them, as RCPT TO:<reply-550@example.test>\n";
    }

    public static string Json(Profile profile, IReadOnlyList<Mutant> mutants) =>
        JsonSerializer.Serialize(new { version = 1, profile = profile.Name, mutants = mutants.Select(Item) }, Readable) + "\n";

    /// <summary>A mutant for JSON, with the session that kills it.</summary>
    public static object Item(Mutant mutant) =>
        new
        {
            id = mutant.Id,
            kind = Word(mutant.Kind),
            @class = Word(mutant.Class),
            rule = mutant.Rule?.Id,
            clause = mutant.Rule?.Clause.ToString(),
            does = mutant.Does,
            killedBy = mutant.Killing is { } session
                ? new
                {
                    greeting = session.Greeting,
                    steps = session.Steps.Select(step => new
                    {
                        send = step.Move.Kind is MoveKind.Data ? $"{step.Move.Text}." : step.Move.Text,
                        reply = step.Script,
                    }),
                    shows = mutant.Shows,
                }
                : null,
        };

    /// <summary>A session in which each move has the reply that a server is made to give.</summary>
    public static string Line(TestSession session) =>
        string.Join(
            "; ",
            session
                .Steps.Select(step => step.Script == 0 ? $"{step.Move}" : $"{step.Move} [{step.Script}]")
                .Prepend($"greeting [{session.Greeting}]")
        );

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static int Count(IEnumerable<Mutant> mutants, MutantClass which) => mutants.Count(mutant => mutant.Class == which);
}
