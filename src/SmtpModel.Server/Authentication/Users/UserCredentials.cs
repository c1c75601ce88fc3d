using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Server;

/// <summary>What is kept of a user's password.</summary>
/// <param name="Scram">For SCRAM-SHA-256, PLAIN and LOGIN.</param>
/// <param name="Cram">For CRAM-MD5.</param>
internal sealed record UserCredentials(ScramKeys Scram, HmacMd5Key Cram);

/// <summary>
/// Credentials that no password has, for names that nobody has (RFC 5802 9): the same at each attempt and over restarts, and like those of
/// the users there are, so that who asks does not see the difference.
/// </summary>
/// <param name="secret">What only this server knows.</param>
internal sealed class NobodysCredentials(byte[] secret)
{
    public UserCredentials Of(string name, ScramKeys[] like)
    {
        var salt = Derive("salt", name);
        var (iterations, length) = (UserFile.DefaultIterations, UserFile.SaltLength);
        if (like.Length > 0)
        {
            var one = like[BinaryPrimitives.ReadUInt32LittleEndian(Derive("like", name)) % like.Length];
            (iterations, length) = (one.Iterations, Math.Min(one.Salt.Length, salt.Length));
        }

        return new UserCredentials(
            new ScramKeys(iterations, salt[..length], Derive("stored", name), Derive("server", name)),
            new HmacMd5Key(Derive("cram", name))
        );
    }

    private byte[] Derive(string purpose, string name) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{purpose} {name}"));
}
