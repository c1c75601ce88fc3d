namespace SmtpModel.Cli.Tests.Support;

/// <summary>A client in a few lines of bash, which is where these tests run; it gives up where anything is refused.</summary>
internal static class ShellClient
{
    private const string Bash = "/bin/bash";

    private const string Script = """
        read_reply() { while IFS= read -r line <&3; do code=${line:0:3}; [ "${line:3:1}" = - ] || return 0; done; code=000; }
        say() { printf '%s\r\n' "$1" >&3; read_reply; }
        need() { [[ $code = $1* ]] && return; [[ $code = 421 || $code = 000 ]] || say QUIT; echo "refused: $code"; exit STATUS; }
        exec 3<>"/dev/tcp/$1/$2"
        read_reply; need 2
        if [ "$3" = lmtp ]; then say 'LHLO client.example.test'
        else say 'EHLO client.example.test'; [[ $code = 2* || $code = 421 ]] || say 'HELO client.example.test'; fi; need 2
        [ -z "${4:-}" ] || { say "AUTH PLAIN $(printf '\0fred\0%s' "$4" | base64)"; need 2; echo "I am $4"; }
        say 'MAIL FROM:<sender@example.test>'; need 2
        for name in first second third; do say "RCPT TO:<$name@example.test>"; need 2; done
        say DATA; need 354
        printf 'Subject: a message\r\n\r\ntext\r\n' >&3; say .; need 2
        if [ "$3" = lmtp ]; then read_reply; need 2; read_reply; need 2; fi
        say QUIT
        exit 0
        """;

    /// <summary>Why it cannot be run here; null where it can.</summary>
    public static string? WhyUnavailable => File.Exists(Bash) ? null : "there is no /bin/bash";

    /// <summary>Its command line, with the words that are replaced.</summary>
    /// <param name="refused">Its exit status where something was refused.</param>
    /// <param name="isLocal">Whether it speaks LMTP.</param>
    /// <param name="password">The password with which it logs in, and which it tells at its end; null where it does not.</param>
    public static string[] Command(int refused = 1, bool isLocal = false, string? password = null) =>
        [
            Bash, "-c", Script.Replace("STATUS", $"{refused}", StringComparison.Ordinal), "client", "{host}", "{port}",
            isLocal ? "lmtp" : "smtp", .. password is null ? Array.Empty<string>() : [password],
        ];
}
