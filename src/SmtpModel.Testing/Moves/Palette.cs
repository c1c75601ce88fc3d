using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The moves that sessions are made of: for each command of a profile lines that its grammar has and lines that it has
/// not, lines that are no command, and mail data. The first of each list is the plainest; shrinking leads to it.
/// </summary>
public sealed class Palette
{
    private readonly Dictionary<Command, IReadOnlyList<Move>> _others = [];
    private readonly Dictionary<Command, Move[]> _valid = [];
    private readonly Dictionary<Command, Move[]> _malformed = [];
    private readonly Dictionary<Command, Move[]> _refusable = [];
    private readonly Dictionary<Command, Move[]> _continuing = [];
    private readonly Dictionary<Command, Move> _longer = [];
    private readonly string _badRecipient;

    /// <summary>The moves for a profile.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="options">What the server is known to take.</param>
    public Palette(TransitionTable table, PaletteOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        (Options, _badRecipient) = (options, options.BadRecipient);
        IReadOnlyList<string> contents = table.Commands.Any(use => use.Command == Spec.Rfc3030Binary.BINARYMAIL)
            ? [.. Contents, BinaryContent]
            : Contents;
        foreach (var use in table.Commands)
        {
            switch (use.Command.Kind)
            {
                case InputKind.Line or InputKind.Response when options.Login?.Of(use) is { } lines:
                    _valid[use.Command] = [.. lines.Valid.Select(text => new Move(use.Command, MoveKind.Valid, text))];
                    _malformed[use.Command] = [.. lines.Malformed.Select(text => new Move(use.Command, MoveKind.Malformed, text))];
                    _refusable[use.Command] = [.. lines.Refusable.Select(text => new Move(use.Command, MoveKind.Valid, text))];
                    _continuing[use.Command] = [.. lines.Continuing.Select(text => new Move(use.Command, MoveKind.Valid, text))];
                    break;
                case InputKind.Line:
                    var parameters = Parameters(table, use, options);
                    _valid[use.Command] =
                    [
                        .. (use.Command.Block is { } block ? BlockLines.Of(use, block, contents) : Valid(use, options))
                            .Concat(ParameterLines.Valid(parameters, PlainPath(use, options), options))
                            .Select(text => Marked(use.Command, text))
                            .Distinct()
                            .Select(text => new Move(use.Command, MoveKind.Valid, text)
                            {
                                Oversteps = ParameterLines.Oversteps(parameters, text, options.Offer),
                            }),
                    ];
                    // of the values that an argument has, a server may refuse some
                    _others[use.Command] = use.Argument.Value is not { } argued
                        ? []
                        :
                        [
                            .. _valid[use.Command]
                                .Where(move =>
                                    move.Provokes == 0 && argued.Valid.Skip(1).Any(text => move.Text == $"{use.Command.Keyword} {text}")
                                )
                                .Take(3),
                        ];
                    _malformed[use.Command] =
                    [
                        .. Malformed(table, use)
                            .Select(text => Marked(use.Command, text))
                            .Where(text => table.Recognize(text)?.Command == use.Command)
                            .Select(text => new Move(use.Command, MoveKind.Malformed, text)),
                        .. MalformedParameters(table, use, options)
                            .Select(text => Marked(use.Command, text))
                            .Select(text => new Move(use.Command, MoveKind.Malformed, text) { NeedsOffer = true }),
                    ];
                    break;
                case InputKind.Response when use.Argument.Value is { } form:
                    _valid[use.Command] = [.. form.Valid.Select(text => new Move(use.Command, MoveKind.Valid, text))];
                    _malformed[use.Command] = [.. form.Malformed.Select(text => new Move(use.Command, MoveKind.Malformed, text))];
                    break;
                case InputKind.UnknownLine:
                    Unknown = [.. UnknownLines.Select(text => new Move(use.Command, MoveKind.Unknown, text))];
                    break;
                case InputKind.Data:
                    Data = [.. Contents.Concat(use.Replies.Refusing.Select(code => $"Subject: {Provocation.Word}{code}\r\n\r\nno\r\n"))
                        .Select(text => new Move(use.Command, MoveKind.Data, text))];
                    break;
                default:
                    // the opening of the channel is the connection itself, "any" is for the server to choose
                    break;
            }
        }

        if (table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.UnknownLine)?.Command is { } unknown)
        {
            _longer = _valid.Where(line => line.Key.Kind is InputKind.Line && line.Value.Length > 0).ToDictionary(line => line.Key,
                line => new Move(unknown, MoveKind.Unknown, Line(line.Value[0]).Insert(line.Key.Keyword.Length, "X")));
        }

