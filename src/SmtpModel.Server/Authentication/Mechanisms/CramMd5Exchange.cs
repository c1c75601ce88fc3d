using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Server;

/// <summary>CRAM-MD5 (RFC 2195): the client answers a challenge that is never given twice with its name and a keyed MD5.</summary>
/// <param name="users">Who there is.</param>
/// <param name="challenge">The challenge, in the form of a message-ID.</param>
internal sealed class CramMd5Exchange(UserFile users, byte[] challenge) : IAuthenticationExchange
{
    public const string Name = "CRAM-MD5";
    private const int DigestLength = 32;

    /// <summary>A challenge: random digits, a time and the server's name in angle brackets (RFC 2195 2).</summary>
    public static byte[] MakeChallenge(string hostName, DateTimeOffset now) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<{BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))}.{now.ToUnixTimeSeconds()}@{hostName}>"
            )
        );

    // the server begins, so there is nothing that could come with the command (RFC 4954 4)
    public ValueTask<AuthenticationStep> StartAsync(ReadOnlyMemory<byte>? initialResponse, CancellationToken cancellationToken) =>
        new(initialResponse is null ? AuthenticationStep.Ask(challenge) : AuthenticationStep.Malformed);

    public ValueTask<AuthenticationStep> RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken) =>
        new(Check(response.Span));

    public void Dispose()
    {
        // nothing secret is kept
    }

    // a name may have spaces, the digest has none
    private AuthenticationStep Check(ReadOnlySpan<byte> response)
    {
        var space = response.LastIndexOf((byte)' ');
        if (space < 0 || response.Length - space - 1 != DigestLength)
        {
            return AuthenticationStep.Malformed;
        }

        var given = new byte[HmacMd5Key.DigestSize];
        if (
            Convert.FromHexString(Encoding.ASCII.GetString(response[(space + 1)..]), given, out _, out _)
            is not System.Buffers.OperationStatus.Done
        )
        {
            return AuthenticationStep.Malformed;
        }

        var name = SaslPrep.PrepareName(response[..space]);
        Span<byte> expected = stackalloc byte[HmacMd5Key.DigestSize];
        users.Credentials(name ?? "").Cram.Compute(challenge, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given) && name is not null
            ? AuthenticationStep.Accept(name)
            : AuthenticationStep.Failed;
    }
}
