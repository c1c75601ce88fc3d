// Says what became of Stryker's mutants, each in a process of its own: dotnet run tests/mutation/Confirm.cs -- AREA.json REPORT.json
// TESTS.dll FOLDER
//
// Stryker's runner for Microsoft.Testing.Platform uses a test process for many mutants, and what one mutant leaves in static
// state can kill the next (stryker-net issue 3742). So its verdict is not the last word: a kill counts when a test fails in a
// new process in which only this mutant is active, and what survived gets all tests in such a process.
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

if (args.Length != 4)
{
    Console.Error.WriteLine("usage: Confirm AREA.json REPORT.json TESTS.dll FOLDER");
    return 2;
}

using var area = JsonDocument.Parse(File.ReadAllText(args[0]));
var name = area.RootElement.GetProperty("name").GetString()!;
var least = area.RootElement.GetProperty("least").GetDouble();
var tests = new TestProgram(args[2]);
var all = Mutant.Read(args[1]);

// the set-up is sound: with no mutant active every test passes, in the very assembly that has the mutants in it
var unmutated = tests.Run(-1, [], TimeSpan.MaxValue);
if (unmutated.Ending is not Ending.Passed || unmutated.Total == 0 || all.Count == 0)
{
    Console.Error.WriteLine(
        $"{name}: the set-up is broken: {all.Count} mutants; without one {unmutated.Total} tests ran: {unmutated.Ending}\n"
            + $"{unmutated.Output}"
    );
    return 1;
}

// of the processors' time, since the machine may have more to do
var limit = TimeSpan.FromSeconds(10) + (3 * unmutated.Used);
Console.WriteLine($"{name}: {unmutated.Total} tests pass without a mutant; {all.Count} mutants, each in a process of its own");
var width = int.Parse(Environment.GetEnvironmentVariable("MUTATION_PROCESSES") ?? "1", CultureInfo.InvariantCulture);
Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = width }, mutant => mutant.Confirmed = tests.Judge(mutant, limit));

var dead = all.Count(mutant => mutant.Confirmed is not Ending.Passed);
var score = 100.0 * dead / all.Count;
var said = all.Count(mutant => mutant.IsKilledSaysStryker);
var lines = new StringBuilder();
foreach (var mutant in all.Where(mutant => mutant.Confirmed is Ending.Passed))
{
    lines.AppendLine(CultureInfo.InvariantCulture, $"survived: {mutant}");
}

foreach (var mutant in all.Where(mutant => mutant.IsKilledSaysStryker != mutant.Confirmed is not Ending.Passed))
{
    lines.AppendLine(
        CultureInfo.InvariantCulture,
        $"Stryker said {mutant.Status}, and in a process of its own it is {mutant.Confirmed}: {mutant}"
    );
}

var summary = string.Create(
    CultureInfo.InvariantCulture,
    $"{name}: {dead} of {all.Count} killed ({all.Count(mutant => mutant.Confirmed is Ending.TimedOut)} by the clock), {all.Count - dead} "
        + $"survived, score {score:F1} % (Stryker said {said} killed); at least {least} % asked"
);
Directory.CreateDirectory(args[3]);
File.WriteAllText(Path.Combine(args[3], $"{name}.txt"), $"{summary}\n{lines}");
Console.WriteLine($"{summary}\n{lines}");

// one mutant that must die, and one that nothing can tell from the original
var isBroken = !Canary("dies", isDead: true) | !Canary("lives", isDead: false);
return isBroken || score < least ? 1 : 0;

bool Canary(string which, bool isDead)
{
    var canary = area.RootElement.GetProperty(which);
    string Of(string property) => canary.GetProperty(property).GetString()!;
    var found = all.Where(mutant =>
            mutant.File.EndsWith(Of("file"), StringComparison.Ordinal)
            && mutant.Original == Of("original")
            && mutant.Replacement == Of("replacement")
        )
        .ToList();
    // on a machine that is busy Stryker's own time limit ends what would live
    var isRight =
        found.Count > 0
        && found.All(mutant =>
            isDead
                ? mutant is { Status: "Killed", Confirmed: Ending.Failed }
                : mutant is { Status: not "Killed", Confirmed: Ending.Passed }
        );
    if (!isRight)
    {
        var seen = found.Select(mutant => $"is {mutant.Status}, {mutant.Confirmed}").DefaultIfEmpty("is not among the mutants");
        Console.Error.WriteLine($"{name}: the canary that {which} {string.Join(", ", seen)}: {canary}");
    }

    return isRight;
}

internal enum Ending { Passed, Failed, TimedOut, NoTests }

internal sealed record Outcome(Ending Ending, int Total, TimeSpan Used, string Output);

