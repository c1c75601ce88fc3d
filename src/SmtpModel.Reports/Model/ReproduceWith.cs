using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>How a session is played again.</summary>
public static partial class ReproduceWith
{
    private const int Longest = 4000;

    // more of one octet are counted and not spelt
    private const int LongestRun = 64;

    /// <summary>The command that plays a session again and judges it.</summary>
    /// <param name="replay">The word that <see cref="ReplayFile.ToId"/> made.</param>
    public static string Replay(string replay) => $"smtpmodel replay {replay}";

    /// <summary>
    /// A shell command that says to a server what a verdict rests on, with a pause where a reply is waited for, so that nothing
    /// overtakes a reply (RFC 5321 2.1: the dialogue is lock-step). It ends by itself whichever netcat there is: some go on
    /// after the end of their input until the server closes. Null where that would not do: it needs a server that takes a
    /// script, or a login, which would show the password; or more matters than what is sent; it is longer than a person would paste;
    /// or the target is no HOST:PORT.
    /// </summary>
    /// <param name="target">The server as HOST:PORT or [ADDRESS]:PORT.</param>
    /// <param name="evidence">What the verdict rests on.</param>
    /// <param name="access">How the server was entered; null for the plainest way.</param>
    public static string? Shell(string target, Evidence evidence, ReplayAccess? access = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.IsInside ? null
            : evidence.Session is { } session ? Shell(target, session, access)
            : evidence.Connections is { } connections ? Shell(target, connections, access)
            : null;
    }

    /// <summary>The same for a session.</summary>
    /// <inheritdoc cref="Shell(string, Evidence, ReplayAccess?)"/>
    /// <param name="target">The server as HOST:PORT or [ADDRESS]:PORT.</param>
    /// <param name="session">The session.</param>
    /// <param name="access">How the server was entered; null for the plainest way.</param>
    public static string? Shell(string target, TestSession session, ReplayAccess? access = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(session);
        return session.Greeting != 0 || session.Steps.Any(step => step.Script != 0) ? null
            : Shell(target, [[.. Packets(session).Select(packet => new SentOctets(packet, IsAwaited: true))]], access);
    }

    // what shares a packet is printed at once
    private static IEnumerable<byte[]> Packets(TestSession session)
    {
        List<byte> packet = [];
        foreach (var step in session.Steps)
        {
            if (!step.IsJoined && packet.Count > 0)
            {
                yield return [.. packet];
                packet.Clear();
            }

            packet.AddRange(step.Move.Octets.Span);
        }

        if (packet.Count > 0)
        {
            yield return [.. packet];
        }
    }

    private static string? Shell(string target, IReadOnlyList<IReadOnlyList<SentOctets>> connections, ReplayAccess? access)
    {
        var server = Target().Match(target);
        if (
            access is { User: not null } or { Tls: TlsMode.Try }
            || !server.Success
            || !int.TryParse(server.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > IPEndPoint.MaxPort
        )
        {
            return null;
        }

        var command = string.Join("; ", connections.Select(sent => Connection(sent, Client(server.Groups["host"].Value, port, access))));
        return command.Length <= Longest ? command : null;
    }

    // s_client says EHLO and STARTTLS by itself where it is to, and takes any certificate
    private static string Client(string host, int port, ReplayAccess? access) =>
        access?.Tls is not (TlsMode.StartTls or TlsMode.Implicit)
            ? $"nc {host} {port}"
            : $"openssl s_client -quiet{(access.Tls is TlsMode.StartTls ? " -starttls smtp" : "")} -connect "
                + $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}";

    private static string Connection(IReadOnlyList<SentOctets> sent, string netcat)
    {
        var (text, seconds) = (new StringBuilder("(sleep 1"), 1);
        foreach (var (octets, isAwaited) in sent)
        {
            Print(text, octets.Span);
            if (isAwaited)
            {
                text.Append("; sleep 1");
                seconds++;
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $") | timeout {seconds + 1} {netcat}").ToString();
    }

    private static void Print(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var plain = 0;
            var run = 0;
            while (plain < octets.Length && (run = Run(octets[plain..])) <= LongestRun)
            {
                plain += run;
            }

            if (plain > 0)
            {
                text.Append("; printf '").Append(Format(octets[..plain])).Append('\'');
            }

            if (plain < octets.Length)
            {
                text.Append(CultureInfo.InvariantCulture, $"; head -c {run} /dev/zero | tr '\\000' '\\{Octal(octets[plain])}'");
                plain += run;
            }

            octets = octets[plain..];
        }
    }

    private static int Run(ReadOnlySpan<byte> octets) => octets.IndexOfAnyExcept(octets[0]) is >= 0 and var end ? end : octets.Length;

    private static string Octal(byte octet) => Convert.ToString(octet, 8).PadLeft(3, '0');

    // for printf's format: octal is the one escape that every shell's printf knows
    private static string Format(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        foreach (var octet in octets)
        {
            _ = octet switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\\' => text.Append("\\\\"),
                (byte)'%' => text.Append("%%"),
                (byte)'\'' => text.Append("\\047"),
                >= (byte)' ' and <= (byte)'~' => text.Append((char)octet),
                _ => text.Append('\\').Append(Octal(octet)),
            };
        }

        return text.ToString();
    }

    // no host that a shell would read as anything but a word, or nc as an option
    [GeneratedRegex(@"\A(?:\[(?<host>[0-9A-Fa-f:.]+)\]|(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*)):(?<port>[0-9]{1,5})\z")]
    private static partial Regex Target();
}
