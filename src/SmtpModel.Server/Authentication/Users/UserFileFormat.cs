using System.Globalization;
using System.Text;

namespace SmtpModel.Server;

/// <summary>
/// The text of a file of users. A line is a name and behind spaces what is kept of the password: for SCRAM as RFC 5803 writes it,
/// <c>SCRAM-SHA-256$ITERATIONS:SALT$STOREDKEY:SERVERKEY</c>, and perhaps <c>CRAM-MD5$STATES</c>, all in base64. Lines with # are remarks.
/// </summary>
internal static class UserFileFormat
{
    private const string SecretWord = "$secret";
    private const string Scram = "SCRAM-SHA-256$";
    private const string Cram = "CRAM-MD5$";
    private const string Form = "write NAME SCRAM-SHA-256$ITERATIONS:SALT$STOREDKEY:SERVERKEY, or let 'smtpmodel users add' write it";

    public static UserFile Read(string path, string text)
    {
        var users = new UserFile();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
            {
                continue;
            }

            UserFileException Wrong(string problem) => new(path, number, problem);
            if (words[0] == SecretWord)
            {
                users.HasSecret = true;
                users.Secret = words.Length == 2 && Octets(words[1]) is { Length: >= 16 } secret ? secret
                    : throw Wrong($"{SecretWord} has behind it at least 16 octets in base64");
                continue;
            }

            if (UserFile.NameProblem(words[0]) is { } problem)
            {
                throw Wrong(problem);
            }

            if (users.Users.ContainsKey(words[0]))
            {
                throw Wrong($"there is a user '{words[0]}' above already; remove one of the two lines");
            }

            users.SetKeys(words[0], UserOf(words, Wrong));
        }

        return users;
    }

    public static string Write(UserFile users)
    {
        var text = new StringBuilder("# users of smtpmodel; changed by 'smtpmodel users'\n");
        text.Append(CultureInfo.InvariantCulture, $"{SecretWord} {Convert.ToBase64String(users.Secret)}\n");
        foreach (var (name, user) in users.Users)
        {
            var scram = user.Scram;
            text.Append(CultureInfo.InvariantCulture, $"{name} {Scram}{scram.Iterations}:{Convert.ToBase64String(scram.Salt)}");
            text.Append(
                CultureInfo.InvariantCulture,
                $"${Convert.ToBase64String(scram.StoredKey)}:{Convert.ToBase64String(scram.ServerKey)}"
            );
            text.Append(user.Cram is { } cram ? $" {Cram}{Convert.ToBase64String(cram.States)}\n" : "\n");
        }

        return text.ToString();
    }

    private static UserFile.User UserOf(string[] words, Func<string, UserFileException> wrong)
    {
        ScramKeys? scram = null;
        HmacMd5Key? cram = null;
        foreach (var word in words[1..])
        {
            if (scram is null && word.StartsWith(Scram, StringComparison.Ordinal))
            {
                scram = ScramOf(word[Scram.Length..]) ?? throw wrong($"the SCRAM keys of '{words[0]}' are not well formed; {Form}");
                if (scram.Iterations is < UserFile.LeastIterations or > UserFile.MostIterations)
                {
                    throw wrong(
                        $"'{words[0]}' has {scram.Iterations} iterations; from {UserFile.LeastIterations} (RFC 7677 4) to "
                            + $"{UserFile.MostIterations} are possible"
                    );
                }
            }
            else if (cram is null && word.StartsWith(Cram, StringComparison.Ordinal))
            {
                cram = Octets(word[Cram.Length..]) is { Length: HmacMd5Key.Size } states ? new HmacMd5Key(states)
                    : throw wrong($"the CRAM-MD5 key of '{words[0]}' is not {HmacMd5Key.Size} octets in base64");
            }
            else
            {
                throw wrong($"behind the name '{words[0]}' stands something that is not known, or is there twice; {Form}");
            }
        }

        return new UserFile.User(scram ?? throw wrong($"'{words[0]}' has no SCRAM keys; {Form}"), cram);
    }

    private static ScramKeys? ScramOf(string text)
    {
        var parts = text.Split(':', '$');
        return parts.Length == 4 && text.IndexOf('$', StringComparison.Ordinal) == parts[0].Length + 1 + parts[1].Length
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && Octets(parts[1]) is { Length: > 0 } salt
            && Octets(parts[2]) is { Length: ScramKeys.Size } stored
            && Octets(parts[3]) is { Length: ScramKeys.Size } server
            ? new ScramKeys(iterations, salt, stored, server)
            : null;
    }

    private static byte[]? Octets(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : null;
    }
}
