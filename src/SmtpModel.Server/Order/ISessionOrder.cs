using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// What may follow what: everything the session asks about order. It is made from the specification, as <see cref="TableOrder"/>;
/// the session itself decides nothing of it.
/// </summary>
internal interface ISessionOrder
{
    string Name { get; }

    /// <summary>The rows it is made of, with the extensions and their parameters; null where there are none.</summary>
    OrderRows? Rows => null;

    Dialect Dialect { get; }

    SessionState Start { get; }

    int Unrecognized { get; }

    int NotAcceptable { get; }

    int NotImplemented { get; }

    int Closing { get; }

    ReadOnlySpan<Verb> Commands { get; }

    SessionReading Reads(SessionState state);

    Verb Recognize(ReadOnlySpan<byte> keyword);

    /// <summary>The command that a line of a verb is: the verb's own, or one that its argument tells from it.</summary>
    Verb VariantOf(Verb verb, ReadOnlySpan<byte> argument);

    /// <summary>The command that a site is asked for: the command itself, or the one that it is in all but where it leads.</summary>
    Verb MeaningOf(Verb verb);

    /// <summary>What finds in a command's argument how many octets follow its line; null where none follow.</summary>
    System.Text.RegularExpressions.Regex? BlockOf(Verb verb);

    /// <summary>Whether a message is handed over behind a command line.</summary>
    bool Delivers(Verb verb);

    ArgumentKind ArgumentOf(Verb verb);

    /// <summary>What an argument fits that is <see cref="ArgumentKind.Patterned"/>; null elsewhere.</summary>
    System.Text.RegularExpressions.Regex? PatternOf(Verb verb) => null;

    int Accepting(Verb verb);

    /// <summary>What is appended to the buffer for each of whose contents a command draws a reply; none where it draws one.</summary>
    BufferEffects ForEach(Verb verb);

    string? Syntax(Verb verb);

    bool IsRequired(Verb verb);

    int OutOfOrder(SessionState state, Verb verb);

    SessionStep Next(SessionState state, Verb verb, int code);

    /// <summary>The reply that is written for an exchange: its own code, but in an order that is wrong on purpose.</summary>
    int Reply(SessionState state, Verb verb, int code);
}

/// <summary>What a session waits for.</summary>
internal enum SessionReading : byte
{
    Nothing,
    Opening,
    Commands,
    Data,
    Responses,
}

/// <summary>Where an exchange leads and what it does to the buffers.</summary>
internal readonly record struct SessionStep(SessionState State, BufferEffects Effects, bool IsPermitted)
{
    public SessionStep(SessionState state, BufferEffects effects) : this(state, effects, true) { }

    public static SessionStep NotPermitted => default;
}
