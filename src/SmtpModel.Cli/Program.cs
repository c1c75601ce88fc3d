using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using SmtpModel.Cli;
using SmtpModel.Cli.Commands;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;

// continuations of sockets run where the event was seen: one switch of threads less for each exchange
SmtpModel.Server.ServerProcess.TuneSockets();

return await Tool.RunAsync(args);

namespace SmtpModel.Cli
{
    /// <summary>The command line: parses it, runs a verb, and turns what goes wrong into words and an exit code.</summary>
    internal static class Tool
    {
        public static async Task<int> RunAsync(string[] args)
        {
            var root = new RootCommand("SmtpModel: SMTP as one state machine that specifies, serves, tests, fuzzes and draws.")
            {
                TestCommand.Create(),
                ListCommand.Create(),
                ExplainCommand.Create(),
                ReplayCommand.Create(),
                DiffCommand.Create(),
                FuzzCommand.Create(),
                ServeCommand.Create(),
                DiagramCommand.Create(),
                TableCommand.Create(),
                SuiteCommand.Create(),
                MutantsCommand.Create(),
                ReportCommand.Create(),
                VerifyCommand.Create(),
                ExportCommand.Create(),
                GenerateCommand.Create(),
            };
            foreach (var help in root.Options.Select(option => option.Action).OfType<HelpAction>())
            {
                // a terminal that does not know its width says 0
                help.MaxWidth = help.MaxWidth is > 0 and < 100 ? help.MaxWidth : 100;
            }

            ParseResult parsed;
            try
            {
                parsed = root.Parse(args is ["test", ..] ? Configuration.Expand(root.Subcommands.First(verb => verb.Name == "test"), args) : args);
            }
            catch (UsageException fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {fault.Message}");
                return ExitCodes.Usage;
            }

            if (parsed.Action is ParseErrorAction)
            {
                return await UsageAsync(root, parsed);
            }

            try
            {
                return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
            }
            catch (UsageException fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {fault.Message}");
                return ExitCodes.Usage;
            }
            catch (TargetUnreachableException fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {fault.Message}");
                return ExitCodes.NoVerdict;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("smtpmodel: interrupted");
                return ExitCodes.Interrupted;
            }
#pragma warning disable CA1031 // whatever it is, it is a fault of ours: said so, with what is needed to report it
            catch (Exception fault)
            {
                OwnFaultPrinter.Print(Console.Error, args, fault);
                return ExitCodes.OwnFault;
            }
#pragma warning restore CA1031
        }

        private static async Task<int> UsageAsync(RootCommand root, ParseResult parsed)
        {
            if (parsed.Tokens.Count == 0)
            {
                await root.Parse("--help").InvokeAsync(new InvocationConfiguration { Output = Console.Error });
                return ExitCodes.Usage;
            }

            // what is wrong with one word makes others seem too many, and these make the verb seem to be missing
            var wrong = parsed.Errors.Where(error => error.SymbolResult is not CommandResult).Select(error => error.Message).Distinct().ToList();
            var unknown = parsed.UnmatchedTokens.Select(token => Unknown(root, parsed, token)).ToList();
            foreach (var message in wrong.Count > 0 ? wrong : unknown.Count > 0 ? unknown : parsed.Errors.Select(error => error.Message))
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {message}");
            }

            await Console.Error.WriteLineAsync($"Run 'smtpmodel {Verb(parsed)}--help' for what would be right.");
            return ExitCodes.Usage;
        }

        private static string Unknown(RootCommand root, ParseResult parsed, string token) =>
            token.StartsWith('-') ? $"there is no option '{token}'{(Verb(parsed).Length > 0 ? $" of {Verb(parsed).TrimEnd()}" : "")}"
            : parsed.CommandResult.Command is RootCommand ? $"there is no verb '{token}'; there are {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}"
            : $"'{token}' is one word too many for {Verb(parsed).TrimEnd()}; quote what belongs together";

        private static string Verb(ParseResult parsed) => Path(parsed.CommandResult);

        // a verb of a verb is named with it
        private static string Path(CommandResult? result) => result is null or { Command: RootCommand } ? "" : $"{Path(result.Parent as CommandResult)}{result.Command.Name} ";
    }
}
