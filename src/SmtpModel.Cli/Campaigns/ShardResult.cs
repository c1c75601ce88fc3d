using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>A finding as it was kept, with the finding that it was.</summary>
/// <param name="Seen">The key of what was seen before it was made shorter.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Plays">What plays it again.</param>
/// <param name="Text">All of it as text, to choose by where nothing else tells two apart.</param>
internal sealed record KeptFinding(string Seen, Finding Finding, ReplayFile Plays, string Text);

/// <summary>The same of sessions that were played at the same time.</summary>
internal sealed record KeptRound(InterleavedFinding Finding, ReplayFile Plays, string Text);

/// <summary>What a file has of one share.</summary>
/// <param name="File">The file.</param>
/// <param name="Begin">The share's first line.</param>
internal sealed record ShardResult(string File, BeginLine Begin)
{
    /// <summary>The machine; null where the share has none, or was cut off before it was known.</summary>
    public TransitionTable? Table { get; set; }

    public List<KeptFinding> Findings { get; } = [];

    public List<KeptRound> Rounds { get; } = [];

    public Dictionary<NonStrict, Remark> Remarks { get; } = [];

    public Dictionary<string, int> Open { get; } = [];

    public Dictionary<string, MutantLine> Mutants { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The inputs of a server that is learned; none where the share has none, or was cut off before.</summary>
    public IReadOnlyList<LearningInput> Inputs { get; set; } = [];

    /// <summary>What it is called.</summary>
    public string Server { get; set; } = "";

    /// <summary>What it greeted with; 0 where it did not.</summary>
    public int Greeting { get; set; }

    public List<PlayedSession> Sessions { get; } = [];

    public List<Unsteadiness> Unsteady { get; } = [];

    public Coverage? Coverage { get; set; }

    public RefusalNotes? Refusals { get; set; }

    /// <summary>How far it came at least.</summary>
    public ProgressLine Progress { get; set; } = new(0, 0, 0);

    /// <summary>Its last line; null where it was cut off.</summary>
    public EndLine? End { get; set; }

    /// <summary>What of its lines tells it from another one of the same share.</summary>
    public string Digest { get; set; } = "";

    /// <summary>Whether another share is in the same file.</summary>
    public bool IsAmongOthers { get; set; }
}
