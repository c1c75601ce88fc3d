using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Server;

/// <summary>
/// SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding: the client proves that it knows the password, the server that it
/// has the user's keys. The server's last message goes out as one more challenge, since a 235 carries none (RFC 4954 4).
/// </summary>
/// <param name="users">Who there is.</param>
/// <param name="serverNonce">The server's part of the nonce: printable ASCII without comma.</param>
internal sealed class ScramExchange(UserFile users, string serverNonce) : IAuthenticationExchange
{
    public const string Name = "SCRAM-SHA-256";
    private Stage _stage;
    private ScramClientFirst? _first;
    private ScramKeys _keys = null!;
    private string _serverFirst = "";

    private enum Stage
    {
        First,
        Final,
        Acknowledgement,
        Over,
    }

    /// <summary>A nonce of 18 random octets in base64 (RFC 5802 5.1: never used twice).</summary>
    public static string MakeNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    // an empty challenge asks for the message with which the client begins (RFC 4954 4)
    public ValueTask<AuthenticationStep> StartAsync(ReadOnlyMemory<byte>? initialResponse, CancellationToken cancellationToken) =>
        new(initialResponse is { } response ? Step(response.Span) : AuthenticationStep.Ask(default));

    public ValueTask<AuthenticationStep> RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken) =>
        new(Step(response.Span));

    public void Dispose()
    {
        // the keys are those of the file, and the proof is wiped when it has been looked at
    }

    private AuthenticationStep Step(ReadOnlySpan<byte> message)
    {
        switch (_stage)
        {
            case Stage.First:
                return TakeFirst(message);
            case Stage.Final:
                return TakeFinal(message);
            case Stage.Acknowledgement:
                _stage = Stage.Over;
                return message.IsEmpty ? AuthenticationStep.Accept(_first!.Name) : AuthenticationStep.Malformed;
            default:
                throw new InvalidOperationException("the exchange is over");
        }
    }

    private AuthenticationStep TakeFirst(ReadOnlySpan<byte> message)
    {
        _stage = Stage.Over;
        _first = ScramClientFirst.Parse(message);
        if (_first is null)
        {
            return AuthenticationStep.Malformed;
        }

        // with channel binding, or as somebody else: both are not to be had here
        if (_first.WantsBinding || !_first.IsForItself)
        {
            return AuthenticationStep.Failed;
        }

        _keys = users.Credentials(_first.Name).Scram;
        _serverFirst = string.Create(CultureInfo.InvariantCulture,
            $"r={_first.Nonce}{serverNonce},s={Convert.ToBase64String(_keys.Salt)},i={_keys.Iterations}");
        _stage = Stage.Final;
        return AuthenticationStep.Ask(Encoding.UTF8.GetBytes(_serverFirst));
    }

    private AuthenticationStep TakeFinal(ReadOnlySpan<byte> message)
    {
        _stage = Stage.Over;
        var end = message.LastIndexOf(",p="u8);
        Span<byte> proof = stackalloc byte[ScramKeys.Size];
        if (
            end < 0
            || Base64.DecodeFromUtf8(message[(end + 3)..], proof, out var used, out var length) is not System.Buffers.OperationStatus.Done
            || length != proof.Length
            || used != message.Length - end - 3
            || !message.StartsWith("c="u8)
        )
        {
            return AuthenticationStep.Malformed;
        }

        var isRepeated = _first!.IsRepeatedIn(message[..end], _first.Nonce + serverNonce);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{_first.Bare},{_serverFirst},"), .. message[..end]];
        var isProved = _keys.Proves(signed, proof);
        CryptographicOperations.ZeroMemory(proof);
        if (!isProved || !isRepeated)
        {
            return AuthenticationStep.Failed;
        }

        _stage = Stage.Acknowledgement;
        return AuthenticationStep.Ask(
            Encoding.ASCII.GetBytes($"v={Convert.ToBase64String(HMACSHA256.HashData(_keys.ServerKey, signed))}")
        );
    }
}
