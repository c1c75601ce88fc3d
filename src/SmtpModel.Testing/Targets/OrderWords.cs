using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>What an order says of the commands themselves, whatever the state.</summary>
internal sealed class OrderWords
{
    private readonly CommandUse?[] _uses = new CommandUse?[Enum.GetValues<Verb>().Length];
    private readonly ArgumentKind[] _arguments = new ArgumentKind[Enum.GetValues<Verb>().Length];

    public OrderWords(TransitionTable table)
    {
        Table = table;
        Dialect = Enum.Parse<Dialect>(table.Grammar);
        Start = TableOrder.Of(table.Start);
        Commands = [.. table.Commands.Where(use => use.Command.Kind is InputKind.Line).Select(use => TableOrder.Of(use.Command))];
        Verbs = [.. table.Commands.Select(use => TableOrder.Of(use.Command))];
        foreach (var use in table.Commands)
        {
            _uses[(int)TableOrder.Of(use.Command)] = use;
            _arguments[(int)TableOrder.Of(use.Command)] = Enum.Parse<ArgumentKind>(Pascal(use.Argument.Name));
        }
    }

    public TransitionTable Table { get; }

    public Dialect Dialect { get; }

    public SessionState Start { get; }

    public Verb[] Commands { get; }

    public Verb[] Verbs { get; }

    public CommandUse? this[Verb verb] => _uses[(int)verb];

    public ArgumentKind ArgumentOf(Verb verb) => _arguments[(int)verb];

    public Verb Recognize(ReadOnlySpan<byte> keyword)
    {
        foreach (var verb in Commands)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(keyword, _uses[(int)verb]!.Command.Name))
            {
                return verb;
            }
        }

        return Verb.Unknown;
    }

    public static string Pascal(string words) =>
        string.Concat(words.Split(' ', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
