using System.CommandLine;
using System.Security.Cryptography;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Serving;
using SmtpModel.Server;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel users</c>.</summary>
internal static class UsersCommand
{
    public static Command Create() =>
        new("users", "The file of users that a server with AUTH knows: names, and salted hashes of their passwords.")
        {
            Add(),
            List(),
            Remove(),
        };

    private static Command Add()
    {
        var (file, name) = (FileArgument(), NameArgument());
        var variable = new Option<string?>("--password-env")
        {
            Description = "The environment variable that has the password.",
            HelpName = "NAME",
        };
        var passwordFile = Shared.Place("--password-file", "The file whose first line is the password.", "FILE", text => new FileInfo(
            text
        ));
        var cram = new Option<bool>("--cram-md5")
        {
            Description =
                "Let the user log in with CRAM-MD5 too. It costs security: who can read the file can then log in as this user with "
                    + "CRAM-MD5, and can try out passwords without the iterations.",
        };
        var iterations = Shared.Number(
            "--iterations",
            "How often the password is hashed. More makes guessing it dearer, and each login.",
            UserFile.DefaultIterations,
            UserFile.LeastIterations,
            UserFile.MostIterations
        );
        var command = new Command(
            "add",
            "Add a user, or give one another password. The password is asked for at the terminal, or is where an option says; the command "
                + "line does not take it, since others can read that."
        )
        {
            file,
            name,
            variable,
            passwordFile,
            cram,
            iterations,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(variable) is not null && parsed.GetValue(passwordFile) is not null)
            {
                throw new UsageException("--password-env and --password-file are both there; give one");
            }

            // which is read, and replaced as a whole
            FileKind.CheckFile(parsed.GetValue(file)!, parsed.GetValue(file)!);
            var password = parsed.GetValue(variable) is { } variableName ? Passwords.OfVariable(variableName)
                : parsed.GetValue(passwordFile) is { } place ? Passwords.OfFile(place)
                : Passwords.Ask($"Password of {parsed.GetValue(name)}: ");
            try
            {
                Change(parsed.GetValue(file)!, users =>
                    users.Set(parsed.GetValue(name)!, password, parsed.GetValue(iterations), parsed.GetValue(cram))
                );
            }
            finally
            {
                CryptographicOperations.ZeroMemory(password);
            }

            Console.WriteLine(
                $"{parsed.GetValue(name)} can log in with SCRAM-SHA-256, PLAIN and "
                    + $"LOGIN{(parsed.GetValue(cram) ? ", and with CRAM-MD5: keep the file from others" : "")}"
            );
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command List()
    {
        var file = FileArgument();
        var command = new Command("list", "List the users, and which of them can use CRAM-MD5.") { file };
        command.SetAction(parsed =>
        {
            var users = SiteOptions.Users(parsed.GetValue(file)!);
            foreach (var name in users.Names)
            {
                Console.WriteLine(users.CanUseCramMd5(name) ? $"{name} (CRAM-MD5 too)" : name);
            }

            Console.Error.WriteLine(Words.Count(users.Names.Count, "user"));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Remove()
    {
        var (file, name) = (FileArgument(), NameArgument());
        var command = new Command("remove", "Remove a user.") { file, name };
        command.SetAction(parsed =>
        {
            var (path, who) = (parsed.GetValue(file)!, parsed.GetValue(name)!);
            FileKind.CheckFile(path, path);
            var known = SiteOptions.Users(path).Names;
            if (!known.Contains(who))
            {
                throw new UsageException($"{path} has no user '{who}'{Nearest.Among(who, [.. known])}");
            }

            Change(path, users => users.Remove(who));
            Console.WriteLine($"{who} is removed");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Change(string path, Action<UserFile> change)
    {
        try
        {
            UserFile.Change(path, change);
        }
        catch (Exception fault) when (fault is UserFileException or ArgumentException)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static Argument<string> FileArgument() => new("FILE") { Description = "The file of users." };

    private static Argument<string> NameArgument() => new("NAME") { Description = "The user's name, as the client says it." };
}
