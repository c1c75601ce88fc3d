using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Cli.Commands;

/// <summary>Where a password comes from. None of these is the command line, which others can read. The caller wipes the octets.</summary>
internal static class Passwords
{
    public static byte[] OfVariable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } password
            ? Encoding.UTF8.GetBytes(password)
            : throw new UsageException(
                $"--password-env {name}: there is no such variable in the environment, or it is empty; it is the variable's name that is "
                    + $"given, not the password"
            );

    /// <summary>The first line of a file.</summary>
    public static byte[] OfFile(FileInfo file)
    {
        byte[] text = [];
        Files.OrUsage($"--password-file {file}", file.FullName, () => text = File.ReadAllBytes(file.FullName));
        try
        {
            var end = text.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            var line = text.AsSpan(0, end < 0 ? text.Length : end);
            return !line.IsEmpty ? line.ToArray() : throw new UsageException($"--password-file {file}: its first line is empty");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Asks at the terminal, twice, and shows nothing.</summary>
    public static byte[] Ask(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException("there is no terminal to ask for the password at; use --password-env NAME or --password-file FILE");
        }

        var password = ReadUnseen(prompt);
        var again = ReadUnseen("Once more: ");
        var isSame = password.AsSpan().SequenceEqual(again);
        CryptographicOperations.ZeroMemory(again);
        return password.Length == 0 ? throw new UsageException("the password is empty; nothing was changed")
            : isSame ? password : throw new UsageException("the two passwords differ; nothing was changed");
    }

    private static byte[] ReadUnseen(string prompt)
    {
        Console.Error.Write(prompt);
        List<char> typed = [];
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                typed.RemoveRange(Math.Max(0, typed.Count - 1), Math.Min(1, typed.Count));
            }
            else if (key.KeyChar != '\0')
            {
                typed.Add(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return Encoding.UTF8.GetBytes([.. typed]);
    }
}
