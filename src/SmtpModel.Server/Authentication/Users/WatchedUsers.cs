namespace SmtpModel.Server;

/// <summary>The users of a file, which is read again when it has changed. What cannot be read then leaves those that there were.</summary>
internal sealed class WatchedUsers
{
    // how often it is looked at
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly Action<UserFileException>? _onFault;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private UserFile _users;
    private (DateTime Written, long Length) _stamp;
    private long _looked;

    public WatchedUsers(string path, Action<UserFileException>? onFault, TimeProvider time)
    {
        (_path, _onFault, _time, _looked) = (path, onFault, time, time.GetTimestamp());
        // before it is read: what is written meanwhile is read again
        _stamp = Stamp();
        _users = UserFile.Load(path);
    }

    /// <summary>Those that there are now.</summary>
    public UserFile Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_looked) >= Interval)
                {
                    _looked = _time.GetTimestamp();
                    Look();
                }

                return _users;
            }
        }
    }

    private void Look()
    {
        var stamp = Stamp();
        if (stamp == _stamp)
        {
            return;
        }

        _stamp = stamp;
        try
        {
            var users = UserFile.Load(_path);
            // without a secret of its own a name that nobody has would get another salt, and be known by it
            users.Secret = users.HasSecret ? users.Secret : _users.Secret;
            _users = users;
        }
        catch (UserFileException fault)
        {
            _onFault?.Invoke(fault);
        }
    }

    // a file that is put in the place of another is as good as one that is written to; one that is gone has changed, too
    private (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(_path);
        try
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // reading it says what is wrong
            return default;
        }
    }
}