        foreach (var moves in _valid.Values.Concat(_malformed.Values).Append(Unknown).Append(Data).Where(moves => moves.Count > 0))
        {
            // each list is short enough to be tried whole
            foreach (var move in moves.Skip(1))
            {
                move.Plainer =
                [
                    moves[0],
                    .. moves.Where(other => other != moves[0] && other.Text.Length < move.Text.Length).OrderBy(other => other.Text.Length),
                ];
            }
        }
    }

    // without the block that may follow it
    private static string Line(Move move) => move.Text.Split("\r\n")[0];

    /// <summary>What the server is known to take.</summary>
    internal PaletteOptions Options { get; }

    /// <summary>Lines that are no command.</summary>
    public IReadOnlyList<Move> Unknown { get; } = [];

    /// <summary>Mail data with its end.</summary>
    public IReadOnlyList<Move> Data { get; } = [];

    // words of letters only: what a server makes of a line that is not even a word is a question of its own
    private static readonly string[] UnknownLines =
    [
        "XYZZY",
        "xyzzy plugh",
        "HELLO there",
        "MAIX FROM:<a@example.test>",
        "DATUM",
        "RESET",
        "QUITE",
        "DATAX",
    ];

    private static readonly string[] Contents =
    [
        "Subject: test\r\n\r\ntext\r\n",
        "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n...\r\n",
        "Subject: commands\r\n\r\nRSET\r\nQUIT\r\nMAIL FROM:<a@example.test>\r\n",
        "Subject: empty body\r\n\r\n",
        $"Subject: long line\r\n\r\n{new string('x', 900)}\r\n",
    ];

    // octets that no line may have, with what looks like the end of data to whom they are lines
    private const string BinaryContent = "Content-Transfer-Encoding: binary\r\n\r\n\0\r\n.\r\n\n.\n\rQUIT\r\u00ff\r\n\0\n";

    // what Valid and Malformed know lines for
    private static readonly string[] KnownArguments =
    [
        "none",
        "domain",
        "domain or address literal",
        "reverse-path",
        "reverse-path and parameters",
        "forward-path",
        "forward-path and parameters",
        "string",
        "optional string",
    ];

    /// <summary>Whether there are lines for every command of a table; a table of another protocol may have arguments that nothing is known
    /// of.</summary>
    /// <param name="table">The table.</param>
    internal static bool Covers(TransitionTable table) =>
        table.Commands.All(use => use.Argument.Value is not null || KnownArguments.Contains(use.Argument.Name));

    /// <summary>The lines of a command that its grammar has; empty for what is no command line.</summary>
    /// <param name="command">The command.</param>
    public IReadOnlyList<Move> Valid(Command command) => _valid.GetValueOrDefault(command, []);

    /// <summary>The lines of a command that its grammar has not; empty where there are none.</summary>
    /// <param name="command">The command.</param>
    public IReadOnlyList<Move> Malformed(Command command) => _malformed.GetValueOrDefault(command, []);

    /// <summary>A line that is no command, though it begins with the keyword of one; null for what is no command line.</summary>
    /// <param name="command">The command whose keyword it begins with.</param>
    internal Move? Longer(Command command) => _longer.GetValueOrDefault(command);

    /// <summary>Lines of a command, or mail data, that some servers refuse though nothing is wrong with them; the likeliest
    /// first.</summary>
    /// <param name="command">The command.</param>
    internal IEnumerable<Move> Refusable(Command command)
    {
        if (_refusable.TryGetValue(command, out var known))
        {
            return known;
        }

        var moves = command.Kind is InputKind.Data ? Data : Valid(command);
        return moves
            .Where(move => move.Text.Contains($"<{_badRecipient}>", StringComparison.Ordinal))
            .Concat(moves.Where(move => move.Provokes >= 400))
            .Concat(_others.GetValueOrDefault(command, []));
    }

    /// <summary>Lines of a command with a string that the embedded server accepts though it would refuse the plain one.</summary>
    /// <param name="command">The command.</param>
    internal IEnumerable<Move> Acceptable(Command command) =>
        Valid(command).Where(move => move.Provokes is >= 200 and < 400 && !move.Text.Contains('<', StringComparison.Ordinal));

    /// <summary>Lines of a command that a server asks for more behind (3yz), where others are done at once.</summary>
    /// <param name="command">The command.</param>
    internal IEnumerable<Move> Continuing(Command command) => _continuing.GetValueOrDefault(command, []);

    private static IEnumerable<string> Valid(CommandUse use, PaletteOptions options)
    {
        var name = use.Command.Keyword;
        // what may be asked for: not what would be wrong to give to a line that has nothing wrong with it
        var provoked = use
            .Replies.All.Where(code => code is not (421 or 503) && !(use.IsAlwaysAccepted && use.General.Contains(code)))
            .ToList();
        var refusing = provoked.Where(code => code >= 400).ToList();
        if (use.Argument.Value is { } value)
        {
            return
            [
                $"{name} {value.Valid[0]}",
                $"{name.ToLowerInvariant()} {value.Valid[0]}",
                $"{Mixed(name)} {value.Valid[0]}",
                .. value.Valid.Skip(1).Select(text => $"{name} {text}"),
                .. provoked
                    .Select(code =>
                        new[]
                        {
                            $"{Provocation.Word}{code}.example",
                            $"{Provocation.Word}{code}",
                            $"{Provocation.ShortWord}{code}",
                        }.FirstOrDefault(value.Fits)
                    )
                    .OfType<string>()
                    .Select(text => $"{name} {text}"),
            ];
        }

        switch (use.Argument.Name)
        {
            case "none":
                return [name, name.ToLowerInvariant(), Mixed(name)];
            case "domain" or "domain or address literal":
                return
                [
                    $"{name} {options.Helo}",
                    $"{name.ToLowerInvariant()} {options.Helo}",
                    $"{Mixed(name)} {options.Helo}",
                    $"{name} [127.0.0.1]",
                    .. refusing.Select(code => $"{name} {Provocation.Word}{code}.example"),
                ];
            case "reverse-path" or "reverse-path and parameters":
                return Paths("FROM:", options.From, [$"{name} FROM:<>"]);
            case "forward-path" or "forward-path and parameters":
                return Paths("TO:", options.Recipient, [$"{name} TO:<{options.BadRecipient}>"]);
            case "string":
                return [$"{name} {options.Recipient}", $"{name.ToLowerInvariant()} postmaster", $"{Mixed(name)} nobody",
                    .. provoked.Select(code => $"{name} {Provocation.Word}{code}")];
            case "optional string":
                return [name, name.ToLowerInvariant(), $"{name} MAIL",
                    .. provoked.Select(code => $"{name} {Provocation.Word}{code}")];
            default:
                throw new SpecificationException(
                    $"there are no moves for the argument '{use.Argument.Name}' of {name}; add them to {nameof(Palette)}"
                );
        }

        IEnumerable<string> Paths(string word, string mailbox, string[] more)
        {
            var host = mailbox[(mailbox.LastIndexOf('@') + 1)..];
            var drawn = options.Drawn?.Paths(host, options.Variety, options.Seed) ?? [];
            return
            [
                $"{name} {word}<{mailbox}>",
                $"{name.ToLowerInvariant()} {word.ToLowerInvariant()}<{mailbox}>",
                $"{Mixed(name)} {Mixed(word)}<{mailbox}>",
                .. more,
                .. drawn.Where(path => path.Length <= 256).Select(path => $"{name} {word}{path}"),
                .. refusing.Select(code => $"{name} {word}<{Provocation.Word}{code}@{host}>")];
        }
    }

    // without an offer that was read it is not known that a server would take them
    private static Parameter[] Parameters(TransitionTable table, CommandUse use, PaletteOptions options) =>
        options.Offer is not { } offer ? []
        : [.. ParameterLines.Of(table, use.Command).Where(parameter => offer.Lists(parameter.Extension))];

    // only what a standard says is refused
    private static IEnumerable<string> MalformedParameters(TransitionTable table, CommandUse use, PaletteOptions options) =>
        from parameter in table.Parameters
        where options.Offer?.Lists(parameter.Extension) is true && parameter.Commands.Contains(use.Command)
        from text in (
            parameter.Malformed is null
                ? []
                : parameter.Value?.Malformed.Where(value => value.Length > 0).Select(value => $"{parameter.Keyword}={value}")
                    ?? [$"{parameter.Keyword}=1"]
        ).Concat(parameter.Twice is null || parameter.OfferedAt is not null ? [] : [$"{parameter.Plain} {parameter.Plain}"])
        select $"{PlainPath(use, options)} {text}";

    private static string PlainPath(CommandUse use, PaletteOptions options) =>
        use.Argument.Name.StartsWith("reverse", StringComparison.Ordinal)
            ? $"{use.Command.Keyword} FROM:<{options.From}>"
            : $"{use.Command.Keyword} TO:<{options.Recipient}>";

    // a line of an input that is told from the others of its verb by what stands at its end
    private static string Marked(Command command, string line) =>
        command.Variant is not { Mark.Length: > 0 } variant || variant.IsMeantBy(line) ? line : $"{line} {variant.Mark}";

    private static string[] Malformed(TransitionTable table, CommandUse use)
    {
        var name = use.Command.Keyword;
        // a rule about what is wrong in an argument is tried with one
        return table.MalformedDemands(use.Command) is not null && use.Argument.Value is { } argued
                ? [.. argued.Malformed.Select(text => $"{name} {text}"), name]
            : use.Argument.Value is { } value
                ? [.. use.Argument.Required ? [name] : Array.Empty<string>(), .. value.Malformed.Select(text => $"{name} {text}")]
            : use.Argument.Name switch
            {
                "none" => [$"{name} superfluous"],
                "domain" or "domain or address literal" => [name, $"{name} .example", $"{name} a..example", $"{name} under_score.example"],
                "reverse-path" or "reverse-path and parameters" => Paths("FROM:"),
                "forward-path" or "forward-path and parameters" => [.. Paths("TO:"), $"{name} TO:<>"],
                "string" => [name],
                "optional string" => [$"{name} \u0001"],
                _ => [],
            };

        string[] Paths(string word) =>
            [
                name,
                $"{name} {word}",
                $"{name} {word}<a@b..example>",
                $"{name} {word}<a@example.test",
                $"{name} {word}<a b@example.test>",
                $"{name} {word}<@example.test>",
                $"{name} <a@example.test>",
                $"{name} {word}<.a@example.test>",
            ];
    }

    /// <summary>The command whose keyword a line begins with.</summary>
    internal static Command? Extended(TransitionTable table, string line) =>
        table
            .Commands.Select(use => use.Command)
            .FirstOrDefault(command =>
                command is { Kind: InputKind.Line, Variant: null } && line.StartsWith(command.Name, StringComparison.OrdinalIgnoreCase)
            );

    internal static string Mixed(string word) =>
        string.Concat(word.Select((letter, index) => index % 2 == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
}
