using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The inputs that machines are compared over: the plain moves of the palette, each with each reply it may draw. Of replies
/// that lead alike in every state, for the machine and for the oracle, one stands for all; what a mutant changes is added.
/// </summary>
internal sealed class SymbolicInputs
{
    private readonly Palette _palette;
    private readonly List<string> _contents = [];
    private readonly Dictionary<Command, List<int>> _codes;

    public SymbolicInputs(Oracle oracle)
    {
        Table = oracle.Table;
        _palette = new Palette(Table, new PaletteOptions());
        _codes = Table.Commands.ToDictionary(use => use.Command, use => Representatives(oracle, use.Command));
        Greetings = [.. Table.From(Table.Start).Select(edge => edge.Exchange.Code).Distinct()];
        Opening = new Move(
            Table.From(Table.Start).First(edge => edge.Exchange.Command.Kind is InputKind.Opening).Exchange.Command,
            MoveKind.Valid,
            ""
        );
        All = new InputsByReading(
            [
                .. Offers
                    .ListingFirst(Table)
                    .Where(use => use.Command.Kind is InputKind.Line or InputKind.UnknownLine)
                    .SelectMany(use => Of(use.Command)),
            ],
            [
                .. Table
                    .Commands.Where(use => use.Command.Kind is InputKind.Data)
                    .SelectMany(use => Scripted(use.Command, _palette.Data[0])),
            ],
            [.. Table.Commands.Where(use => use.Command.Kind is InputKind.Response).SelectMany(use => Of(use.Command))]
        );
    }

    public IReadOnlyList<int> Greetings { get; }

    public Move Opening { get; }

    private TransitionTable Table { get; }

    /// <summary>The inputs, without any that a mutant adds.</summary>
    public InputsByReading All { get; }

    /// <summary>The inputs, and those that a changed exchange needs beside them.</summary>
    public InputsByReading With(Exchange changed)
    {
        var (command, code) = (changed.Command, changed.Code);
        return command.Kind switch
        {
            InputKind.Line when MayBeAsked(Table, command, code) => All with
            {
                Lines = [.. All.Lines, Scripted(command, _palette.Valid(command)[0], code)],
            },
            InputKind.Response => All with { Responses = [.. All.Responses, Scripted(command, _palette.Valid(command)[0], code)] },
            InputKind.Data => All with { Data = [.. All.Data, Scripted(command, _palette.Data[0], code)] },
            _ => All,
        };
    }

    /// <summary>
    /// Whether a server may give this reply to a line that nothing is wrong with: what its row never refuses draws a general
    /// refusal only when something is.
    /// </summary>
    public static bool MayBeAsked(TransitionTable table, Command command, int code) =>
        !(table[command].IsAlwaysAccepted && table[command].General.Contains(code));

    private IEnumerable<SymbolicInput> Of(Command command) =>
        command.Kind switch
        {
            InputKind.UnknownLine => [new SymbolicInput(new Step(_palette.Unknown[0]), OrderNames.Of(command), 0)],
            InputKind.Line or InputKind.Response =>
            [
                .. Scripted(command, _palette.Valid(command)[0]),
                .. Others(_palette, command)
                    .Select(move => new SymbolicInput(
                        new Step(move, Table[command].Replies.Accepting.First()),
                        OrderNames.Of(command),
                        Content(move)
                    )),
                .. _palette.Malformed(command).Take(1).Select(move => new SymbolicInput(new Step(move), OrderNames.Of(command), 0)),
            ],
            _ => [],
        };

    private IEnumerable<SymbolicInput> Scripted(Command command, Move move) =>
        _codes[command].Select(code => Scripted(command, move, code));

    private SymbolicInput Scripted(Command command, Move move, int code) =>
        new(new Step(move, code), OrderNames.Of(command), Content(move));

