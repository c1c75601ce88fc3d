namespace SmtpModel.Interop.Tests.Faults;

/// <summary>A fault that <see cref="FaultyProxy"/> plants into what a server says. A new one is made for each connection.</summary>
internal class Fault
{
    /// <summary>The whole reply to a command line that the server is not to see; null to ask the server.</summary>
    /// <param name="command">The line without its end.</param>
    public virtual string? Answer(string command) => null;

    /// <summary>What the client gets instead of a reply.</summary>
    /// <param name="command">The line that drew it; empty for the greeting and for the end of data.</param>
    /// <param name="reply">The server's reply, its lines with their ends.</param>
    public virtual string Change(string command, string reply) => reply;

    /// <summary>Whether the channel is closed now, though nobody asked for it.</summary>
    /// <param name="commands">How many command lines have been answered.</param>
    public virtual bool ClosesAfter(int commands) => false;

    protected static bool Is(string command, string keyword) => command.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
        && (command.Length == keyword.Length || command[keyword.Length] == ' ');
}

/// <summary>Says everything it says to NOOP twice (R5).</summary>
internal sealed class DoubledReply : Fault
{
    public override string Change(string command, string reply) => Is(command, "NOOP") ? reply + reply : reply;
}

/// <summary>Says nothing to NOOP (R5).</summary>
internal sealed class SwallowedReply : Fault
{
    public override string Change(string command, string reply) => Is(command, "NOOP") ? "" : reply;
}

/// <summary>Says 250 wherever the server refuses what is out of order.</summary>
internal sealed class EverythingInOrder : Fault
{
    public override string Change(string command, string reply) =>
        reply.StartsWith("503", StringComparison.Ordinal) ? "250 OK\r\n" : reply;
}

/// <summary>Says 250 to RSET, and the server never hears of it (O6).</summary>
internal sealed class DroppedReset : Fault
{
    public override string? Answer(string command) => command.Equals("RSET", StringComparison.OrdinalIgnoreCase) ? "250 OK\r\n" : null;
}

/// <summary>Says 250 to a recipient whom the server has refused and so does not hold (B1).</summary>
internal sealed class LostRecipient : Fault
{
    public override string Change(string command, string reply) =>
        Is(command, "RCPT") && reply.StartsWith("55", StringComparison.Ordinal) ? "250 OK\r\n" : reply;
}

/// <summary>Closes the channel when it has answered three commands (R4).</summary>
internal sealed class EarlyClose : Fault
{
    public override bool ClosesAfter(int commands) => commands == 3;
}

/// <summary>Says 221 to QUIT, and goes on (O10).</summary>
internal sealed class GoesOnAfterQuit : Fault
{
    public override string? Answer(string command) => command.Equals("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 Bye\r\n" : null;
}
