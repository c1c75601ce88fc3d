namespace SmtpModel.Cli;

/// <summary>What the tool tells the shell. Never a number of findings, never 0 for a run that tested nothing.</summary>
internal static class ExitCodes
{
    /// <summary>Something was decided and nothing failed.</summary>
    public const int Fine = 0;

    /// <summary>A rule is broken.</summary>
    public const int Failure = 1;

    /// <summary>The command line or what it names is wrong, or nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>No verdict: the server cannot be reached or would not let anything be decided.</summary>
    public const int NoVerdict = 3;

    /// <summary>Nothing is wrong so far, and shares of a campaign are missing.</summary>
    public const int Incomplete = 4;

    /// <summary>A fault of this program.</summary>
    public const int OwnFault = 70;

    /// <summary>Somebody interrupted it.</summary>
    public const int Interrupted = 130;

    /// <summary>Each of them, in words.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Fine, "Something was decided and nothing failed."),
        (Failure, "A rule is broken."),
        (Usage, "The command line or what it names is wrong, or nothing was run."),
        (NoVerdict, "No verdict: the server cannot be reached or would not let anything be decided."),
        (Incomplete, "Nothing is wrong so far, and shares of a campaign are missing."),
        (OwnFault, "A fault of this program."),
        (Interrupted, "Somebody interrupted it."),
    ];
}
