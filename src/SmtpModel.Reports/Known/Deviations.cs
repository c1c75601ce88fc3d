using System.Globalization;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>
/// The known deviations of servers, as a ratchet: a failure that is known does not fail a run, and one that is gone has to
/// be struck off. <c>docs/schemas/deviations.schema.json</c> says what is in the file.
/// </summary>
/// <param name="Entries">The deviations, in the file's order.</param>
public sealed record Deviations(IReadOnlyList<Deviation> Entries)
{
    internal const string NewReason = "not yet explained";

    /// <summary>Reads a file of known deviations.</summary>
    /// <param name="json">The file's text.</param>
    /// <exception cref="FormatException">It is no such file; the message says where, what is wrong and what to do.</exception>
    public static Deviations Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return DeviationFile.Read(json);
    }

    /// <summary>The deviations as a file, with <c>\n</c> line ends.</summary>
    public string ToJson() => DeviationFile.Write(this);

    /// <summary>Holds the deviations against a run: marks the failures that are known, and finds the entries that are wrong.</summary>
    /// <param name="servers">The reports of all servers that were tested.</param>
    /// <param name="catalogue">The ids of all cases there are, selected or not; those of the reports when left out.</param>
    /// <param name="today">The day it is.</param>
    public DeviationOutcome Apply(IReadOnlyList<ServerReport> servers, DateOnly today, IEnumerable<string>? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var known = servers
            .SelectMany(server => server.Cases)
            .Select(one => one.Id)
            .Concat(Entries.Count == 0 ? [] : catalogue ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var problems = new List<DeviationProblem>();
        foreach (var entry in Entries.Where(entry => !known.Contains(entry.Case)))
        {
            problems.Add(new DeviationProblem(DeviationProblemKind.UnknownCase, entry,
                $"'{Safe.Text(entry.Case)}' is no case of this test; correct its name or remove the entry"));
        }

        return new DeviationOutcome([.. servers.Select(server => Mark(server, today, problems))], problems);
    }

    /// <summary>
    /// The deviations that a run needs: an entry for each case that fails. Entries that are there keep their reasons and
    /// expiry; those of cases that no longer fail go, and those of cases that were not decided stay.
    /// </summary>
    /// <param name="servers">The reports of all servers that were tested.</param>
    public Deviations Update(IReadOnlyList<ServerReport> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var entries = new List<Deviation>();
        foreach (var entry in Entries)
        {
            var about = servers
                .Where(entry.IsAbout)
                .SelectMany(server => server.Cases.Where(one => one.Id == entry.Case).Select(one => (Server: server.Target, Case: one)))
                .ToList();
            if (!about.Any(pair => IsGone(pair.Case)))
            {
                // nothing speaks against it: it fails wherever it was decided, or it was not tested at all
                entries.Add(entry);
            }
            else if (entry.Server is null)
            {
                // for all servers no more: for each where it still fails
                entries.AddRange(
                    about.Where(pair => pair.Case.Verdict is CaseVerdict.Fail).Select(pair => entry with { Server = pair.Server })
                );
            }
        }

        foreach (var server in servers)
        {
            entries.AddRange(
                server
                    .Cases.Where(one =>
                        one.Verdict is CaseVerdict.Fail && !entries.Any(entry => entry.Case == one.Id && entry.IsAbout(server))
                    )
                    .Select(one => new Deviation(one.Id, NewReason) { Server = servers.Count > 1 ? server.Target : null })
            );
        }

        return new Deviations(entries);
    }

    private ServerReport Mark(ServerReport server, DateOnly today, List<DeviationProblem> problems) => server with
    {
        Cases = [.. server.Cases.Select(one => Find(server, one) is { } entry ? Mark(server, one, entry, today, problems) : one)],
    };

    private static ReportedCase Mark(
        ServerReport server,
        ReportedCase one,
        Deviation entry,
        DateOnly today,
        List<DeviationProblem> problems
    )
    {
        if (IsGone(one))
        {
            problems.Add(
                new DeviationProblem(
                    DeviationProblemKind.UnexpectedPass,
                    entry,
                    $"{one.Id} no longer fails at {server.Target} ({Wording.Of(one.Verdict)}), though it is a known deviation "
                        + $"({Safe.Text(entry.Reason)}); "
                        + "remove the entry, or run with --deviations-update"
                )
            );
            return one;
        }

        if (one.Verdict is not CaseVerdict.Fail)
        {
            return one;
        }

        if (entry.Expires is { } day && day < today)
        {
            problems.Add(
                new DeviationProblem(
                    DeviationProblemKind.Expired,
                    entry,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{one.Id} still fails at {server.Target}, and the known deviation ({Safe.Text(entry.Reason)}) expired on "
                            + $"{day:yyyy-MM-dd}; mend the server or set a later day"
                    )
                )
            );
            return one;
        }

        return one with { Known = new KnownDeviation(Safe.Text(entry.Reason), entry.Expires) };
    }

    // what names the server goes before what is for all
    private Deviation? Find(ServerReport server, ReportedCase one) =>
        Entries.Where(entry => entry.Case == one.Id && entry.IsAbout(server)).OrderBy(entry => entry.Server is null).FirstOrDefault();

    private static bool IsGone(ReportedCase one) => one.Verdict is CaseVerdict.Pass or CaseVerdict.NonStrict or CaseVerdict.Info;
}
