namespace SmtpModel.Testing.Tests.Wire;

/// <summary>One way to be wrong about octets: what a server makes of what comes before its session, which is right, is given it.</summary>
/// <param name="Case">The wire case that is to catch it, without document and section.</param>
/// <param name="Does">What the server does, in one sentence.</param>
internal sealed record WireFault(string Case, string Does)
{
    /// <summary>What is made of the octets that one read brought, and whether they are mail data.</summary>
    public Func<string, bool, string>? Chunk { get; init; }

    /// <summary>What is made of a command line; its CRLF is taken off and put on again.</summary>
    public Func<string, Line>? Command { get; init; }

    /// <summary>What is made of replies.</summary>
    public Func<string, string>? Reply { get; init; }

    /// <summary>Whether a session that was cut off within a line goes on with the next connection.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether the connection behind one that was reset has each command refused as none.</summary>
    public bool IsUpset { get; init; }

    /// <summary>Whether a session has no transaction any more when another one has begun.</summary>
    public bool IsOneAtATime { get; init; }

    /// <summary>Whether RCPT and DATA are obeyed in any session while one has recipients.</summary>
    public bool IsShared { get; init; }

    /// <summary>How long the reply to the end of data takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether only the first connections are served so, and later ones well.</summary>
    public int Connections { get; init; } = int.MaxValue;

    /// <summary>What becomes of a line: given to the session, answered without it, or a reason to hang up.</summary>
    internal readonly record struct Line(string? Give, string? Say = null)
    {
        /// <summary>How long it takes until anything becomes of it.</summary>
        public TimeSpan After { get; init; }

        public static Line HangUp => default;

        public static Line Swallow => new("");

        public static implicit operator Line(string text) => new(text + "\r\n");
    }
}
