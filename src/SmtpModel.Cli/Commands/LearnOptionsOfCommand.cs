using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options of <c>learn</c>.</summary>
internal sealed class LearnOptionsOfCommand
{
    public Argument<string?> Target { get; } = new("HOST:PORT")
    {
        Description = "The server to learn. A port that is not given is 25. Mail is delivered: use a test server.",
        Arity = ArgumentArity.ZeroOrOne,
        Validators = { Shared.CheckServers },
    };

    public Option<bool> InMemory { get; } = new("--in-memory")
    {
        Description = "Without HOST:PORT: learn the embedded session in memory.",
    };

    public Option<string> Profile { get; } = Shared.Profile("rfc5321");

    public Option<string> Extensions { get; } = ExtensionsOption.Create();

    public Option<string?> Inputs { get; } = new("--inputs")
    {
        Description = "Only these inputs: names of commands, and NAME! for a malformed line of one. "
            + "[default: the plainest line of each command, the end of data, and a line that is no command]",
        HelpName = "NAME,...",
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && Names(result.Tokens[0].Value).Length == 0)
                {
                    result.AddError("--inputs names no input; write some as EHLO,MAIL,RCPT, or leave it out for all");
                }
            },
        },
    };

    public Option<bool> Abstract { get; } = new("--abstract")
    {
        Description = "Only the first digit of a reply counts, but for those that ask for more.",
    };

    public Option<int> ExtraStates { get; } = Shared.Number("--extra-states",
        "How many states more than are found the server may have, for which what is learned is still right. "
        + "Each makes the run longer as often as there are inputs.", 0, 0, 3);

    public Option<int> Middles { get; } = Shared.Number("--middles",
        "How many sessions with a random middle are played besides: a way to a state, inputs that are drawn and repeated, "
        + "and what tells the states apart. They find states that count.", 0, 0);

    public Option<bool> FromNothing { get; } = new("--from-nothing")
    {
        Description = "Begin with no session of the profile's suite: what is learned owes nothing to the specification, and costs more.",
    };

    public Option<int> Seed { get; } = Shared.Number("--seed", "Draws other sessions.", 1, 0);

    public Option<TimeSpan?> MaxTime { get; } = Shared.Time("--max-time", "Stop after this time, as 30s or 5m, with what is known then.");

    public Option<long?> MaxInputs { get; } = new("--max-inputs")
    {
        Description = "Stop after so many inputs, with what is known then.",
        HelpName = "N",
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, out var most) && most > 0)
            {
                return most;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no number for --max-inputs; write one of at least 1");
            return null;
        },
    };

    public Option<FileInfo?> Save { get; } = Shared.Place("--save",
        "Write each session to this file as soon as it is played.", "FILE", text => new FileInfo(text));

    public Option<FileInfo?> Resume { get; } =
        Shared.Place(
            "--resume",
            "Go on from a file that --save wrote: what is in it is not played again. It may be the file of --save.",
            "FILE",
            text => new FileInfo(text)
        );

    public Option<FileInfo?> Json { get; } =
        Shared.Place(
            "--json",
            "Write the machine to this file, for diff, identify, diagram, export, suite and verify (--model).",
            "FILE",
            text => new FileInfo(text)
        );

    public Option<FileInfo?> Picture { get; } =
        Shared.Place(
            "--diagram",
            "Draw the machine over that of the profile into this file: .svg, .dot, or .html to click through.",
            "FILE",
            text => new FileInfo(text)
        );

    public Option<string?> Name { get; } = new("--name")
    {
        Description = "What the server is called in files, as its product and version; HOST:PORT when left out.",
        HelpName = "TEXT",
    };

    public KnownOption Known { get; } = new();

    public CampaignOptions Campaign { get; } = new();

    public ServerOptions Server { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(Target);
        foreach (var option in (Option[])
        [
            InMemory, Profile, Extensions, Inputs, Abstract, ExtraStates, Middles, FromNothing, Seed, MaxTime, MaxInputs,
            Save, Resume, Known.Option, Name, Json, Picture, .. Server.All, .. Campaign.All,
        ])
        {
            command.Add(option);
        }
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How far the run goes.</summary>
    public LearnOptions Of(ParseResult parsed, PaletteOptions palette) => new()
    {
        Inputs = parsed.GetValue(Inputs) is { } names ? Names(names) : null,
        IsAbstract = parsed.GetValue(Abstract),
        ExtraStates = parsed.GetValue(ExtraStates),
        Middles = parsed.GetValue(Middles),
        IsFromNothing = parsed.GetValue(FromNothing),
        Seed = parsed.GetValue(Seed),
        MostTime = parsed.GetValue(MaxTime),
        MostInputs = parsed.GetValue(MaxInputs),
        Name = parsed.GetValue(Name),
        Palette = palette,
    };
}