    /// <summary>A second line of a command that fills a buffer, so that its content is told from the one before; none for other
    /// commands.</summary>
    public static IReadOnlyList<Move> Others(Palette palette, Command command) =>
        command.OnAccept.Count == 0
            ? []
            :
            [
                .. palette
                    .Valid(command)
                    .Where(move => !move.Content.IsEmpty && Text(move) != Text(palette.Valid(command)[0]) && move.Provokes == 0)
                    .OrderBy(move => move.Text.Length)
                    .Take(1),
            ];

    private int Content(Move move)
    {
        if (move.Content.IsEmpty)
        {
            return 0;
        }

        var at = _contents.IndexOf(Text(move));
        if (at < 0)
        {
            at = _contents.Count;
            _contents.Add(Text(move));
        }

        return at + 1 < Model.Malformed
            ? at + 1
            : throw new InvalidOperationException("there are more contents of buffers than a comparison has numbers for");
    }

    private static string Text(Move move) => System.Text.Encoding.Latin1.GetString(move.Content.Span);

    private List<int> Representatives(Oracle oracle, Command command)
    {
        var kind = command.Kind is InputKind.Data ? MoveKind.Data : MoveKind.Valid;
        var codes = Table
            .Edges.Where(edge => edge.Exchange.Command == command || edge.Exchange.Command.Kind is InputKind.Any)
            .Select(edge => edge.Exchange.Code)
            .Distinct()
            .Where(code => MayBeAsked(Table, command, code));
        // the plainest first, so that what kills a mutant is plain: accepted, then refused, then closed
        return
        [
            .. codes
                .OrderByDescending(code => code < 400)
                .ThenBy(code => Table.IsPlacedByTheOrder(code))
                .GroupBy(code =>
                    string.Join(
                        ';',
                        Table.AllStates.Select(state =>
                        {
                            var judgement = oracle.Judge(StateSet.Of(Table.IndexOf(state)), command, kind, code);
                            return $"{code < 400} {Table.Find(state, command / code)?.To} {judgement.Verdict is Verdict.Fail} "
                                + $"{judgement.After.Bits} {judgement.Edge is null}";
                        })
                    )
                )
                .Select(group => group.First()),
        ];
    }

    /// <summary>The buffers as <see cref="BufferModel"/> holds them.</summary>
    internal static class Model
    {
        /// <summary>What a malformed path brings, and what is held where that is open: what a server makes of it is its own
        /// affair.</summary>
        public const int Malformed = 14;

        public static Holding After(Holding model, Exchange exchange, in SymbolicInput input, Judgement judgement)
        {
            if (!exchange.IsAccepted && !judgement.IsCertain)
            {
                return judgement.Edge is null || exchange.Effects.Count == 0 ? model : new Holding(Malformed, Malformed, Malformed);
            }

            var effects = exchange.Effects;
            var content = input.Kind is MoveKind.Malformed ? Malformed : input.Content;
            return effects.Count == 0 ? model : model.After(OrderNames.Effects(effects), content);
        }

        public static bool Differs(Holding delivered, Holding model, int data) =>
            (delivered.MailData != model.WithBlock(data).MailData && !HasMalformed(model.MailData))
            || (model.ReversePath != Malformed && delivered.ReversePath != model.ReversePath)
            || (delivered.ForwardPaths != model.ForwardPaths && !HasMalformed(model.ForwardPaths));

        private static bool HasMalformed(uint list)
        {
            for (; list != 0; list >>= 4)
            {
                if ((list & 0xF) == Malformed)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>The inputs that machines are compared over, by what a session waits for: others cannot be told from these there.</summary>
internal sealed record InputsByReading(SymbolicInput[] Lines, SymbolicInput[] Data, SymbolicInput[] Responses)
{
    public SymbolicInput[] Of(Server.SessionReading reading) => reading switch
    {
        Server.SessionReading.Nothing => [],
        Server.SessionReading.Data => Data,
        Server.SessionReading.Responses => Responses,
        _ => Lines,
    };
}
