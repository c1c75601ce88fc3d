using System.Text;
using System.Text.Unicode;

namespace SmtpModel.Server;

/// <summary>The message with which a SCRAM client begins (RFC 5802 7, client-first-message).</summary>
internal sealed class ScramClientFirst
{
    private ScramClientFirst(string header, string bare) => (Header, Bare) = (header, bare);

    /// <summary>What is said about channel binding and the authorization identity, with the comma behind it: <c>n,,</c>.</summary>
    public string Header { get; }

    /// <summary>The rest, which is signed.</summary>
    public string Bare { get; }

    public required string Name { get; init; }

    public required string Nonce { get; init; }

    public required bool WantsBinding { get; init; }

    /// <summary>Whether it is no other than itself that the client wants to act as.</summary>
    public required bool IsForItself { get; init; }

    /// <summary>The message's parts; null when it does not fit the grammar.</summary>
    public static ScramClientFirst? Parse(ReadOnlySpan<byte> message)
    {
        if (!Utf8.IsValid(message) || message.Contains((byte)0))
        {
            return null;
        }

        // gs2-cbind-flag "," [authzid] "," "n=" name "," "r=" nonce ["," extensions]; what begins with m= has to be understood
        var parts = Encoding.UTF8.GetString(message).Split(',');
        if (parts.Length < 4 || !(parts[0] is "n" or "y" || parts[0].StartsWith("p=", StringComparison.Ordinal))
            || !(parts[1].Length == 0 || parts[1].StartsWith("a=", StringComparison.Ordinal))
            || !parts[2].StartsWith("n=", StringComparison.Ordinal)
            || !parts[3].StartsWith("r=", StringComparison.Ordinal)
            || !IsNonce(parts[3][2..])
            || NameOf(parts[2][2..]) is not { } name
        )
        {
            return null;
        }

        return new ScramClientFirst($"{parts[0]},{parts[1]},", string.Join(',', parts[2..]))
        {
            Name = name,
            Nonce = parts[3][2..],
            WantsBinding = parts[0][0] == 'p',
            IsForItself = parts[1].Length == 0 || NameOf(parts[1][2..]) == name,
        };
    }

    /// <summary>Whether the client's last message, up to the proof, repeats the header in base64 and the whole nonce.</summary>
    public bool IsRepeatedIn(ReadOnlySpan<byte> final, string nonce)
    {
        var expected = Encoding.UTF8.GetBytes($"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(Header))},r={nonce}");
        return final.StartsWith(expected) && (final.Length == expected.Length || final[expected.Length] == ',');
    }

    // comma and equals sign are written =2C and =3D; nothing else begins with an equals sign
    private static string? NameOf(string saslName)
    {
        var name = saslName.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "\0", StringComparison.Ordinal);
        return name.Contains('=', StringComparison.Ordinal) ? null : SaslPrep.PrepareName(Encoding.UTF8.GetBytes(name.Replace('\0', '=')));
    }

    private static bool IsNonce(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
