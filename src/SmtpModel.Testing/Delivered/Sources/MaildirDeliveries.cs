using System.Collections.Concurrent;

namespace SmtpModel.Testing.Engine;

/// <summary>What is delivered into a Maildir: the files of new/ and cur/ that were not there before.</summary>
internal sealed class MaildirDeliveries : Deliveries
{
    private readonly string[] _folders;
    private readonly HashSet<string> _before;
    private readonly ConcurrentDictionary<string, DeliveredMessage?> _known = [];

    /// <summary>A Maildir.</summary>
    /// <param name="folder">The folder that holds new/ and cur/.</param>
    /// <exception cref="IOException">There is none.</exception>
    public MaildirDeliveries(string folder)
    {
        Name = $"maildir:{folder}";
        _folders = [Path.Combine(folder, "new"), Path.Combine(folder, "cur")];
        if (!Directory.Exists(_folders[0]))
        {
            throw new IOException($"{Name}: there is no {_folders[0]}; name the folder that holds new/, where the server delivers to");
        }

        _before = [.. Files().Select(Key)];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult<IReadOnlyList<DeliveredMessage>>([.. Files().Where(file => !_before.Contains(Key(file)))
                .Select(Known).OfType<DeliveredMessage>()]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Name} cannot be read: {fault.Message}; let this account read it", fault);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DeliveredMessage? Known(string file)
    {
        try
        {
            return _known.GetOrAdd(Key(file), _ => Read(file));
        }
        catch (FileNotFoundException)
        {
            // somebody reads the mailbox, and moves what was read from new/ to cur/: there it is found when it is looked at again
            return null;
        }
    }

    // a message of others may be of any length, and one of ours is short
    private static DeliveredMessage? Read(string file) =>
        new FileInfo(file).Length > Marking.LongestMessage ? null : StoredFile.Read(File.ReadAllBytes(file));

    private IEnumerable<string> Files() => _folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);

    // behind the colon stand flags, which change
    private static string Key(string file) => Path.GetFileName(file).Split(':')[0];
}
