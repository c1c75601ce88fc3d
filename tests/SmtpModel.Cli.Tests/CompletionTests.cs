using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What a shell completes, and the manual page: both are the command line itself.</summary>
public sealed class CompletionTests
{
    private const string Bash = "/bin/bash";
    private const string Groff = "/usr/bin/groff";

    [Theory]
    [InlineData("smtpmodel te", "test")]
    [InlineData("smtpmodel mutants s", "score")]
    [InlineData("smtpmodel test --dep", "--depth")]
    [InlineData("smtpmodel diagram --aspect ", "replies")]
    [InlineData("smtpmodel completion b", "bash")]
    [InlineData("smtpmodel nothing-like-it", null)]
    public async Task Bash_completes_commands_options_and_their_words(string line, string? found)
    {
        Assert.SkipUnless(File.Exists(Bash), "the package bash is not installed");
        var script = (await Smtpmodel.RunAsync("completion", "bash")).EndsWith(ExitCodes.Fine).Out;
        var dll = Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll");
        var asked = $$"""
            smtpmodel() { dotnet '{{dll}}' "$@"; }
            {{script}}
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}
            read -ra COMP_WORDS <<<"$COMP_LINE"; [[ "$COMP_LINE" == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _smtpmodel
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var words = (await Programs.RunAsync("/", Bash, ["-c", asked])).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(found is null, words.Length == 0);
        Assert.True(found is null || words.Contains(found), $"{line}: {string.Join(' ', words)}");
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_told_with_those_that_are()
    {
        var run = (await Smtpmodel.RunAsync("completion", "tcsh")).EndsWith(ExitCodes.Usage);

        Assert.StartsWith("smtpmodel: there is no completion for 'tcsh'", run.All, StringComparison.Ordinal);
        Assert.Contains("zsh", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manual_page_has_each_command_and_option_of_the_help_and_groff_takes_it()
    {
        Assert.SkipUnless(File.Exists(Groff), "the package groff-base is not installed");
        var page = (await Smtpmodel.RunAsync("man")).EndsWith(ExitCodes.Fine).Out;
        var help = (await Smtpmodel.RunAsync("test", "--help")).EndsWith(ExitCodes.Fine).Out;

        var (_, said) = await Programs.RunAsync(page, "/", Groff, ["-man", "-Tascii", "-ww", "-P-cbou", "-rLL=300n"], []);

        var options = help.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("--", StringComparison.Ordinal)).ToList();
        Assert.True(options.Count > 20, help);
        Assert.All(options, option => Assert.Contains(option.Split(' ')[0], said, StringComparison.Ordinal));
        Assert.Contains("mutants score", said, StringComparison.Ordinal);
        Assert.Contains("EXIT STATUS", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", said, StringComparison.Ordinal);
    }
}
