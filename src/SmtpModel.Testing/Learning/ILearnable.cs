namespace SmtpModel.Testing.Engine;

/// <summary>
/// A system that can be learned: sessions that all begin alike, inputs known by their places, outputs that are texts. What an
/// output is followed by (its mode) shows in the output itself; an input that a mode does not take is never sent there.
/// </summary>
internal interface ILearnable
{
    /// <summary>The mode in which a session is over.</summary>
    const int Over = -1;

    /// <summary>How many inputs there are.</summary>
    int Inputs { get; }

    /// <summary>The mode that a session begins in.</summary>
    int FirstMode { get; }

    /// <summary>The mode behind an output; <see cref="Over"/> where nothing can be sent any more.</summary>
    /// <param name="mode">The mode before.</param>
    /// <param name="output">The output.</param>
    int ModeBehind(int mode, string output);

    /// <summary>Whether an input may be sent in a mode.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="input">The input's place.</param>
    bool Takes(int mode, int input);

    /// <summary>Opens a session.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LearningStoppedException">No session can be had any more.</exception>
    ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation);
}

/// <summary>One session of a system that is learned.</summary>
internal interface ILearnableSession : IAsyncDisposable
{
    /// <summary>Sends an input and waits for its output.</summary>
    /// <param name="input">The input's place.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<string> SendAsync(int input, CancellationToken cancellation);
}

/// <summary>Something keeps a system from being learned further; what is known stays known.</summary>
#pragma warning disable CA1032, CA1064 // it never leaves this folder: the learner turns it into a value
internal sealed class LearningStoppedException(string message) : Exception(message);
#pragma warning restore CA1032, CA1064
