namespace SmtpModel.Testing.Engine;

/// <summary>What kind of fault a mutant has.</summary>
public enum MutantKind
{
    /// <summary>An exchange leads to a wrong state.</summary>
    Transfer,

    /// <summary>A command draws a reply of another class, or another code of its class; what it does is right.</summary>
    Output,

    /// <summary>An exchange is not there: the command draws 503 and nothing happens, or where no command is read 421.</summary>
    Missing,

    /// <summary>A command that is out of order is accepted.</summary>
    Accepted,

    /// <summary>A command draws a refusal, as it should, and changes the state or the buffers all the same.</summary>
    Rejected,

    /// <summary>What an exchange does to a buffer is left out, or done to another buffer.</summary>
    Buffer,

    /// <summary>Behind an exchange there is a state more, which is like the right one but for one exchange.</summary>
    Hidden,

    /// <summary>
    /// The server counts an exchange, and behind the first, the second or the third of them in a session another exchange leads to a wrong
    /// state. These are no part of <see cref="MutantCatalogue.All"/>.
    /// </summary>
    Counter,
}

/// <summary>What can be said against a mutant.</summary>
public enum MutantClass
{
    /// <summary>Nobody can tell it from the specification's own machine: no reply and no delivery differs, whatever is sent.</summary>
    Equivalent,

    /// <summary>It differs, but only in what the profile leaves to a server; who accuses it is wrong.</summary>
    Conforming,

    /// <summary>There is a session that shows that it breaks a rule.</summary>
    Faulty,
}
