using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel users</c>: passwords come from anywhere but the command line, and are nowhere to be read.</summary>
public sealed class UsersTests : IDisposable
{
    private static readonly Dictionary<string, string> Environment = new() { ["A_PASSWORD"] = "pencil-and-paper" };
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "users");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Users_are_added_listed_and_removed()
    {
        (await AddAsync("fred", "--password-env", "A_PASSWORD"))
            .EndsWith(ExitCodes.Fine)
            .Says("fred can log in with SCRAM-SHA-256, PLAIN and LOGIN\n");
        var passwordFile = Path.Combine(_folder.Path, "password");
        await System.IO.File.WriteAllTextAsync(passwordFile, "eraser-and-ruler\nnot this\n", TestContext.Current.CancellationToken);
        (await AddAsync("ann", "--password-file", passwordFile, "--cram-md5"))
            .EndsWith(ExitCodes.Fine)
            .Says("and with CRAM-MD5: keep the file from others");

        Assert.Equal("ann (CRAM-MD5 too)\nfred\n", (await Smtpmodel.RunAsync("users", "list", File)).EndsWith(ExitCodes.Fine).Out);
        var written = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("pencil-and-paper", written, StringComparison.Ordinal);
        Assert.DoesNotContain("eraser-and-ruler", written, StringComparison.Ordinal);

        (await Smtpmodel.RunAsync("users", "remove", File, "fred")).EndsWith(ExitCodes.Fine).Says("fred is removed");
        Assert.Equal("ann (CRAM-MD5 too)\n", (await Smtpmodel.RunAsync("users", "list", File)).Out);
    }

    [Fact]
    public async Task A_password_that_is_not_to_be_had_is_a_usage_error_and_changes_nothing()
    {
        (await AddAsync("fred", "--password-env", "NO_PASSWORD"))
            .EndsWith(ExitCodes.Usage)
            .Says("--password-env NO_PASSWORD: there is no such variable");
        (await AddAsync("fred", "--password-file", Path.Combine(_folder.Path, "none")))
            .EndsWith(ExitCodes.Usage)
            .Says("there is no such file");
        (await AddAsync("fred", "--password-file", _folder.Path)).EndsWith(ExitCodes.Usage).Says("it is a folder");
        (await AddAsync("fred", "--password-env", "A_PASSWORD", "--password-file", "x")).EndsWith(ExitCodes.Usage).Says("give one");
        (await AddAsync("a b", "--password-env", "A_PASSWORD")).EndsWith(ExitCodes.Usage).Says("'a b' cannot be a name");
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_file_that_is_not_well_formed_is_said_to_be_with_its_line()
    {
        await System.IO.File.WriteAllTextAsync(File, "# users\nfred pencil\n", TestContext.Current.CancellationToken);
        foreach (var verb in new[] { "list", "remove" })
        {
            string[] name = verb == "remove" ? ["fred"] : [];
            (await Smtpmodel.RunAsync(["users", verb, File, .. name]))
                .EndsWith(ExitCodes.Usage)
                .Says($"{File}:2: behind the name 'fred' stands something that is not known");
        }

        (await AddAsync("ann", "--password-env", "A_PASSWORD")).EndsWith(ExitCodes.Usage).Says($"{File}:2: ");
    }

    [Fact]
    public async Task Who_is_not_there_cannot_be_removed()
    {
        await AddAsync("fred", "--password-env", "A_PASSWORD");
        (await Smtpmodel.RunAsync("users", "remove", File, "frey"))
            .EndsWith(ExitCodes.Usage)
            .Says("has no user 'frey'; did you mean 'fred'?");
    }

    private async Task<ToolRun> AddAsync(string name, params string[] options)
    {
        return await Smtpmodel.RunAsync(["users", "add", File, name, "--iterations", "4096", .. options], Environment);
    }
}
