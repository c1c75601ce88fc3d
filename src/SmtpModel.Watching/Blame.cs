using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <summary>A line of what was said, as evidence.</summary>
/// <param name="Side">Who said it.</param>
/// <param name="State">The state the model was in before; empty where it was not known.</param>
/// <param name="Text">What was said, safe to print, without the end of its line.</param>
/// <param name="IsBlamed">Whether it is what is wrong.</param>
public sealed record EvidenceLine(Side Side, string State, string Text, bool IsBlamed);

/// <summary>Something that one side did and that a rule does not allow, or would rather not have.</summary>
/// <param name="Side">Whose fault it is.</param>
/// <param name="Rule">The rule, with its clause and level.</param>
/// <param name="Verdict">What is made of it: a MUST that is broken, a SHOULD that is not followed, or a remark.</param>
/// <param name="What">What was done, in words. Safe to print.</param>
public sealed record Blame(Side Side, Rule Rule, CaseVerdict Verdict, string What)
{
    /// <summary>What would have been right; empty where the rule says it.</summary>
    public string Expected { get; init; } = "";

    /// <summary>The octets that are wrong. Safe to print.</summary>
    public string Came { get; init; } = "";

    /// <summary>The state the model was in.</summary>
    public string State { get; init; } = "";

    /// <summary>The command that it is about; empty where it is about none.</summary>
    public string Command { get; init; } = "";

    /// <summary>The session in which it was seen first, by the name that the recording has for it.</summary>
    public string Session { get; init; } = "";

    /// <summary>Where in the recording that was, as a line of a log or a packet of a capture; 0 where it is live.</summary>
    public long Place { get; init; }

    /// <summary>What was said up to there, as little as shows it.</summary>
    public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];

    /// <summary>The other scenario of the run that it is judged by; empty where it shows by itself.</summary>
    internal string RestsOn { get; init; } = "";

    /// <summary>How often it was seen.</summary>
    public long Count { get; internal set; } = 1;

    /// <summary>The blame as one line.</summary>
    public override string ToString() => $"{Side}: {What} ({Rule.Clause}, {Rule.Id}, {Rule.Level.ToString().ToUpperInvariant()})";
}
