using SmtpModel.Spec;

namespace SmtpModel.Generator.Tests;

/// <summary>The console program that the build runs.</summary>
public sealed class GeneratorProgramTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("smtpmodel-generator-");

    [Fact]
    public async Task It_writes_the_order_says_nothing_and_leaves_a_file_alone_that_would_not_change()
    {
        Assert.Equal((0, ""), await Generate("Order.cs"));
        Assert.Equal(SessionGenerator.Generate(Profiles.All), await Read("Order.cs"));
        var file = Path.Combine(_directory.FullName, "Order.cs");
        var then = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, then);

        Assert.Equal(0, (await Generate("Order.cs")).ExitCode);
        Assert.Equal(then, File.GetLastWriteTimeUtc(file));

        await File.AppendAllTextAsync(file, "// stale", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Generate("Order.cs")).ExitCode);
        Assert.Equal(SessionGenerator.Generate(Profiles.All), await Read("Order.cs"));
    }

    [Theory]
    [InlineData]
    [InlineData("Order.cs", "--allow-everything")]
    public async Task It_refuses_arguments_it_does_not_know_with_exit_code_2(params string[] arguments)
    {
        var (code, said) = await Generate(arguments);

        Assert.Equal(2, code);
        Assert.StartsWith("usage:", said, StringComparison.Ordinal);
        Assert.Empty(_directory.GetFiles());
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Task<(int ExitCode, string Output)> Generate(params string[] arguments) =>
        Tool.Run(Tool.Dotnet, _directory.FullName, [typeof(SessionGenerator).Assembly.Location, .. arguments]);

    private Task<string> Read(string name) =>
        File.ReadAllTextAsync(Path.Combine(_directory.FullName, name), TestContext.Current.CancellationToken);
}
