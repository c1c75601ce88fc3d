using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>One session of a <see cref="SubmissionServer"/>, in clear or inside TLS.</summary>
internal sealed class SubmissionSession(SubmissionServer server, Submission what, bool isSecure)
{
    private bool _isGreeted;
    private bool _isLoggedIn;
    private bool _hasSender;
    private bool _isOpened;
    private int _recipients;
    private Stream _stream = Stream.Null;
    private CancellationToken _stopping;

    /// <summary>The session behind the handshake: all that was said is forgotten, and nobody is greeted (RFC 3207 4.2).</summary>
    public SubmissionSession Inside() => new(server, what, true)
    {
        IsBehindStartTls = true,
        _isGreeted = _isGreeted && Is("remembers EHLO"),
        _hasSender = _hasSender && Is("remembers MAIL"),
        _isLoggedIn = _isLoggedIn && Is("remembers the login"),
        _early = _early,
    };

    private bool Is(string fault) => what.Fault?.Split("; ").Contains(fault) is true;

    // a line that came in clear behind STARTTLS
    private string? _early;

    private bool IsBehindStartTls { get; init; }

    private bool IsOpen => !what.IsDemanding || _isOpened || ((isSecure || what.Certificate is null) && (_isLoggedIn || IsTlsAlone));

    // it wants TLS, and nobody can log in
    private bool IsTlsAlone => what.InTls.Length + what.InClear.Length == 0;

