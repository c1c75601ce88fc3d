using System.Collections.Concurrent;

namespace SmtpModel.Testing.Engine;

/// <summary>What is delivered into a Maildir: the files of new/ and cur/ that were not there before.</summary>
internal sealed class MaildirDeliveries : Deliveries
{
    private readonly string[] _folders;
    private readonly HashSet<string> _before;
    private readonly ConcurrentDictionary<string, DeliveredMessage?> _known = [];
    private volatile bool _isRead;

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
            // what was seen was delivered, also where it has been taken away since
            var earlier = _known.Keys.ToList();
            var files = Files().ToLookup(Key);
            foreach (var file in files.Where(file => !_before.Contains(file.Key)))
            {
                Keep(file.Key, file.First());
            }

            _isRead |= IsGone(files, earlier) && IsGone(Files().ToLookup(Key), earlier);
            return ValueTask.FromResult<IReadOnlyList<DeliveredMessage>>([.. _known.Values.OfType<DeliveredMessage>()]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Name} cannot be read: {fault.Message}; let this account read it", fault);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    internal override string? Removed => _isRead ? $"messages are taken away from {Name} while the test looks at it" : null;

    // one that is moved from new/ to cur/ while the folders are listed is in neither
    private bool IsGone(ILookup<string, string> files, IEnumerable<string> earlier) =>
        earlier.Concat(_before).Any(key => !files.Contains(key));

    private void Keep(string key, string file)
    {
        try
        {
            _known.GetOrAdd(key, _ => Read(file));
        }
        catch (FileNotFoundException)
        {
            // somebody reads the mailbox, and moves what was read from new/ to cur/: there it is found when it is looked at again
        }
    }

    // a message of others may be of any length, and one of ours is short
    private static DeliveredMessage? Read(string file) =>
        new FileInfo(file).Length > Marking.LongestMessage ? null : StoredFile.Read(File.ReadAllBytes(file));

    private IEnumerable<string> Files() => _folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);

    // behind the colon stand flags, which change
    private static string Key(string file) => Path.GetFileName(file).Split(':')[0];
}
