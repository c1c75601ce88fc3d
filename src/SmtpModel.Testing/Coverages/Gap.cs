using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What kind of part of a machine was not covered.</summary>
public enum GapKind
{
    /// <summary>A state.</summary>
    State,

    /// <summary>A command in a state that reads commands.</summary>
    Cell,

    /// <summary>An edge.</summary>
    Edge,

    /// <summary>An edge right after another.</summary>
    Pair,
}

/// <summary>One step of the session that reaches a gap.</summary>
/// <param name="Lines">What the client types, each line without CRLF; none for the greeting, and the last of mail data is the dot that
/// ends it.</param>
/// <param name="Reply">The code of the reply; 0 where any will do.</param>
/// <param name="IsChoice">Whether the server has to choose this reply: the client cannot bring it about.</param>
/// <param name="Command">The command that is answered.</param>
public sealed record GapStep(IReadOnlyList<string> Lines, int Reply, bool IsChoice, Command Command)
{
    /// <summary>The lines as one, safe to print.</summary>
    public string Text => string.Join("; ", Lines.Select(line => Printable.Text(line, 1000)));
}

/// <summary>A part of the machine that no session covered, and the shortest session that would.</summary>
/// <param name="Kind">What kind of part it is.</param>
/// <param name="State">The state: itself, or the one in which its command or its first edge comes.</param>
/// <param name="Command">The command of a cell; null otherwise.</param>
/// <param name="Edge">The edge, or the first of a pair; null otherwise.</param>
/// <param name="Next">The second edge of a pair; null otherwise.</param>
/// <param name="Steps">The shortest session that reaches it, from the greeting on.</param>
/// <param name="Session">The same session, to be played; its scripts are the replies that a server has to give.</param>
public sealed record Gap(
    GapKind Kind,
    State State,
    Command? Command,
    Edge? Edge,
    Edge? Next,
    IReadOnlyList<GapStep> Steps,
    TestSession Session
)
{
    /// <summary>Whether a client reaches it by itself, if the server takes what it has to take; otherwise only a choice of the server
    /// opens it.</summary>
    public bool IsByClient => !Steps.Any(step => step.IsChoice);

    /// <summary>What it is, as <c>Ready: MAIL / 452 -> Ready</c>.</summary>
    public string Title => Kind switch
    {
        GapKind.State => $"{State}",
        GapKind.Cell => $"{State}: {Command}",
        GapKind.Edge => $"{Edge}",
        _ => $"{Edge}, then {Next!.Exchange} -> {Next.To}",
    };

    /// <summary>The session as a line that can be typed, as <c>EHLO client.example.test; NOOP</c>.</summary>
    public string Typed =>
        Steps.All(step => step.Lines.Count == 0)
            ? "(connect)"
            : string.Join("; ", Steps.Where(step => step.Lines.Count > 0).Select(step => step.Text));

    /// <summary>What the server has to choose, as <c>needs the server to answer 452 to MAIL</c>; empty when nothing.</summary>
    public string Needs => IsByClient ? "" : "needs the server to " + string.Join(" and ", Steps.Where(step => step.IsChoice)
        .Select(step => step.Lines.Count == 0 ? $"greet with {step.Reply}" : $"answer {step.Reply} to {step.Command}"));

    /// <inheritdoc/>
    public override string ToString() => $"{Title}: {Typed}{(IsByClient ? "" : $" ({Needs})")}";
}
