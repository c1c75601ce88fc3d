using System.CommandLine;
using System.CommandLine.Help;
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
                LearnCommand.Create(),
                IdentifyCommand.Create(),
                DiffCommand.Create(),
                FuzzCommand.Create(),
                CheckCommand.Create(),
                WatchCommand.Create(),
                ProvokeCommand.Create(),
                ServeCommand.Create(),
                UsersCommand.Create(),
                DiagramCommand.Create(),
                TableCommand.Create(),
                SuiteCommand.Create(),
                MutantsCommand.Create(),
                ReportCommand.Create(),
                CampaignCommand.Create(),
                MergeCommand.Create(),
                VerifyCommand.Create(),
                ExportCommand.Create(),
                GenerateCommand.Create(),
                CompletionCommand.Create(),
                ManCommand.Create(),
            };
            foreach (var help in root.Options.Select(option => option.Action).OfType<HelpAction>())
            {
                // a terminal that does not know its width says 0
                help.MaxWidth = help.MaxWidth is > 0 and < 100 ? help.MaxWidth : 100;
            }

            Configuration configuration;
            try
            {
                configuration = args is not ["test", ..] || args.Any(IsHelp) ? Configuration.None(args)
                    : Configuration.Read(root.Subcommands.First(verb => verb.Name == "test"), args);
            }
            catch (UsageException fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {Safe(fault.Message)}");
                return ExitCodes.Usage;
            }

            var parsed = root.Parse(configuration.Args);
            if (parsed.Tokens.Count == 0)
            {
                await root.Parse("--help").InvokeAsync(new InvocationConfiguration { Output = Console.Error });
                return ExitCodes.Usage;
            }

            var wrong = new CommandLineFaults(root, parsed, configuration);
            if (parsed.Action is not HelpAction && wrong.All() is { Count: > 0 } faults)
            {
                faults.ToList().ForEach(fault => Console.Error.WriteLine($"smtpmodel: {Safe(fault)}"));
                await Console.Error.WriteLineAsync($"Run 'smtpmodel {wrong.Verb}--help' for what would be right.");
                return ExitCodes.Usage;
            }

            configuration.Notes.ToList().ForEach(Console.Error.WriteLine);
            try
            {
                return await parsed.InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
                    }
                );
            }
            catch (UsageException fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: {Safe(configuration.Place(fault.Message))}");
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

        // a word of the command line, or the name of a file, may have control characters in it
        private static string Safe(string message) => string.Concat(message.Select(letter =>
            char.IsControl(letter) && letter != '\n' ? Printable.Text($"{letter}") : $"{letter}"));

        private static bool IsHelp(string word) => word is "--help" or "-h" or "-?";
    }
}
