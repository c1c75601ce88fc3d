using System.Globalization;
using System.Net;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>
/// A server as people name it: a host or an address, and a port behind a colon, 25 when left out; or <c>unix:</c> and the path of a
/// socket.
/// </summary>
internal static class ServerName
{
    // RFC 5321 4.5.4.2
    private const int StandardPort = 25;

    /// <summary>Reads HOST, HOST:PORT, ADDRESS, [ADDRESS], [ADDRESS]:PORT or unix:/PATH, which has no port; null where it is none of
    /// them.</summary>
    public static (string Host, int Port)? Parse(string text)
    {
        if (text.StartsWith(TcpTarget.Unix, StringComparison.Ordinal))
        {
            return text.Length > TcpTarget.Unix.Length ? (text, 0) : null;
        }

        if (IsAddress6(text))
        {
            return (text, StandardPort);
        }

        var colon = text.LastIndexOf(':');
        var hasPort = colon >= 0 && !text.EndsWith(']');
        var (host, port) = (hasPort ? text[..colon] : text, StandardPort);
        var isPort = !hasPort || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        if (!isPort || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        return host is ['[', .. var address, ']'] ? (IsAddress6(address) ? (address, port) : null) : IsHost(host) ? (host, port) : null;
    }

    /// <summary>What is said of a word that names no server.</summary>
    public static string NoServer(string text)
    {
        if (text.Split("://") is [var scheme, var rest] && Parse(rest.TrimEnd('/')) is not null)
        {
            return $"'{text}' is not a server; write it without {scheme}://, as {rest.TrimEnd('/')}";
        }

        return text.TrimStart(':') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit)
            ? $"'{text}' is a port without a host; write HOST:PORT, as 127.0.0.1:{digits}"
            : $"'{text}' is not a server; write HOST or HOST:PORT, as mx.example.test, 127.0.0.1:2525 or [::1]:25, or unix:/PATH for a "
                + $"socket";
    }

    private static bool IsAddress6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && !text.StartsWith('[') && IPAddress.TryParse(text, out _);

    // digits alone would be taken for an IPv4 address; letters of other scripts are turned into a domain name by the system
    private static bool IsHost(string text) => text.Length > 0 && char.IsLetterOrDigit(text[0]) && !text.All(char.IsAsciiDigit)
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
