namespace SmtpModel.Testing;

/// <summary>
/// Where it can be seen what a server delivers: a folder, a file, a server of the tester's that it sends on to, or a place of your own. It
/// may be asked by several threads at once.
/// </summary>
public abstract class Deliveries : IAsyncDisposable
{
    /// <summary>What it is called in reports, as <c>maildir:/var/mail/fred</c>.</summary>
    public abstract string Name { get; }

    /// <summary>All messages that are there. Mail of others may be among them, and may be left out: what was sent for a test has a
    /// mark.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It cannot be looked at; the message says why and what to do.</exception>
    public abstract ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation);

    /// <summary>What tells that somebody takes messages away from there, so that none can be said to be lost; null where nothing
    /// does.</summary>
    internal virtual string? Removed => null;

    /// <summary>Gives back what it looks with.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>What comes into a Maildir from now on.</summary>
    /// <param name="folder">The folder that holds new/ and cur/.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static Deliveries Maildir(string folder) => new Engine.MaildirDeliveries(folder);

    /// <summary>What is appended to an mbox from now on.</summary>
    /// <param name="file">The file; it may be missing until the first message comes.</param>
    /// <exception cref="IOException">It is no file, or its folder is not there.</exception>
    public static Deliveries Mbox(string file) => new Engine.MboxDeliveries(file);

    /// <summary>What a command prints each time it is run: a message, or an mbox.</summary>
    /// <param name="command">The command, for the system's shell.</param>
    public static Deliveries Command(string command) => new Engine.CommandDeliveries(command);
}
