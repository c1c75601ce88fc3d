using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>The server's side of the mechanisms, so that each can be tried: whether the one user has given the one password.</summary>
/// <param name="what">Who that is.</param>
/// <param name="ask">Sends a challenge in base64 and gives the line that answers it.</param>
internal sealed class SaslServer(Submission what, Func<string, Task<string>> ask)
{
    private const string Done = "\u0001";

    public async Task<bool> RunAsync(string mechanism, string? initial)
    {
        switch (mechanism)
        {
            case "PLAIN":
                return await FirstAsync(initial) == $"\0{Submission.User}\0{what.Password}";
            case "LOGIN":
                return Text(await ask("VXNlcm5hbWU6")) == Submission.User & Text(await ask("UGFzc3dvcmQ6")) == what.Password;
            case "CRAM-MD5":
                const string challenge = "<1.2@submission.example.test>";
#pragma warning disable CA5351 // it is what the mechanism is made of
                var digest = Convert.ToHexStringLower(
                    HMACMD5.HashData(Encoding.UTF8.GetBytes(what.Password), Encoding.ASCII.GetBytes(challenge))
                );
#pragma warning restore CA5351
                return Text(await ask(Base64(challenge))) == $"{Submission.User} {digest}";
            case "XOAUTH2":
                return await TokenAsync(await FirstAsync(initial), $"user={Submission.User}{Done}auth=Bearer {what.Password}{Done}{Done}");
            case "OAUTHBEARER":
                var said = await FirstAsync(initial);
                return await TokenAsync(
                    said.Contains($"{Done}auth=Bearer {what.Password}{Done}", StringComparison.Ordinal) ? "right" : said,
                    "right"
                );
            case "SCRAM-SHA-256":
                return await ScramAsync(await FirstAsync(initial));
            default:
                return false;
        }
    }

    private async Task<string> FirstAsync(string? initial) => Text(initial ?? await ask(""));

    // RFC 7628 3.2.3: what is wrong comes in a challenge, and the client has to answer it
    private async Task<bool> TokenAsync(string said, string right)
    {
        if (said == right)
        {
            return true;
        }

        await ask(Base64("{\"status\":\"invalid_token\"}"));
        return false;
    }

    // RFC 5802 3, and the server's last word in a challenge of its own
    private async Task<bool> ScramAsync(string first)
    {
        if (!first.Contains(",,", StringComparison.Ordinal))
        {
            return false;
        }

        var bare = first[(first.IndexOf(",,", StringComparison.Ordinal) + 2)..];
        var salt = "salt of the tests"u8.ToArray();
        const int rounds = 4096;
        var nonce = bare[(bare.IndexOf("r=", StringComparison.Ordinal) + 2)..] + "3rfcNHYJY1ZVvWVs7j";
        var serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={nonce},s={Convert.ToBase64String(salt)},i={rounds}");
        var final = Text(await ask(Base64(serverFirst)));
        var proof = final[(final.IndexOf(",p=", StringComparison.Ordinal) + 3)..];
        var salted = Rfc2898DeriveBytes.Pbkdf2(what.Password, salt, rounds, HashAlgorithmName.SHA256, 32);
        var key = HMACSHA256.HashData(salted, "Client Key"u8.ToArray());
        var message = Encoding.UTF8.GetBytes($"{bare},{serverFirst},{final[..final.IndexOf(",p=", StringComparison.Ordinal)]}");
        var signature = HMACSHA256.HashData(SHA256.HashData(key), message);
        if (!key.Zip(signature, (one, other) => (byte)(one ^ other)).SequenceEqual(Convert.FromBase64String(proof)))
        {
            return false;
        }

        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8.ToArray());
        return await ask(Base64($"v={Convert.ToBase64String(HMACSHA256.HashData(serverKey, message))}")) == "";
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // what is none, as a cancellation, is right nowhere
    private static string Text(string base64) =>
        base64 is "=" or "" || !System.Buffers.Text.Base64.IsValid(base64)
            ? ""
            : Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
