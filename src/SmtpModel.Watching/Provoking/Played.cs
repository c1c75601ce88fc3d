using System.Diagnostics;

namespace SmtpModel.Watching;

/// <summary>What happened in one scenario: all that the judge goes by. What several connections do at once is kept apart by
/// them.</summary>
internal sealed class Played(Scenario scenario, int recipients)
{
    private readonly Lock _gate = new();
    private readonly List<TrialSession> _sessions = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly HashSet<(State, Command, int)> _answered = [];

    public Scenario Scenario => scenario;

    /// <summary>How many recipients the client has, as the plain scenario showed; 0 where that is not known.</summary>
    public int Recipients => recipients;

    public IReadOnlyList<TrialSession> Sessions
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions];
            }
        }
    }

    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Whether the client came to where something is unusual.</summary>
    public bool IsReached { get; set; }

    /// <summary>How the client ended; null where it is no command, or could not be waited for.</summary>
    public ClientExit? Exit { get; set; }

    public IReadOnlyCollection<(State State, Command Command, int Code)> Answered
    {
        get
        {
            lock (_gate)
            {
                return [.. _answered];
            }
        }
    }

    public void Add(TrialSession session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
        }
    }

    public void Note(State state, Command command, int code)
    {
        lock (_gate)
        {
            _answered.Add((state, command, code));
        }
    }
}

/// <summary>How a client ended.</summary>
/// <param name="Code">Its exit status; null where it did not end and was ended.</param>
/// <param name="At">When, from the beginning of the scenario.</param>
/// <param name="Output">The end of what it said on both outputs. Safe to print.</param>
internal sealed record ClientExit(int? Code, TimeSpan At, IReadOnlyList<string> Output)
{
    /// <summary>All that it said on both outputs; null where it is not known. What is secret is in it.</summary>
    public string? Text { get; init; }
}
