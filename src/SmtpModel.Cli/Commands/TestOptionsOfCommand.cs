using System.CommandLine;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options of <c>test</c>.</summary>
internal sealed class TestOptionsOfCommand
{
    public Argument<string?> Target { get; } = new("HOST:PORT")
    {
        Description = "The server to test. Without it, the embedded server is started on a loopback port and tested.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Shared.ParseTarget(text) is null)
            {
                result.AddError(text.StartsWith('-') ? $"there is no option '{text}' of test" : $"'{text}' is not a server; write HOST:PORT, as 127.0.0.1:25, localhost:2525 or [::1]:25");
            }

            return text;
        },
    };

    public Option<string> Profile { get; } = Shared.Profile("rfc5321");

    public Option<string> Depth { get; } = Shared.Choice("--depth", "How far to go: greeting (HELO and EHLO), envelope (up to the 354; nothing is delivered) or data (whole messages are delivered).", "envelope", "greeting", "envelope", "data");

    public Option<string> Level { get; } = Shared.Choice("--level", "Which cases: must, should (and must), or may (all).", "may", "must", "should", "may");

    public Option<bool> Strict { get; } = new("--strict") { Description = "What is not strict fails too." };

    public Option<string[]> Include { get; } = new("--include") { Description = "Only cases whose id matches, as 'rfc5321/4.1.4/*' or '*RSET*'; may be given several times.", HelpName = "PATTERN" };

    public Option<string[]> Exclude { get; } = new("--exclude") { Description = "No cases whose id matches; may be given several times.", HelpName = "PATTERN" };

    public Option<int> Connections { get; } = Shared.Number("--connections", "How many connections are open at a time.", 1, 1, 256);

    public Option<int> Retries { get; } = Shared.Number("--retries", "How often a session is played again that the server cut short with 421.", 2, 0, 100);

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Print every case, not only what is broken or not strict." };

    public ServerOptions Server { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(Target);
        foreach (var option in new Option[] { Profile, Depth, Level, Strict, Include, Exclude, Connections, Retries, Verbose }.Concat(Server.All))
        {
            command.Add(option);
        }
    }

    public TestOptions Settings(ParseResult parsed, Profile profile) => new()
    {
        Depth = Enum.Parse<Depth>(parsed.GetValue(Depth)!, ignoreCase: true),
        Select = CaseSelection.Of(profile, parsed.GetValue(Level)!, parsed.GetValue(Include) ?? [], parsed.GetValue(Exclude) ?? []),
        Palette = Server.Palette(parsed),
        Connections = parsed.GetValue(Connections),
        Retries = parsed.GetValue(Retries),
    };
}
