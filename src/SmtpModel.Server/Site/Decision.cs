namespace SmtpModel.Server;

/// <summary>What the site answers to a command that is in order and well formed: the reply's code and text.</summary>
/// <param name="Code">The reply's code; 0 for the one that accepts the command.</param>
/// <param name="Text">The reply's text, lines separated by <c>\n</c>; null for a text that fits the command.</param>
public readonly record struct Decision(int Code, string? Text)
{
    /// <summary>The command is accepted.</summary>
    public static Decision Accept => default;

    /// <summary>This receiver does not have the command.</summary>
    public static Decision NotImplemented => new(-1, null);

    /// <summary>The command is accepted with a text of its own.</summary>
    /// <param name="text">The reply's text.</param>
    public static Decision AcceptWith(string text) => new(0, text);

    /// <summary>The command is refused.</summary>
    /// <param name="code">A 4yz or 5yz code that the command may draw.</param>
    /// <param name="text">The reply's text.</param>
    public static Decision Refuse(int code, string text) => code is >= 400 and < 600 ? new(code, text)
        : throw new ArgumentOutOfRangeException(nameof(code), code, "a refusal has a code from 400 to 599");
}