    /// <summary>Talks until the end; true where TLS begins then.</summary>
    public async Task<bool> TalkAsync(Stream stream, CancellationToken stopping)
    {
        (_stream, _stopping) = (stream, stopping);
        if (!IsBehindStartTls || Is("greets again"))
        {
            await SayAsync("220 submission.example.test\r\n");
        }

        while (await HearAsync() is { } line)
        {
            var words = line.Split(' ', 2);
            var verb = words[0].ToUpperInvariant();
            if (verb == "STARTTLS" && !isSecure && what.Certificate is not null)
            {
                var reply = words.Length > 1 && !Is("takes STARTTLS with an argument") ? "501 no argument\r\n"
                    : _hasSender && !Is("remembers MAIL") ? "503 not now\r\n" : what.StartTls;
                if (Is("obeys what came in clear") && stream is NetworkStream { DataAvailable: true })
                {
                    _early = await HearAsync();
                }

                await SayAsync(reply);
                if (reply.StartsWith("220", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            else if (verb == "STARTTLS" && isSecure)
            {
                await SayAsync(Is("takes STARTTLS inside TLS") ? "220 go ahead\r\n" : "503 inside already\r\n");
            }
            else if (verb == "AUTH" && Mechanisms.Length > 0)
            {
                if (await LogInAsync(words.ElementAtOrDefault(1) ?? "") is not { } reply)
                {
                    return false;
                }

                await SayAsync(reply);
            }
            else
            {
                if (verb == "VRFY" && Is("dies of VRFY"))
                {
                    server.Die();
                    return false;
                }

                var answer = Answer(verb, words.ElementAtOrDefault(1));
                answer =
                    isSecure && Is($"says 251 to {verb} inside TLS") ? answer.Replace("250", "251", StringComparison.Ordinal) : answer;
                await SayAsync(answer + "\r\n");
                if (answer.StartsWith("354", StringComparison.Ordinal))
                {
                    while (await HearAsync() is { } text && text != ".")
                    {
                        // nobody gets it
                    }

                    await SayAsync(Clear("250 taken\r\n"));
                }
                if (answer.StartsWith("221", StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }

        return false;
    }

    // a code that says more than what is demanded, as 554: then the order of commands comes first
    private bool IsPolicy => !what.Demand.StartsWith("530", StringComparison.Ordinal);

    private string Mechanisms => isSecure ? what.InTls : what.InClear;

    private string Offer =>
        $"250-submission.example.test\r\n"
            + $"{(what.Certificate is not null && (!isSecure || Is("offers STARTTLS inside TLS")) ? "250-STARTTLS\r\n" : "")}"
            + $"{(Mechanisms.Length > 0 ? $"250-AUTH {Mechanisms}\r\n" : "")}{what.Also}250 8BITMIME";

    private string Answer(string verb, string? argument) =>
        (verb, argument) switch
        {
            ("NOOP", _) when !IsOpen && Is("refuses NOOP first") => what.Demand,
            (not ("EHLO" or "NOOP" or "QUIT"), _) when !IsOpen && IsTlsAlone && !(verb == "HELO" && Is("serves HELO in clear")) =>
                what.Demand,
            ("EHLO" or "HELO", null or "") => "501 a name is missing",
            ("EHLO", _) => Greet(Offer),
            ("HELO", _) when Is("opens behind HELO") => Open(),
            ("HELO", _) => Greet("250 submission.example.test"),
            ("NOOP", _) => Is("does not know NOOP") ? "500 what" : "250 done",
            ("RSET", null or "") => Reset(),
            ("QUIT", null or "") => "221 bye",
            ("RSET" or "QUIT" or "DATA", { }) => "501 no argument",
            ("MAIL" or "RCPT" or "DATA" or "VRFY", _) when !IsOpen && !IsPolicy => what.Demand,
            ("VRFY", { Length: > 0 }) => "252 perhaps",
            ("MAIL", _) when !_isGreeted || _hasSender => "503 not now",
            ("MAIL", { } path)
                when IsPath(
                    path.Replace(" BODY=8BITMIME", "", StringComparison.OrdinalIgnoreCase)
                        .Replace(" BODY=7BIT", "", StringComparison.OrdinalIgnoreCase),
                    "FROM:",
                    mayBeEmpty: true
                ) => Begin(),
            ("RCPT", _) when !_hasSender && !what.TakesEarlyRcpt => "503 not now",
            ("RCPT", _) when !IsOpen => what.Demand,
            ("RCPT", { } path) when IsPath(path, "TO:", mayBeEmpty: false) => path.Contains("nobody@", StringComparison.Ordinal)
                ? "550 nobody here"
                : Add(),
            ("DATA", null) when _recipients == 0 => IsPolicy ? what.Demand : "503 not now",
            ("DATA", null) => "354 go",
            ("MAIL" or "RCPT" or "VRFY", _) => "501 no path",
            _ => "500 what",
        };

    private static bool IsPath(string text, string before, bool mayBeEmpty) =>
        text.StartsWith(before, StringComparison.OrdinalIgnoreCase)
        && text[before.Length..] is ['<', .. var path, '>']
        && (
            path.Length == 0
                ? mayBeEmpty
                : path.Equals("postmaster", StringComparison.OrdinalIgnoreCase)
                    || path.Contains('@', StringComparison.Ordinal) && path[^1] != '@' && path.All(octet => octet is > ' ' and <= '~')
        );

    private string Greet(string reply)
    {
        _isGreeted = true;
        _isLoggedIn &= !Is("forgets the login at EHLO");
        return Clear(reply);
    }

    private string Open()
    {
        _isOpened = true;
        return Greet("250 submission.example.test");
    }

    private string Reset()
    {
        _isLoggedIn &= !Is("forgets the login at RSET");
        return Clear("250 forgotten");
    }

    private string Clear(string reply)
    {
        (_hasSender, _recipients) = (false, 0);
        return reply;
    }

    private string Begin()
    {
        _hasSender = true;
        return "250 from there";
    }

    private string Add()
    {
        _recipients++;
        return "250 to there";
    }

    private async Task<string?> LogInAsync(string argument)
    {
        var words = argument.Split(' ');
        var number = server.CountLogin();
        if ((_isLoggedIn && !Is("takes AUTH twice")) || (_hasSender && !Is("takes AUTH in a transaction")))
        {
            return Is("refuses AUTH twice with 501") ? "501 not now\r\n" : "503 not now\r\n";
        }

        try
        {
            return await RunAsync(words, number);
        }
        catch (DialogueEndedException ended)
        {
            return ended.Message + "\r\n";
        }
    }

    private async Task<string?> RunAsync(string[] words, int number)
    {
        if (words[0].Length == 0)
        {
            return "501 no mechanism\r\n";
        }

        if (!Mechanisms.Split(' ').Contains(words[0], StringComparer.OrdinalIgnoreCase))
        {
            return "504 no such mechanism\r\n";
        }

        if (words.Length > 2 || (words.Length == 2 && words[1] != "=" && !IsBase64(words[1])))
        {
            if (Is("ignores an initial response that is no base64"))
            {
                return "";
            }

            return Is("says 535 to what is no base64") ? "535 no\r\n" : "501 no base64\r\n";
        }

        if (words.Length == 2 && words[0] == "CRAM-MD5" && !Is("takes an initial response where it begins"))
        {
            return "501 it is for the server to begin\r\n";
        }

        var isRight = await new SaslServer(what, AskAsync).RunAsync(words[0].ToUpperInvariant(), words.ElementAtOrDefault(1));
        var reply = what.Login(number, isRight || Is("lets everybody in") ? "235 2.7.0 welcome" : "535 5.7.8 no");
        if (isRight is false && Is("closes on the first failure"))
        {
            return null;
        }

        _isLoggedIn |= reply?.StartsWith("235", StringComparison.Ordinal) is true;
        return reply is null
            ? null
            : (
                Is("says 250 for 235") && isRight && words.Length == 1 ? "250 welcome"
                : Is("says 550 for 535") && !isRight ? "550 no"
                : reply
            ) + "\r\n";
    }

    private async Task<string> AskAsync(string challenge)
    {
        var text = Is("challenges in plain words") ? "who are you?"
            : Is("asks for a name where the client begins") && challenge.Length == 0 ? "VXNlcm5hbWU6" : challenge;
        await SayAsync($"334 {text}\r\n");
        while (await HearAsync() is { } line)
        {
            if ((line == "*" && Is("closes on the asterisk")) || (!IsBase64(line) && line != "*" && Is("closes on what is no base64")))
            {
                throw new IOException("it closes");
            }

            if (line == "*")
            {
                throw new DialogueEndedException(
                    Is("says 250 to the asterisk") ? "250 never mind"
                    : Is("says 535 to the asterisk") ? "535 no"
                    : Is("says 500 to the asterisk") ? "500 what"
                    : "501 given up"
                );
            }

            if (line.StartsWith("NOOP", StringComparison.Ordinal) && Is("obeys commands in the dialogue"))
            {
                await SayAsync("250 done\r\n");
                continue;
            }

            return IsBase64(line)
                ? line
                : throw new DialogueEndedException(Is("says 535 to what is no base64") ? "535 no" : "501 no base64");
        }

        return "";
    }

    private static bool IsBase64(string text) =>
        System.Buffers.Text.Base64.IsValid(Encoding.Latin1.GetBytes(text)) && !text.Contains(' ', StringComparison.Ordinal);

    /// <summary>A dialogue that is over before its mechanism is.</summary>
    private sealed class DialogueEndedException(string reply) : Exception(reply);

    private Task SayAsync(string said) => _stream.WriteAsync(Encoding.Latin1.GetBytes(said), _stopping).AsTask();

    private async Task<string?> HearAsync()
    {
        List<byte> line = [];
        var one = new byte[1];
        if (IsBehindStartTls && _early is { } early)
        {
            _early = null;
            return early;
        }

        while (await _stream.ReadAsync(one, _stopping) == 1)
        {
            line.Add(one[0]);
            var isCut = line.Count == 1000 && Is("cuts long lines");
            if (line is [.., (byte)'\r', (byte)'\n'] || isCut)
            {
                var text = Encoding.Latin1.GetString([.. line.SkipLast(isCut ? 0 : 2)]);
                server.Heard.Enqueue($"{(isSecure ? "TLS" : "---")} {text}");
                return text;
            }
        }

        return null;
    }
}
