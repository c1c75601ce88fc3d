using System.Text;

namespace SmtpModel.Server.Tests.Authentication;

public sealed class UserFileTests : IDisposable
{
    private const string Keys =
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("users");

    private string Path => System.IO.Path.Combine(_folder.FullName, "users");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Users_that_were_added_are_there_when_the_file_is_read_again()
    {
        UserFile.Change(Path, users => users.Set("fred", "pencil"u8, Exchanges.Iterations));
        UserFile.Change(Path, users => users.Set("ann", "eraser"u8, Exchanges.Iterations, cramMd5: true));
        var read = UserFile.Load(Path);
        Assert.Equal(["ann", "fred"], read.Names);
        Assert.Equal((true, false), (read.CanUseCramMd5("ann"), read.CanUseCramMd5("fred")));
        using var authenticator = new UserAuthenticator(read);
        using var exchange = authenticator.Begin("PLAIN")!;
        Assert.Equal("fred", (await exchange.BeginAsync("\0fred\0pencil")).Identity);
        UserFile.Change(Path, users => Assert.True(users.Remove("fred")));
        Assert.Equal(["ann"], UserFile.Load(Path).Names);
        // and nothing is left beside it
        Assert.Equal([Path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task A_server_reads_it_again_when_it_has_changed_and_keeps_its_users_where_it_is_broken()
    {
        UserFile.Change(Path, users => users.Set("fred", "pencil"u8, Exchanges.Iterations));
        var (time, faults) = (new Hosting.ManualTime(), new List<string>());
        using var authenticator = UserAuthenticator.Watching(Path, onFault: fault => faults.Add(fault.Message), time: time);

        UserFile.Change(Path, users => users.Set("fred", "another pencil"u8, Exchanges.Iterations));
        Assert.True(await TakesAsync("pencil"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await TakesAsync("pencil"));
        Assert.True(await TakesAsync("another pencil"));

        await File.WriteAllTextAsync(Path, "no file of users\n", TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await TakesAsync("another pencil"));
        Assert.True(await TakesAsync("another pencil"));
        Assert.Contains(Path, Assert.Single(faults), StringComparison.Ordinal);

        async Task<bool> TakesAsync(string password)
        {
            using var exchange = authenticator.Begin("PLAIN")!;
            return (await exchange.BeginAsync($"\0fred\0{password}")).Identity == "fred";
        }
    }

    [Fact]
    public void The_password_is_not_in_the_file_and_nobody_else_may_read_it()
    {
        UserFile.Change(Path, users => users.Set("fred", "pencil"u8, Exchanges.Iterations, cramMd5: true));
        var text = File.ReadAllText(Path);
        Assert.DoesNotContain("pencil", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("pencil"u8), text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public void The_secret_stays_so_that_a_restart_does_not_show_who_there_is()
    {
        UserFile.Change(Path, users => users.Set("fred", "pencil"u8, Exchanges.Iterations));
        Assert.Equal(UserFile.Load(Path).Credentials("nobody").Scram.Salt, UserFile.Load(Path).Credentials("nobody").Scram.Salt);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_file_as_it_was()
    {
        UserFile.Change(Path, users => users.Set("fred", "pencil"u8, Exchanges.Iterations));
        var before = File.ReadAllText(Path);
        Assert.Throws<ArgumentException>(() => UserFile.Change(Path, users => users.Set("a b", "pencil"u8)));
        Assert.Equal(before, File.ReadAllText(Path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void Two_changes_at_once_are_refused_and_neither_is_lost()
    {
        UserFile.Change(Path, users =>
        {
            users.Set("fred", "pencil"u8, Exchanges.Iterations);
            var fault = Assert.Throws<UserFileException>(() => UserFile.Change(Path, _ => { }));
            Assert.Equal($"{Path}: it is being changed by another; if not, remove {Path}.new", fault.Message);
        });
        Assert.Equal(["fred"], UserFile.Load(Path).Names);
    }

    [Theory]
    [InlineData("fred " + Keys + "\nfred " + Keys, 2, "there is a user 'fred' above already; remove one of the two lines")]
    [InlineData("# remark\n\nfred\n", 3, "'fred' has no SCRAM keys; write NAME SCRAM-SHA-256$")]
    [InlineData("fred secret\n", 1, "behind the name 'fred' stands something that is not known, or is there twice; write NAME")]
    [InlineData("fred SCRAM-SHA-256$4096:W22Z$x:y\n", 1, "the SCRAM keys of 'fred' are not well formed; write NAME")]
    [InlineData("fred " + Keys + " CRAM-MD5$AAAA\n", 1, "the CRAM-MD5 key of 'fred' is not 32 octets in base64")]
    [InlineData("$secret x\n", 1, "$secret has behind it at least 16 octets in base64")]
    [InlineData("fr\u0001ed " + Keys, 1, "'fr?ed' cannot be a name: it has characters that SASLprep (RFC 4013) does not allow")]
    public void What_is_wrong_with_a_file_is_said_with_the_line(string text, int line, string problem)
    {
        File.WriteAllText(Path, text);
        var fault = Assert.Throws<UserFileException>(() => UserFile.Load(Path));
        Assert.StartsWith($"{Path}:{line}: {problem}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(line, fault.Line);
    }

    [Fact]
    public void Too_few_iterations_are_not_taken_RFC_7677_4()
    {
        File.WriteAllText(Path, "fred " + Keys.Replace("4096", "4095", StringComparison.Ordinal));
        Assert.Contains(
            ":1: 'fred' has 4095 iterations; from 4096",
            Assert.Throws<UserFileException>(() => UserFile.Load(Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_is_none_is_said_to_be_none()
    {
        Assert.Equal(
            $"{Path}: there is no such file; 'smtpmodel users add' makes one",
            Assert.Throws<UserFileException>(() => UserFile.Load(Path)).Message
        );
        Assert.Equal(
            $"{_folder.FullName}: it is a folder",
            Assert.Throws<UserFileException>(() => UserFile.Load(_folder.FullName)).Message
        );
        File.WriteAllBytes(Path, [0xff, 0xfe, 0x00, 0x80]);
        Assert.StartsWith(
            $"{Path}: it is not a file of users",
            Assert.Throws<UserFileException>(() => UserFile.Load(Path)).Message,
            StringComparison.Ordinal
        );
        var nowhere = System.IO.Path.Combine(_folder.FullName, "no", "users");
        Assert.Equal(
            $"{nowhere}: its folder is not there",
            Assert.Throws<UserFileException>(() => UserFile.Change(nowhere, _ => { })).Message
        );
    }

    [Fact]
    public void A_file_that_a_link_leads_to_is_changed_where_it_is()
    {
        var target = Path + "-real";
        UserFile.Change(target, users => users.Set("fred", "pencil"u8, Exchanges.Iterations));
        File.CreateSymbolicLink(Path, target);
        UserFile.Change(Path, users => users.Set("ann", "pencil"u8, Exchanges.Iterations));
        Assert.Equal(["ann", "fred"], UserFile.Load(target).Names);
        Assert.NotNull(new FileInfo(Path).LinkTarget);
    }

    [Fact]
    public void A_name_that_cannot_be_one_is_refused_with_the_reason()
    {
        var users = new UserFile();
        foreach (var name in new[] { "", "a b", "#a", "$secret", "a\u00adb" })
        {
            Assert.Throws<ArgumentException>(() => users.Set(name, "pencil"u8));
        }

        Assert.Throws<ArgumentException>(() => users.Set("fred", ""u8));
        Assert.Throws<ArgumentException>(() => users.Set("fred", Encoding.UTF8.GetBytes("a\nb")));
    }
}
