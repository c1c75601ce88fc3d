using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Writes sessions that deliver. What may follow what is read off the table.</summary>
/// <param name="table">The table.</param>
/// <param name="palette">The moves.</param>
internal sealed class SceneWriter(TransitionTable table, Palette palette)
{
    private readonly State _reading = table.States.First(state => table.Reads(state) is Reading.Data);

    public PaletteOptions Options => palette.Options;

    /// <summary>What the server offers; nothing where that was not read.</summary>
    public ServiceOffer Offer => palette.Options.Offer ?? ServiceOffer.None;

    /// <summary>The ways to empty what a transaction holds, each with the state that it leads to.</summary>
    public static IEnumerable<(State State, Edge Edge)> Clearings(TransitionTable table)
    {
        var way = Paths.Shortest(table)[table.States.First(state => table.Reads(state) is Reading.Data)];
        return from state in way.Select(edge => edge.To).Where(state => state == way[^1].To || state == way[^1].From)
               from use in table.Commands
               where use.Command.Kind is InputKind.Line or InputKind.Data && BufferCases.Clearing(table, state, use.Command) is not null
               select (state, BufferCases.Clearing(table, state, use.Command)!);
    }

    /// <summary>A message's header, and the lines behind it.</summary>
    public string Text(string body, string more = "") =>
        $"Date: Mon, 01 Jan 2024 00:00:00 +0000\r\nFrom: <{Options.From}>\r\nTo: <{Options.Recipient}>\r\nSubject: what was delivered\r\n"
            + $"{more}\r\n{body}";

    /// <summary>The mail data of a text.</summary>
    public Move Data(string text) => new(palette.Data[0].Command, MoveKind.Data, text);

    /// <summary>A session that delivers one message.</summary>
    public List<Move> Message(Move data, string? from = null, IReadOnlyList<string>? to = null) => [.. To(_reading, from, to), data];

    /// <summary>A session that delivers a plain message, as any server takes it.</summary>
    public List<Move> PlainMessage(string? from = null, IReadOnlyList<string>? to = null) => Message(Data(Text("text\r\n")), from, to);

    /// <summary>The way to a state, from the greeting on.</summary>
    public IEnumerable<Move> To(State state, string? from = null, IReadOnlyList<string>? to = null) =>
        Fill(Paths.Shortest(table)[state], from, to);

    /// <summary>The way from a state that is on the way to mail data.</summary>
    public IEnumerable<Move> From(State state, string? from = null) =>
        Fill(Paths.Shortest(table)[_reading].SkipWhile(edge => edge.From != state), from, null);

    /// <summary>The last state before mail data, which holds an envelope.</summary>
    public State Addressed => Paths.Shortest(table)[_reading][^1].From;

    /// <summary>The plainest move of a command.</summary>
    public Move Plain(Command command) => command.Kind is InputKind.Data ? palette.Data[0] : palette.Valid(command)[0];

    /// <summary>A mailbox in the domain of another.</summary>
    public static string Beside(string mailbox, string local) => $"{local}{mailbox[mailbox.LastIndexOf('@')..]}";

    /// <summary>The same mailbox with a local-part that is changed.</summary>
    public static string With(string mailbox, Func<string, string> change) =>
        mailbox.LastIndexOf('@') is var at and > 0 ? $"{change(mailbox[..at])}{mailbox[at..]}" : mailbox;

    /// <summary>A line that gives a sender.</summary>
    public Move Sender(string from) => Given(Rfc821.MAIL, Options.From, from);

    /// <summary>A line that gives a recipient.</summary>
    public Move Recipient(string to) => Given(Rfc821.RCPT, Options.Recipient, to);

    private Move Given(Command command, string usual, string mailbox) =>
        new(command, MoveKind.Valid, Plain(command).Text.Replace($"<{usual}>", $"<{mailbox}>", StringComparison.Ordinal));

    private IEnumerable<Move> Fill(IEnumerable<Edge> edges, string? from, IReadOnlyList<string>? to)
    {
        foreach (var edge in edges.Where(edge => edge.Exchange.Command.Kind is InputKind.Line or InputKind.Data))
        {
            var command = edge.Exchange.Command;
            if (command == Rfc821.MAIL)
            {
                yield return from is null ? Plain(command) : Sender(from);
            }
            else if (command == Rfc821.RCPT)
            {
                foreach (var recipient in to ?? [Options.Recipient])
                {
                    yield return Recipient(recipient);
                }
            }
            else
            {
                // what lists extensions goes before what does not
                yield return table.Listing is { } listing
                && table.From(edge.From, listing).Any(other => other.Exchange.IsAccepted && other.To == edge.To)
                    ? Plain(listing)
                    : Plain(command);
            }
        }
    }
}
