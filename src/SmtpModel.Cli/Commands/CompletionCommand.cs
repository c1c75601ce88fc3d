using System.CommandLine;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel completion</c>.</summary>
internal static class CompletionCommand
{
    // each asks the program for the words, so that a script need not be written anew when an option is added
    private const string Bash = """
        _smtpmodel() {
            local line="${COMP_LINE#* }"
            local at=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(smtpmodel "[suggest:$at]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _smtpmodel smtpmodel

        """;

    private const string Zsh = """
        _smtpmodel() {
            local line="${BUFFER#* }"
            local at=$((CURSOR - ${#BUFFER} + ${#line}))
            local -a found
            found=("${(@f)$(smtpmodel "[suggest:$at]" "$line" 2>/dev/null)}")
            compadd -a found || _files
        }
        compdef _smtpmodel smtpmodel

        """;

    private const string Fish = """
        function __smtpmodel_words
            set -l line (commandline -cp | string replace -r '^\S+\s' '')
            smtpmodel "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c smtpmodel -a '(__smtpmodel_words)'

        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", Scripts.Keys)}." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Where(word => !Scripts.ContainsKey(word)))
            {
                result.AddError($"there is no completion for '{word}'{Nearest.Among(word, [.. Scripts.Keys])}");
            }
        });
        var command = new Command(
            "completion",
            "Print a script for a shell that completes commands and options: source it where the shell starts, as in "
                + "'source <(smtpmodel completion bash)'."
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n"));
            return ExitCodes.Fine;
        });
        return command;
    }
}
