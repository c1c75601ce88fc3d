using System.CommandLine;

namespace SmtpModel.Cli.Commands;

/// <summary>Where a password is read from: never from the command line, which other users of the machine can see.</summary>
internal sealed class PasswordOptions
{
    private Option<string?> Variable { get; } =
        new("--password-env")
        {
            Description = "The variable of the environment with the password of --user, or its token.",
            HelpName = "VAR",
        };

    private Option<FileInfo?> InFile { get; } =
        Shared.Place("--password-file", "The file with the password of --user, or its token, on one line.", "FILE", text => new FileInfo(
            text
        ));

    public IEnumerable<Option> All => [Variable, InFile];

    /// <summary>Where it is.</summary>
    /// <exception cref="UsageException">Nowhere, or in two places.</exception>
    public (string? Variable, string? File) Places(ParseResult parsed, ReplayAccess? found)
    {
        var (variable, file) = (parsed.GetValue(Variable), parsed.GetValue(InFile)?.ToString());
        (variable, file) = variable is null && file is null ? (found?.PasswordVariable, found?.PasswordFile) : (variable, file);
        return (variable, file) switch
        {
            (null, null) => throw new UsageException(
                "--user needs a password; name the variable with it by --password-env VAR, or the file by --password-file FILE"
            ),
            ({ }, { }) => throw new UsageException("--password-env and --password-file are two passwords; leave one of them out"),
            var one => one,
        };
    }

    /// <summary>Reads it.</summary>
    /// <param name="variable">The variable; null where it is in a file.</param>
    /// <param name="file">The file; null where it is in a variable.</param>
    /// <exception cref="UsageException">There is none; the message does not hold it.</exception>
    public static string Read(string? variable, string? file)
    {
        var place = variable is null ? $"--password-file {file}" : IsName(variable) ? $"--password-env {variable}" : "--password-env";
        var password = variable is null ? OneLine(place, Files.Read(place, file!)) : InEnvironment(place, variable);
        return password.Any(letter => letter is '\0' or '\r' or '\n' or '\uFFFD')
            ? throw new UsageException($"{place}: there is an octet in it that no password has: a line end, a NUL, or what is no UTF-8")
            : password;
    }

    // whoever gives the password itself by mistake is not to see it on the screen
    private static string InEnvironment(string place, string variable) =>
        Environment.GetEnvironmentVariable(variable) switch
        {
            null => throw new UsageException(
                $"{place}: there is no {(IsName(variable) ? "such variable" : "variable of the name that it gives")} in the environment; "
                    + $"give the name of one that holds the password, not the password"
            ),
            "" => throw new UsageException($"{place}: the variable is empty"),
            var password => password,
        };

    // editors end the last line
    private static string OneLine(string place, string text)
    {
        var line = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        return line.Length == 0 ? throw new UsageException($"{place}: it is empty")
            : line.Contains('\n', StringComparison.Ordinal)
                ? throw new UsageException($"{place}: it has more than one line; keep the password alone in it")
            : line;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
