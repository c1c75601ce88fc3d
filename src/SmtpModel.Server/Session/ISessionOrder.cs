using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// What may follow what: everything the session asks about order. Generated from the specification for each profile;
/// the session itself decides nothing of it.
/// </summary>
internal interface ISessionOrder
{
    string Name { get; }

    Dialect Dialect { get; }

    SessionState Start { get; }

    int Unrecognized { get; }

    int NotAcceptable { get; }

    int NotImplemented { get; }

    int Closing { get; }

    ReadOnlySpan<Verb> Commands { get; }

    SessionReading Reads(SessionState state);

    Verb Recognize(ReadOnlySpan<byte> keyword);

    ArgumentKind ArgumentOf(Verb verb);

    int Accepting(Verb verb);

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
}

/// <summary>Where an exchange leads and what it does to the buffers.</summary>
internal readonly record struct SessionStep(SessionState State, BufferEffects Effects, bool IsPermitted)
{
    public SessionStep(SessionState state, BufferEffects effects) : this(state, effects, true) { }

    public static SessionStep NotPermitted => default;
}

/// <summary>A keyword as a number, for the generated switch: its letters in upper case, eight bits each.</summary>
internal static class KeywordCode
{
    public static ulong Of(ReadOnlySpan<byte> keyword)
    {
        if (keyword.Length > 8)
        {
            return 0;
        }

        var code = 0UL;
        foreach (var octet in keyword)
        {
            // one bit tells the cases of a letter apart; what is no letter stays as it is
            code = (code << 8) | (octet is >= (byte)'a' and <= (byte)'z' ? octet & ~0x20UL : octet);
        }

        return code;
    }
}
