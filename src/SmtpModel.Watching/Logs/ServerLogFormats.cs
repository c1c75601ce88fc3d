using System.Buffers.Text;

namespace SmtpModel.Watching;

/// <summary>What Postfix writes with <c>-v</c> or <c>debug_peer_list</c>: <c>postfix/smtpd[123]: &lt; host[1.2.3.4]: EHLO
/// host</c>.</summary>
internal sealed class PostfixFormat : LogFormat
{
    public override string Name => "postfix";

    public override string Writers => "Postfix's smtpd, smtp and lmtp with -v or debug_peer_list";

    // a server writes down what it reads, and not when it came
    public override FollowOptions Options { get; } = new() { HasLineEnds = false, HasOrder = false };

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf("]: "u8);
        var start = end < 0 ? -1 : line[..end].LastIndexOf((byte)'[');
        if (start < 0 || !Utf8Parser.TryParse(line[(start + 1)..end], out long pid, out _))
        {
            return default;
        }

        var rest = line[(end + 3)..];
        if (rest.StartsWith("connect from "u8))
        {
            return new LogLine(LogLineKind.Opened, session: pid);
        }

        if (rest.Length < 2 || rest[0] is not ((byte)'<' or (byte)'>') || rest[1] != ' ')
        {
            return default;
        }

        // host[address]: or host[address]:port: stands before what was said
        var bracket = rest.IndexOf((byte)']');
        var colon = bracket < 0 ? -1 : rest[bracket..].IndexOf(": "u8);
        if (colon is < 0 or > 8)
        {
            // nothing but a blank was said
            return bracket >= 0 && rest[^1] == ':' ? new LogLine(LogLineKind.Said, rest[0] == '<' ? 0 : 1, [], pid) : default;
        }

        return new LogLine(LogLineKind.Said, rest[0] == '<' ? 0 : 1, rest[(bracket + colon + 2)..], pid);
    }
}

/// <summary>What Exim writes with <c>-d</c> or <c>-v</c>: <c>SMTP&lt;&lt; EHLO host</c>.</summary>
internal sealed class EximFormat : LogFormat
{
    public override string Name => "exim";

    public override string Writers => "Exim with -v, -d or -d+transport";

    public override FollowOptions Options { get; } = new() { HasLineEnds = false, HasOrder = false };

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf("SMTP"u8);
        var space = line.IndexOfAnyExcept((byte)' ');
        _ = Utf8Parser.TryParse(line[Math.Max(0, space)..], out long pid, out var digits);
        if (at < 0 || at > 40)
        {
            // the lines of a reply behind its first have no mark
            return space >= 2 && IsDigits(line[space..]) && digits == 3 ? new LogLine(LogLineKind.More, text: line[space..]) : default;
        }

        var mark = line[(at + 4)..];
        pid = digits > 0 && space + digits < at ? pid : 0;
        var isIn = mark.StartsWith("<<"u8);
        if (!isIn && !mark.StartsWith(">>"u8) && !mark.StartsWith("|>"u8) && !mark.StartsWith("+>"u8))
        {
            return default;
        }

        var text = mark[2..].TrimStart((byte)' ');
        return text.StartsWith("writing message and terminating"u8) || text.StartsWith("(close on process exit)"u8) ? default
            : new LogLine(LogLineKind.Said, isIn ? 0 : 1, text, pid);
    }
}
