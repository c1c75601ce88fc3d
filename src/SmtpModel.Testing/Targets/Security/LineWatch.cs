using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>Knows which single line a reply is for: only where nothing else was sent since the last reply is it known where the session
/// is.</summary>
internal sealed class LineWatch
{
    // RFC 5321 4.5.3.1.4: a command line; what is longer is none
    private const int Most = 512;

    private readonly byte[] _sent = new byte[Most];
    private int _length;

    /// <summary>Octets are sent.</summary>
    public void Send(ReadOnlySpan<byte> octets)
    {
        var kept = octets[..Math.Min(octets.Length, Most - Math.Min(_length, Most))];
        kept.CopyTo(_sent.AsSpan(Math.Min(_length, Most)));
        _length += octets.Length;
    }

    /// <summary>A reply has come: the keyword of the one line that was sent since the last one; empty where it was no such line. What is
    /// sent next is for the next reply.</summary>
    public ReadOnlySpan<byte> Answered()
    {
        var sent = _sent.AsSpan(0, Math.Min(_length, Most));
        var isLine = _length <= Most && sent.EndsWith("\r\n"u8) && sent.IndexOf((byte)'\n') == sent.Length - 1;
        _length = 0;
        return isLine && CommandLine.Split(sent[..^2], out var keyword, out _) is SyntaxFault.None ? keyword.Of(sent) : default;
    }
}
