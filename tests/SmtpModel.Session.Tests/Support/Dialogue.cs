using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>
/// A real session that is taken along edges of the specification: for each edge the input is sent and the site made to
/// answer as the edge says; reply, state and buffers are held against it.
/// </summary>
internal sealed class Dialogue
{
    public const string Content = "Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\nlast\r\n";

    /// <summary>What follows a line that says how much follows it.</summary>
    public const string Block = "chunk\r\nQUIT\r\n";

    private readonly ExpectedBuffers _buffers = new();
    private int _paths;

    public Dialogue(string profile)
    {
        Table = Generated.Table(profile);
        Session = SmtpSession.Create(profile, new SessionSettings(), Policy);
    }

    public TransitionTable Table { get; }

    public SmtpSession Session { get; }

    public ScriptedPolicy Policy { get; } = new();

    public List<StoredMessage> Delivered { get; } = [];

    public Dialogue Follow(IEnumerable<Edge> edges)
    {
        foreach (var edge in edges)
        {
            Take(edge);
        }

        return this;
    }

    /// <summary>Takes one edge and checks all that can be seen of it; gives the reply's text.</summary>
    public string Take(Edge edge)
    {
        Assert.Equal(Generated.Of(edge.From), Session.State);
        var path = $"<user{++_paths}@host{_paths}.example>";
        var text = Input(edge, path);
        Assert.Equal(
            edge.Exchange.Code,
            Code(text, Table.ForEach.ContainsKey(edge.Exchange.Command) ? Delivered[^1].ForwardPaths.Count : 1)
        );
        Assert.Equal(Generated.Of(edge.To), Session.State);
        _buffers.Apply(edge.Exchange, edge.Exchange.Command.Block is null ? path : Block);
        _buffers.Check(Session.Message);
        if (Table.Secures(edge.Exchange))
        {
            Assert.Equal(SessionStatus.Securing, Session.Status);
            Session.CompleteHandshake();
        }

        Assert.Equal(edge.To == Table.Final ? SessionStatus.Ended : SessionStatus.Receiving, Session.Status);
        return text;
    }

    /// <summary>Sends a line; gives what is answered.</summary>
    public string Send(string line)
    {
        var octets = Encoding.Latin1.GetBytes(line + "\r\n");
        Assert.Equal(Session.Status is SessionStatus.Ended ? 0 : octets.Length, Session.Receive(octets));
        return Output();
    }

    /// <summary>The line of a command with a valid argument, without its CRLF; with the block where one follows it, without the last CRLF
    /// of that.</summary>
    public string Line(Command command, string path) =>
        command.Kind is InputKind.UnknownLine ? "JUMP over"
        : command.Block is { } block
            ? $"{command.Keyword} {block.With(Table[command].Argument.Value!.Valid[0], Block.Length)}\r\n{Block[..^2]}"
        : Table[command].Argument.Value is { } value ? $"{command.Keyword} {value.Valid[0]}"
        : Regex
            .Replace(Table[command].Syntax, @"\[[^\]]*\]", "")
            .Replace("<reverse-path>", path, StringComparison.Ordinal)
            .Replace("<forward-path>", path, StringComparison.Ordinal)
            .Replace("<domain>", "client.example", StringComparison.Ordinal)
            .Replace("<domain or address literal>", "[192.0.2.1]", StringComparison.Ordinal)
            .Replace("<string>", "jones", StringComparison.Ordinal);

    /// <summary>Holds the buffers against what the edges that were taken have left in them.</summary>
    public void CheckBuffers(string data = "") => _buffers.Check(Session.Message, data);

    /// <summary>Counts an exchange that was made without <see cref="Take"/>.</summary>
    public void Apply(Exchange exchange, string path) => _buffers.Apply(exchange, path);

    /// <summary>The code of the one reply that a text is, or of several that are alike.</summary>
    public static int Code(string text, int replies = 1)
    {
        Assert.Matches($@"\A(([2-5][0-5][0-9]-[ -~\t]*\r\n)*[2-5][0-5][0-9] [ -~\t]*\r\n){{{replies}}}\z", text);
        var codes = text.Split("\r\n")[..^1].Select(line => line[..3]).Distinct().ToList();
        return int.Parse(Assert.Single(codes), System.Globalization.CultureInfo.InvariantCulture);
    }

    private string Input(Edge edge, string path)
    {
        Policy.Answer = new Decision(edge.Exchange.Code, null);
        switch (edge.Exchange.Command.Kind)
        {
            case InputKind.Opening:
                Session.Open();
                return Output();
            case InputKind.Any:
                Session.ShutDown("Going down");
                return Output();
            case InputKind.Data:
                return GiveData(edge);
            case InputKind.Response:
                var form = Table[edge.Exchange.Command].Argument.Value!;
                return Send(
                    edge.Exchange.Code == Table.Faults.NotAcceptable && form.Malformed.Count > 0 ? form.Malformed[0] : form.Valid[0]
                );
            default:
                var said = Send(Line(edge.Exchange.Command, path));
                return Session.Status is SessionStatus.Delivering ? said + Deliver(edge, Block) : said;
        }
    }

    private string GiveData(Edge edge)
    {
        var wire = new ByteBuffer();
        MailData.Encode(Encoding.ASCII.GetBytes(Content), wire);
        Assert.Equal(wire.Length, Session.Receive(wire.WrittenSpan));
        Assert.Equal(SessionStatus.Delivering, Session.Status);
        Assert.Equal("", Output());
        return Deliver(edge, Content);
    }

    private string Deliver(Edge edge, string data)
    {
        _buffers.Check(Session.Message, data);
        var copy = Session.Message.Copy();
        Assert.Equal(string.Concat(_buffers[Rfc821.ReversePath]), copy.ReversePath);
        Assert.Equal(_buffers[Rfc821.ForwardPath], copy.ForwardPaths);
        Assert.EndsWith(data, Encoding.ASCII.GetString(copy.Data.Span), StringComparison.Ordinal);
        Delivered.Add(copy);
        while (Session.Status is SessionStatus.Delivering)
        {
            Session.CompleteDelivery(new Decision(edge.Exchange.Code, null));
        }

        return Output();
    }

    private string Output()
    {
        var text = Encoding.ASCII.GetString(Session.Output.Span);
        Session.ClearOutput();
        return Generated.WithoutEnhancedCodes(text);
    }
}
