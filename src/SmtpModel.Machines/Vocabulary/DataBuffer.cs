namespace SmtpModel.Machines;

/// <summary>A buffer of the session, known by its name; its content is abstracted to "empty" or "held".</summary>
/// <param name="Name">The buffer's name, as <c>reverse-path</c>.</param>
public sealed record DataBuffer(string Name)
{
    /// <summary>The buffer's name.</summary>
    public override string ToString() => Name;
}

/// <summary>What an exchange does to one buffer.</summary>
public enum EffectKind
{
    /// <summary>The buffer is emptied.</summary>
    Clear,

    /// <summary>The buffer holds the command's argument and nothing else.</summary>
    Set,

    /// <summary>The command's argument is added to what the buffer holds.</summary>
    Append,
}

/// <summary>An effect on a buffer, in the order in which a command lists them.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Kind">What happens to it.</param>
public sealed record Effect(DataBuffer Buffer, EffectKind Kind)
{
    /// <summary>The effect as words, as <c>append forward-path</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Buffer}";
}
