namespace SmtpModel.Machines;

/// <summary>A command as a profile uses it: its argument, the replies it may draw, and whether a receiver must have it.</summary>
/// <param name="Command">The command.</param>
/// <param name="Argument">Its argument in this profile.</param>
/// <param name="Replies">Its row of the command-reply table.</param>
/// <param name="Required">Whether every receiver must implement it; one that does not answers 502.</param>
/// <param name="Clause">Where the standard defines it.</param>
public sealed record CommandUse(Command Command, Argument Argument, ReplyRow Replies, bool Required, Clause Clause)
{
    /// <summary>How the whole command line is written, without CRLF, as <c>MAIL FROM:&lt;reverse-path&gt;</c>.</summary>
    public string Syntax => Argument.Syntax.Length == 0 ? Command.Name
        : Argument.Syntax.StartsWith('[') ? $"{Command.Name}{Argument.Syntax}" : $"{Command.Name} {Argument.Syntax}";
}
