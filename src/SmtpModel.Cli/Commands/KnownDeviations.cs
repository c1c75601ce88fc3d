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

    private KnownDeviations(FileInfo? file, bool isUpdated, Deviations deviations) => (_file, _isUpdated, _deviations) = (file, isUpdated, deviations);

    /// <exception cref="UsageException">The file is not there, or is no such file.</exception>
    public static KnownDeviations Read(FileInfo? file, bool isUpdated)
    {
        if (file is null)
        {
            return isUpdated ? throw new UsageException("--deviations-update needs --deviations FILE, the file to write") : new KnownDeviations(null, false, new Deviations([]));
        }

        try
        {
            return new KnownDeviations(file, isUpdated, isUpdated && !file.Exists ? new Deviations([]) : Deviations.Parse(File.ReadAllText(file.FullName)));
        }
        catch (FormatException fault)
        {
            throw new UsageException($"--deviations {file}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--deviations {file}: cannot read it: {fault.Message}; --deviations-update writes a new one");
        }
    }

    /// <summary>The failures of a report that are known, by the ids of their cases: why each is let be.</summary>
    public IReadOnlyDictionary<string, string> Reasons(ServerReport server) => Apply([server]).Servers[0].Cases
        .Where(one => one.Known is not null).ToDictionary(one => one.Id, one => one.Known!.Reason);

    /// <summary>Holds the entries against a run, and writes them anew first where that was asked for.</summary>
    public DeviationOutcome Apply(IReadOnlyList<ServerReport> servers, CaseCatalogue catalogue)
    {
        if (!_isUpdated || _file is null)
        {
            return Apply(servers, catalogue.Cases.Select(one => one.Id));
        }

        var updated = _deviations.Update(servers);
        Files.OrUsage($"--deviations {_file}: cannot write it", () => File.WriteAllText(_file.FullName, updated.ToJson()));
        Console.Error.WriteLine($"wrote {_file}: {(updated.Entries.Count == 0 ? "nothing fails, so there is no entry" : $"{Words.Count(updated.Entries.Count, "known deviation")}; give each its reason")}");
        return updated.Apply(servers, Today, catalogue.Cases.Select(one => one.Id));
    }

    private DeviationOutcome Apply(IReadOnlyList<ServerReport> servers, IEnumerable<string>? ids = null) => _deviations.Apply(servers, Today, ids);

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);
}
