using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>
/// One session of a small SMTP receiver (RFC 5321) that was written by hand from the text of the RFC. It shares nothing
/// with the project's own session and grammar, so that what the test says of it is no echo of ourselves.
/// </summary>
internal sealed partial class MiniSession
{
    private const int LongestLine = 512;

    public bool IsGreeted { get; set; }

    /// <summary>The reverse-path with its brackets; null when no transaction is open.</summary>
    public string? From { get; set; }

    public List<string> To { get; } = [];

    /// <summary>Whether the next thing that comes is mail data.</summary>
    public bool IsReadingData { get; set; }

    /// <summary>Whether the channel is closed when what has been said is sent.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether nothing that comes is answered any more, though the channel is open.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>How long the next reply is held back.</summary>
    public TimeSpan Held { get; set; }

    /// <summary>How many commands came.</summary>
    public int Commands { get; set; }

    /// <summary>How many commands were refused.</summary>
    public int Refusals { get; set; }

    /// <summary>Whatever else a faulty server remembers.</summary>
    public int Memory { get; set; }

    public static (string Verb, string Argument) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line.ToUpperInvariant(), "") : (line[..space].ToUpperInvariant(), line[(space + 1)..].TrimEnd(' '));
    }

    /// <summary>A reply without what it lists behind its first line.</summary>
    public static string Unlisted(string reply) =>
        reply.StartsWith("250-", StringComparison.Ordinal) ? $"250 {reply.Split('\n')[0][4..]}" : reply;

    /// <summary>The reply to a command line, its lines separated by LF; it may change the session.</summary>
    public string Answer(string line)
    {
        if (line.Length + 2 > LongestLine)
        {
            return "500 line too long";
        }

        var (verb, argument) = Split(line);
        return verb switch
        {
            "EHLO" => Hello(argument, LiteralOrDomain(), "250-mini.example.test\n250 HELP"),
            "HELO" => Hello(argument, LiteralOrDomain(), "250 mini.example.test"),
            "MAIL" => Mail(argument),
            "RCPT" => Rcpt(argument),
            "DATA" => argument.Length > 0 ? "501 no argument here" : Data(),
            "RSET" => argument.Length > 0 ? "501 no argument here" : Reset("250 reset"),
            "QUIT" => argument.Length > 0 ? "501 no argument here" : Quit(),
            "NOOP" => "250 nothing done",
            "VRFY" => argument.Length == 0 ? "501 whom?" : "252 try and see",
            "HELP" => "214 read RFC 5321",
            "EXPN" => "502 no lists here",
            _ => "500 no such command",
        };
    }

    /// <summary>The reply to the end of the mail data.</summary>
    public string EndData()
    {
        IsReadingData = false;
        return Reset("250 taken");
    }

    public string Reset(string reply)
    {
        From = null;
        To.Clear();
        return reply;
    }

    public string Hello(string argument, Regex grammar, string reply)
    {
        if (!grammar.IsMatch(argument))
        {
            return "501 that is no name";
        }

        IsGreeted = true;
        return Reset(reply);
    }

    public string Mail(string argument)
    {
        if (!IsGreeted)
        {
            return "503 EHLO first";
        }

        if (From is not null)
        {
            return "503 there is a transaction already";
        }

        return ReversePath().Match(argument) is not { Success: true } match ? "501 MAIL FROM:<path>"
            : match.Groups["parameters"].Length > 0 ? "555 no such parameter" : Begin(match.Groups["path"].Value);
    }

    public string Begin(string path)
    {
        (From, IsReadingData) = (path, false);
        To.Clear();
        return "250 sender taken";
    }

    public string Rcpt(string argument)
    {
        if (From is null)
        {
            return "503 MAIL first";
        }

        if (ForwardPath().Match(argument) is not { Success: true } match)
        {
            return "501 RCPT TO:<path>";
        }

        return match.Groups["parameters"].Length > 0 ? "555 no such parameter"
            : argument.Contains("elsewhere.invalid", StringComparison.OrdinalIgnoreCase) ? "550 not here"
            : Add(match.Groups["path"].Value);
    }

    public string Add(string path)
    {
        To.Add(path);
        return "250 recipient taken";
    }

    public string Data()
    {
        if (From is null || To.Count == 0)
        {
            return "503 nothing to send";
        }

        IsReadingData = true;
        return "354 go ahead";
    }

    public string Quit()
    {
        IsClosing = true;
        return "221 bye";
    }

    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private const string Domain = $@"({Label}(\.{Label})*)";
    private const string Literal = @"\[(\d{1,3}(\.\d{1,3}){3}|[Ii][Pp][Vv]6:[0-9A-Fa-f:.]+)\]";
    private const string Atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private const string Local = $"""({Atom}(\.{Atom})*|"([ !#-\[\]-~]|\\[ -~])*")""";
    private const string Mailbox = $"(@{Domain}(,@{Domain})*:)?{Local}@({Domain}|{Literal})";
    private const string Parameters = "( +(?<parameters>[A-Za-z0-9].*))?";

    [GeneratedRegex($"^({Domain}|{Literal})$")]
    public static partial Regex LiteralOrDomain();

    [GeneratedRegex($"^[Ff][Rr][Oo][Mm]:(?<path><>|<{Mailbox}>){Parameters}$")]
    private static partial Regex ReversePath();

    [GeneratedRegex($"^[Tt][Oo]:(?<path><[Pp][Oo][Ss][Tt][Mm][Aa][Ss][Tt][Ee][Rr]>|<{Mailbox}>){Parameters}$")]
    private static partial Regex ForwardPath();
}
