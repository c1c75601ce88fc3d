using System.CommandLine;
using System.CommandLine.Invocation;
using SmtpModel.Cli;
using SmtpModel.Cli.Commands;
using SmtpModel.Testing;

// continuations of sockets run where the event was seen: one switch of threads less for each exchange
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

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
                FuzzCommand.Create(),
                ServeCommand.Create(),
                DiagramCommand.Create(),
            };
            root.TreatUnmatchedTokensAsErrors = true;
            var parsed = root.Parse(args);
            if (parsed.Action is ParseErrorAction)
            {
                // that a verb is missing is said only when nothing says more
                foreach (var error in parsed.Errors.Where(error => parsed.UnmatchedTokens.Count == 0 || error.Message.Contains('\'', StringComparison.Ordinal)))
                {
                    await Console.Error.WriteLineAsync($"smtpmodel: {error.Message}");
                }

                await Console.Error.WriteLineAsync($"Run 'smtpmodel {Verb(parsed)}--help' for what would be right.");
                return ExitCodes.Usage;
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
#pragma warning disable CA1031 // whatever it is, it is a fault of ours: said so, with all that is needed to report it
            catch (Exception fault)
            {
                await Console.Error.WriteLineAsync($"smtpmodel: this is a fault of SmtpModel itself; please report it with the command and these lines:\n{fault}");
                return ExitCodes.OwnFault;
            }
#pragma warning restore CA1031
        }

        private static string Verb(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
    }
}
