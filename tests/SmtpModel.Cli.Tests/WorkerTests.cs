using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>
/// Most command lines of these tests run in processes that ran others before: there they say and do what they do in a process of their own.
/// </summary>
public sealed class WorkerTests : IDisposable
{
    private const string Variable = "WORKER_TEST_PASSWORD";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExitCodes.Fine, "list", "--include", "*/4.1.1.5/*")]
    [InlineData(ExitCodes.Usage, "fuzz", "--sesions", "5")]
    [InlineData(ExitCodes.NoVerdict, "test", "127.0.0.1:1")]
    public async Task A_command_line_says_and_ends_the_same(int code, params string[] words)
    {
        var alone = (await Smtpmodel.RunAloneAsync(words)).EndsWith(code);

        Assert.NotEmpty(alone.All);
        Assert.Equal(alone, await Smtpmodel.RunAsync(words));
        Assert.Equal(alone, await Smtpmodel.RunAsync(words));
    }

    [Fact]
    public async Task Folder_and_variables_are_those_of_one_run_only()
    {
        string[] words = ["users", "add", "users.txt", "fred", "--iterations", "4096", "--password-env", Variable];

        var with = await Smtpmodel.RunAsync(words, new Dictionary<string, string> { [Variable] = "pencil" }, _folder.Path);

        with.EndsWith(ExitCodes.Fine);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "users.txt")));
        // of all workers one ran that
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Smtpmodel.RunAsync(words)));
        Assert.All(others, without => without.EndsWith(ExitCodes.Usage).Says(Variable));
    }
}
