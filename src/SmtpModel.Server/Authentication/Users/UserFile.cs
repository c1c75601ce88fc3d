using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>
/// The users of a server and what is kept of their passwords, as they are in a file. <see cref="Load"/> reads one,
/// <see cref="Change"/> changes one.
/// </summary>
public sealed class UserFile
{
    /// <summary>How often a password is hashed unless told otherwise. More makes guessing dearer, and logging in too.</summary>
    public const int DefaultIterations = 100_000;

    /// <summary>The fewest iterations that SCRAM-SHA-256 allows (RFC 7677 4).</summary>
    public const int LeastIterations = 4096;

    /// <summary>The most iterations: about ten seconds of a processor for each login.</summary>
    public const int MostIterations = 50_000_000;
    internal const int SaltLength = 16;
    private readonly SortedDictionary<string, User> _users = new(StringComparer.Ordinal);
    private NobodysCredentials? _nobody;
    private ScramKeys[]? _known;

    /// <summary>The names, in order.</summary>
    public IReadOnlyCollection<string> Names => _users.Keys;

    /// <summary>Whether there is a user who can log in with CRAM-MD5.</summary>
    public bool HasCramMd5 => _users.Values.Any(user => user.Cram is not null);

    /// <summary>What the credentials of nobody are made of; not for anybody else.</summary>
    internal byte[] Secret { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether the file had the secret.</summary>
    internal bool HasSecret { get; set; }

    internal IReadOnlyDictionary<string, User> Users => _users;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserFileException">It is not there, cannot be read, or is not well formed.</exception>
    public static UserFile Load(string path) => UserFileStorage.Load(path);

    /// <summary>
    /// Changes a file, or makes it: reads it, lets the caller change it, and puts the new one in its place at once, readable by its
    /// owner only. Whoever changes it at the same time is told so.
    /// </summary>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="change">Changes it; what it throws leaves the file as it was.</param>
    /// <exception cref="UserFileException">It cannot be read or written, is not well formed, or is being changed by another.</exception>
    public static void Change(string path, Action<UserFile> change) => UserFileStorage.Change(path, change);

    /// <summary>Whether a user has credentials for CRAM-MD5.</summary>
    /// <param name="name">The name.</param>
    public bool CanUseCramMd5(string name) => _users.TryGetValue(name, out var user) && user.Cram is not null;

    /// <summary>Adds a user, or gives one another password.</summary>
    /// <param name="name">The name; no spaces or control characters, and not with # or $ at its beginning.</param>
    /// <param name="password">The password in UTF-8; the caller wipes it.</param>
    /// <param name="iterations">How often it is hashed; from <see cref="LeastIterations"/> to <see cref="MostIterations"/>.</param>
    /// <param name="cramMd5">
    /// Whether CRAM-MD5 is possible too. It costs security: who can read the file can then log in as the user with CRAM-MD5, and can
    /// guess the password without the iterations.
    /// </param>
    /// <exception cref="ArgumentException">The name or the password cannot be one; the message says why.</exception>
    public void Set(string name, ReadOnlySpan<byte> password, int iterations = DefaultIterations, bool cramMd5 = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, LeastIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MostIterations);
        if (NameProblem(name) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        var prepared = SaslPrep.Prepare(password)
            ?? throw new ArgumentException(
                "the password is empty, is not UTF-8, or has control characters, which SASLprep (RFC 4013) does not allow"
            );
        try
        {
            SetKeys(
                name,
                new User(
                    ScramKeys.Derive(prepared, RandomNumberGenerator.GetBytes(SaltLength), iterations),
                    cramMd5 ? HmacMd5Key.Of(prepared) : null
                )
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(prepared);
        }
    }

    /// <summary>Removes a user; false when there is none of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Remove(string name)
    {
        (_known, _nobody) = (null, null);
        return _users.Remove(name);
    }

    internal static string? NameProblem(string name)
    {
        var prepared = SaslPrep.PrepareName(System.Text.Encoding.UTF8.GetBytes(name));
        return name.Length == 0 ? "a user has a name"
            : prepared is null ? $"'{Clean(name)}' cannot be a name: it has characters that SASLprep (RFC 4013) does not allow"
            : prepared != name ? $"'{Clean(name)}' cannot be a name as it is; SASLprep (RFC 4013) makes it '{prepared}'"
            : name.Any(char.IsWhiteSpace) || name[0] is '#' or '$' ? $"'{name}' cannot be a name: it has a space, or begins with # or $"
            : null;
    }

    internal void SetKeys(string name, User user)
    {
        (_known, _nobody) = (null, null);
        _users[name] = user;
    }

    // The same work whether there is such a user or not. Users of a file that is served do not change any more.
    internal UserCredentials Credentials(string name)
    {
        var known = _known ??= [.. _users.Values.Select(user => user.Scram)];
        var nobody = (_nobody ??= new NobodysCredentials(Secret)).Of(name, known);
        return _users.TryGetValue(name, out var user) ? new UserCredentials(user.Scram, user.Cram ?? nobody.Cram) : nobody;
    }

    private static string Clean(string name) => string.Concat(name.Select(one => char.IsControl(one) ? '?' : one));

    /// <summary>What the file has of a user.</summary>
    internal sealed record User(ScramKeys Scram, HmacMd5Key? Cram);
}
