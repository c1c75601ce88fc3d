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

    /// <summary>The command that plays a session again and judges it.</summary>
    /// <param name="replay">The word that <see cref="ReplayFile.ToId"/> made.</param>
    public static string Replay(string replay) => $"smtpmodel replay {replay}";

    /// <summary>
    /// A shell command that says a session to a server, line by line with a pause between, so that no command overtakes a
    /// reply (RFC 5321 2.1: the dialogue is lock-step; PIPELINING is an extension). Null where that would
    /// not do: the session holds mail data, which is only to be sent once 354 has come; it needs a server that takes a
    /// script; it is longer than a person would paste; or the target is no HOST:PORT.
    /// </summary>
    /// <param name="target">The server as HOST:PORT or [ADDRESS]:PORT.</param>
    /// <param name="session">The session.</param>
    public static string? Shell(string target, TestSession session)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(session);
        var server = Target().Match(target);
        if (!server.Success || session.Greeting != 0 || session.Steps.Any(step => step.Move.Kind is MoveKind.Data || step.Script != 0)
            || !int.TryParse(server.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var text = new StringBuilder("(sleep 1");
        foreach (var step in session.Steps)
        {
            text.Append("; printf '").Append(Format(step.Move.Octets.Span)).Append("'; sleep 1");
        }

        var command = text.Append(CultureInfo.InvariantCulture, $") | nc {server.Groups["host"].Value} {port}").ToString();
        return command.Length <= Longest ? command : null;
    }

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
                _ => text.Append('\\').Append(Convert.ToString(octet, 8).PadLeft(3, '0')),
            };
        }

        return text.ToString();
    }

    // no host that a shell would read as anything but a word, or nc as an option
    [GeneratedRegex(@"\A(?:\[(?<host>[0-9A-Fa-f:.]+)\]|(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*)):(?<port>[0-9]{1,5})\z")]
    private static partial Regex Target();
}
