using System.Text;
using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests;

/// <summary>Sessions written as <c>C: ...</c> and <c>S: ...</c>, followed octet for octet.</summary>
internal static class Said
{
    /// <summary>A session up to the accepted EHLO of a server that offers some keywords.</summary>
    public static string Hello(params string[] keywords) => "S: 220 mx.example.test ESMTP\nC: EHLO client.example.test\n"
        + string.Concat(keywords.Prepend("mx.example.test").Select((word, at) => $"S: 250{(at == keywords.Length ? ' ' : '-')}{word}\n"));

    /// <summary>What is blamed in a session, each as <c>Client FAIL K4</c>; the end of a line with a backslash is no CRLF, and what it
    /// says.</summary>
    public static IReadOnlyList<string> Blamed(string session, FollowOptions? options = null, bool byOctet = false) =>
        [.. Log(session, options, byOctet).All.Select(one => $"{one.Side} {Word(one.Verdict)} {one.Rule.Id}")];

    public static BlameLog Log(
        string session,
        FollowOptions? options = null,
        bool byOctet = false,
        Action<EvidenceLine>? said = null
    )
    {
        var log = new BlameLog();
        var follower = new Follower(log, options) { Said = said };
        follower.Begin("1");
        foreach (var line in session.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Play(follower, line, byOctet);
        }

        return log;
    }

    private static void Play(Follower follower, string line, bool byOctet)
    {
        switch (line)
        {
            case "C closes":
                follower.Close(Side.Client);
                return;
            case "S closes":
                follower.Close(Side.Server);
                return;
            case "secured":
                follower.Secured();
                return;
            case "C gap":
                follower.Gap(Side.Client);
                return;
            case "S gap":
                follower.Gap(Side.Server);
                return;
            default:
                break;
        }

        var side = line.StartsWith("C: ", StringComparison.Ordinal) ? Side.Client : Side.Server;
        var text = line[3..];
        var octets = Encoding.Latin1.GetBytes(
            text.EndsWith('\\')
                ? text[..^1]
                : text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal)
                    + (text.EndsWith("\\n", StringComparison.Ordinal) ? "" : "\r\n")
        );
        for (var at = 0; byOctet && at < octets.Length; at++)
        {
            follower.Take(side, octets.AsSpan(at, 1));
        }

        if (!byOctet)
        {
            follower.Take(side, octets);
        }
    }

    private static string Word(CaseVerdict verdict) =>
        verdict switch
        {
            CaseVerdict.Fail => "FAIL",
            CaseVerdict.NonStrict => "NON-STRICT",
            _ => "INFO",
        };
}
