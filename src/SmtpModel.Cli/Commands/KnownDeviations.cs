using SmtpModel.Cli.Output;
using SmtpModel.Reports;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The file of known deviations of a run, and what is made of it.</summary>
internal sealed class KnownDeviations
{
    private readonly FileInfo? _file;
    private readonly bool _isUpdated;
    private readonly Deviations _deviations;

    private KnownDeviations(FileInfo? file, bool isUpdated, Deviations deviations) =>
        (_file, _isUpdated, _deviations) = (file, isUpdated, deviations);

    /// <exception cref="UsageException">The file is not there, or is no such file.</exception>
    public static KnownDeviations Read(FileInfo? file, bool isUpdated)
    {
        if (file is null)
        {
            return isUpdated
                ? throw new UsageException("--deviations-update needs --deviations FILE, the file to write")
                : new KnownDeviations(null, false, new Deviations([]));
        }

        if (isUpdated)
        {
            // before the run: what it found must not be lost for want of a place
            FileKind.CheckFile($"--deviations {file}: cannot write it", file.FullName);
            Files.CheckWritable($"--deviations {file}: cannot write it", file.FullName);
        }
        else if (!file.Exists && !Directory.Exists(file.FullName))
        {
            throw new UsageException($"--deviations {file}: there is no such file; --deviations-update writes a new one");
        }

        try
        {
            return new KnownDeviations(file, isUpdated, isUpdated && !file.Exists ? new Deviations([])
                : Deviations.Parse(Files.Read($"--deviations {file}: cannot read it", file.FullName)));
        }
        catch (FormatException fault)
        {
            throw new UsageException($"--deviations {file}: {fault.Message}");
        }
    }

    /// <summary>The failures of a report that are known, by the ids of their cases: why each is let be.</summary>
    public IReadOnlyDictionary<string, string> Reasons(ServerReport server) => _deviations.Apply([server], Today).Servers[0].Cases
        .Where(one => one.Known is not null).ToDictionary(one => one.Id, one => one.Known!.Reason);

    /// <summary>Holds the entries against a run, and writes them anew first where that was asked for.</summary>
    public DeviationOutcome Apply(IReadOnlyList<ServerReport> servers, IEnumerable<TestCase> cases)
    {
        if (!_isUpdated || _file is null)
        {
            return Apply(_deviations, servers, cases);
        }

        var updated = _deviations.Update(servers);
        Files.Write($"--deviations {_file}: cannot write it", _file.FullName, updated.ToJson());
        var count = updated.Entries.Count;
        Console.Error.WriteLine(
            $"wrote {_file}: {(count == 0 ? "nothing fails, so there is no entry" : Words.Count(count, "known deviation"))}"
        );
        var dropped = _deviations.Entries.ExceptBy(updated.Entries.Select(entry => (entry.Case, entry.Server)), entry =>
            (entry.Case, entry.Server)
        );
        Name("dropped, for it no longer fails", dropped, entry => $": {entry.Reason}");
        Name("warning: it has no reason; write one into the file", updated.Entries.Where(entry => !entry.IsExplained), _ => "");
        return Apply(updated, servers, cases);
    }

    private static void Name(string what, IEnumerable<Deviation> entries, Func<Deviation, string> more)
    {
        foreach (var entry in entries)
        {
            Console.Error.WriteLine(
                Printable.Text($"  {what}: {entry.Case}{(entry.Server is { } server ? $" of {server}" : "")}{more(entry)}", 1000)
            );
        }
    }

    private static DeviationOutcome Apply(Deviations deviations, IReadOnlyList<ServerReport> servers, IEnumerable<TestCase> cases)
    {
        var outcome = deviations.Apply(servers, Today, cases.Select(one => one.Id));
        return outcome with
        {
            Problems = [.. outcome.Problems.Select(problem => problem.Kind is not DeviationProblemKind.UnknownCase ? problem
                : problem with { Message = problem.Message + CaseSelection.Near(problem.Deviation.Case, cases) })],
        };
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);
}