internal sealed class Mutant
{
    public required int Id { get; init; }
    public required string File { get; init; }
    public required string Status { get; init; }
    public required string Original { get; init; }
    public required string Replacement { get; init; }
    public required int Line { get; init; }
    public required IReadOnlyList<string> KilledBy { get; init; }
    public Ending Confirmed { get; set; }
    public bool IsKilledSaysStryker => Status is "Killed" or "Timeout";

    public static List<Mutant> Read(string report)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(report));
        var mutants = new List<Mutant>();
        foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
        {
            var source = file.Value.GetProperty("source").GetString()!.ReplaceLineEndings("\n");
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                var status = mutant.GetProperty("status").GetString()!;
                if (status is "Ignored" or "CompileError")
                {
                    continue;
                }

                var (start, end) = (
                    mutant.GetProperty("location").GetProperty("start"),
                    mutant.GetProperty("location").GetProperty("end")
                );
                mutants.Add(
                    new Mutant
                    {
                        Id = int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture),
                        File = file.Name.Replace('\\', '/'),
                        Status = status,
                        Original = source[At(source, start)..At(source, end)],
                        Replacement = mutant.GetProperty("replacement").GetString() ?? "",
                        Line = start.GetProperty("line").GetInt32(),
                        KilledBy = mutant.TryGetProperty("killedBy", out var killedBy)
                            ? [.. killedBy.EnumerateArray().Select(id => id.GetString()!)]
                            : [],
                    }
                );
            }
        }

        return mutants;
    }

    public override string ToString() => $"{Path.GetFileName(File)}:{Line} [{Id}] {OneLine(Original)} -> {OneLine(Replacement)}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // lines and columns count from 1
    private static int At(string source, JsonElement place)
    {
        var at = 0;
        for (var line = place.GetProperty("line").GetInt32(); line > 1; line--)
        {
            at = source.IndexOf('\n', at) + 1;
        }

        return at + place.GetProperty("column").GetInt32() - 1;
    }
}

internal sealed class TestProgram(string assembly)
{
    // a few of the tests that Stryker saw fail; should they pass here, or should there be none, all tests
    public Ending Judge(Mutant mutant, TimeSpan limit)
    {
        if (
            mutant.KilledBy.Count > 0
            && Run(mutant.Id, mutant.KilledBy.Take(3), limit).Ending is (Ending.Failed or Ending.TimedOut) and var ending
        )
        {
            return ending;
        }

        return Run(mutant.Id, [], limit).Ending;
    }

    public Outcome Run(int mutant, IEnumerable<string> ids, TimeSpan limit)
    {
        // the mutated assembly reads the number of the active mutant from this file; -1 is none
        var active = Path.GetTempFileName();
        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, mutant);
        File.WriteAllBytes(active, number);
        var start = new ProcessStartInfo(
            "dotnet",
            [assembly, "-preEnumerateTheories", "-noColor", "-noLogo", "-stopOnFail", .. ids.SelectMany(id => new[] { "-id", id })]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["STRYKER_MUTANT_FILE"] = active },
        };
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var (isOver, used) = Wait(process, limit);
        if (!isOver)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        var text = string.Concat(output.GetAwaiter().GetResult());
        File.Delete(active);
        var total = Count(text, "Total:");
        // a test process that ends without its summary has crashed, and that is seen too
        var hasCrashed = !text.Contains("TEST EXECUTION SUMMARY", StringComparison.Ordinal);
        var ending = !isOver ? Ending.TimedOut
            : hasCrashed || text.Contains("[FAIL]", StringComparison.Ordinal) || process.ExitCode != 0 && total > 0 ? Ending.Failed
            : total > 0 && process.ExitCode == 0 ? Ending.Passed
            : Ending.NoTests;
        return new Outcome(ending, total, used, text.Length > 4000 ? text[^4000..] : text);
    }

    private static (bool IsOver, TimeSpan Used) Wait(Process process, TimeSpan limit)
    {
        var (clock, used) = (Stopwatch.StartNew(), TimeSpan.Zero);
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            process.Refresh();
            try
            {
                used = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // it ended between the two calls
                continue;
            }

            // what waits for ever uses no time
            if (used > limit || clock.Elapsed > TimeSpan.FromMinutes(20))
            {
                return (false, used);
            }
        }

        return (true, used);
    }

    private static int Count(string text, string label)
    {
        var at = text.LastIndexOf(label, StringComparison.Ordinal);
        var digits = at < 0 ? "" : new string([.. text[(at + label.Length)..].TrimStart().TakeWhile(char.IsAsciiDigit)]);
        return digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
