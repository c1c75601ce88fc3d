using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>
/// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802 3): who reads it can neither log in with it nor
/// learn the password but by guessing, which costs the iterations for each guess.
/// </summary>
internal sealed record ScramKeys(int Iterations, byte[] Salt, byte[] StoredKey, byte[] ServerKey)
{
    /// <summary>Octets of a key, and of a client's proof.</summary>
    public const int Size = 32;

    /// <summary>The keys of a password that is prepared.</summary>
    public static ScramKeys Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations)
    {
        Span<byte> salted = stackalloc byte[Size];
        Span<byte> clientKey = stackalloc byte[Size];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, salted, iterations, HashAlgorithmName.SHA256);
        HMACSHA256.HashData(salted, "Client Key"u8, clientKey);
        var keys = new ScramKeys(iterations, salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
        CryptographicOperations.ZeroMemory(salted);
        CryptographicOperations.ZeroMemory(clientKey);
        return keys;
    }

    /// <summary>Whether these are the keys of a password. Takes the iterations.</summary>
    public bool AreOf(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations).StoredKey, StoredKey);

    /// <summary>Whether a client's proof of what was signed shows that it knows the password.</summary>
    public bool Proves(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> proof)
    {
        Span<byte> clientKey = stackalloc byte[Size];
        Span<byte> hashed = stackalloc byte[Size];
        HMACSHA256.HashData(StoredKey, signed, clientKey);
        for (var index = 0; index < Size; index++)
        {
            clientKey[index] ^= proof[index];
        }

        SHA256.HashData(clientKey, hashed);
        CryptographicOperations.ZeroMemory(clientKey);
        return CryptographicOperations.FixedTimeEquals(hashed, StoredKey);
    }
}
