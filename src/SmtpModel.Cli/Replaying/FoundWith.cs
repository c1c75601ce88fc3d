using System.CommandLine;
using SmtpModel.Cli.Commands;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Replaying;

/// <summary>What a run was done with, and the lines that play what it found again: with the options that were given, as far as they matter.</summary>
internal sealed class FoundWith(ReplayStore store, string target, string options)
{
    /// <summary>The session of this process, which <c>replay</c> starts by itself.</summary>
    public const string InMemory = "--in-memory";

    /// <summary>HOST:PORT, <see cref="InMemory"/>, or what else the server is called.</summary>
    public string Target => target;

    /// <summary>What a run was done with.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="server">The options about the server: what a session says holds the mailboxes, so that only the times are left.</param>
    /// <param name="target">HOST:PORT, <see cref="InMemory"/>, or what else the server is called.</param>
    /// <param name="store">Where it is kept.</param>
    public static FoundWith Of(ParseResult parsed, ServerOptions server, string target, ReplayStore store) =>
        new(store, target, string.Concat(new Option[] { server.ConnectTimeout, server.ReplyTimeout }.Select(option => Given(parsed, option))));

    /// <summary>The line that plays it again.</summary>
    public string Line(ReplayFile file, bool isFailure) => $"smtpmodel replay {store.Keep(file with { Target = target }, isFailure)}{options}";

    private static string Given(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false, Tokens: [var word, ..] } ? $" {option.Name} {Shell.Quote(word.Value)}" : "";
}
