using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>What went wrong.</summary>
public enum ViolationKind
{
    /// <summary>The reply is one that no rule allows where it came.</summary>
    Reply,

    /// <summary>The channel was closed without need.</summary>
    Closed,

    /// <summary>There was no reply.</summary>
    Silence,

    /// <summary>What came is no reply, or came without having been asked for.</summary>
    Form,

    /// <summary>What was handed over is not what was accepted.</summary>
    Delivery,
}

/// <summary>The first exchange of a session that the rules do not allow.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="State">The state the model was in.</param>
/// <param name="Command">The command that was sent.</param>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Came">What came.</param>
public sealed record Violation(ViolationKind Kind, State State, Command Command, Rule? Rule, string Expected, string Came)
{
    /// <summary>Two violations of one key are the same fault, seen twice.</summary>
    public string Key { get; init; } = $"{Kind}|{State}|{Command}|{Rule?.Id}";

    /// <summary>Whether it is a reply that came without a command: one too many to the command before.</summary>
    internal bool IsUnasked { get; init; }

    /// <summary>Whether the reply was of the right kind, and only its code is one that a rule does not allow.</summary>
    public bool IsOfCode => Miscode != 0;

    /// <summary>That code; 0 where more is wrong.</summary>
    internal int Miscode { get; init; }

    /// <summary>The violation as one line.</summary>
    public override string ToString() => $"{State}, {Command}: expected {Expected}, came {Came} ({Rule})";
}
