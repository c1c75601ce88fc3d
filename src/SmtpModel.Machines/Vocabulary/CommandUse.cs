namespace SmtpModel.Machines;

/// <summary>A command as a profile uses it: its argument, the replies it may draw, and whether a receiver must have it.</summary>
/// <param name="Command">The command.</param>
/// <param name="Argument">Its argument in this profile.</param>
/// <param name="Replies">Its row of the command-reply table.</param>
/// <param name="Required">Whether every receiver must implement it; one that does not answers 502.</param>
/// <param name="Clause">Where the standard defines it.</param>
public sealed record CommandUse(Command Command, Argument Argument, ReplyRow Replies, bool Required, Clause Clause)
{
    /// <summary>Replies that are not in its own row but that any command may draw when something is wrong with its line.</summary>
    public IReadOnlyList<int> General { get; init; } = [];

    /// <summary>The EHLO keyword of the extension that brings it; null for a command of the base.</summary>
    public string? Extension { get; init; }

    /// <summary>Whether the command, well written and in order, has to be accepted: its own row has nothing that refuses it.</summary>
    public bool IsAlwaysAccepted => Replies.Refusing.All(General.Contains);

    /// <summary>Whether the command is never accepted: its row has nothing that says so.</summary>
    public bool IsNeverAccepted => !Replies.Accepting.Any();

    /// <summary>How the whole command line is written, without CRLF, as <c>MAIL FROM:&lt;reverse-path&gt;</c>.</summary>
    public string Syntax => Argument.Syntax.Length == 0 ? Command.Keyword
        : Argument.Syntax.StartsWith('[') ? $"{Command.Keyword}{Argument.Syntax}" : $"{Command.Keyword} {Argument.Syntax}";
}
