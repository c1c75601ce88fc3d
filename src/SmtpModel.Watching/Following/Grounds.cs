using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>A profile made ready to follow sessions with: lookups by octets, and by sets of states. May be used by many threads.</summary>
internal sealed class Grounds
{
    private readonly (byte[] Keyword, int Column, bool IsVariant)[][] _verbs;
    private readonly StateSet[] _inOrder;
    private readonly StateSet[,] _anyAfter;

    public Grounds(Profile profile)
    {
        (Profile, Table) = (profile, profile.Table);
        if (Table.AllStates.Count > 64)
        {
            throw new InvalidOperationException($"{profile} has {Table.AllStates.Count} states, and no more than 64 can be followed");
        }

        Oracle = new Oracle(Table);
        Dialect = Enum.Parse<Dialect>(Table.Grammar);
        Kinds = [.. Table.Commands.Select(use => ArgumentForms.Of(use))];
        HasOptional = [.. Table.Commands.Select(use => use.Argument is { Required: false } argument && argument != Argument.None)];
        IsGrouped = [.. Table.Commands.Select(use => Table.Grouped.Contains(use.Command))];
        HoldsBack = [.. Table.Commands.Select(use => use.Command.Kind is InputKind.Opening ? false : Changes(use))];
        Roles = [.. Table.Commands.Select(use => RoleOf(use.Command))];
        Secures = [.. Table.Commands.Select(use => use.Replies.Accepting.Any(code => Table.Secures(use.Command / code)))];
        Learns =
        [
            .. Table.Commands.Select(use =>
                use.Replies.Accepting.Select(code => Table.LearnsOffer(use.Command / code)).FirstOrDefault(learns => learns is not null)
            ),
        ];
        IsForEach = [.. Table.Commands.Select(use => Table.ForEach.ContainsKey(use.Command))];
        (Opening, EndOfData, Unknown) = (Only(InputKind.Opening), Only(InputKind.Data), Only(InputKind.UnknownLine));
        Response = FirstColumn(use => use.Command.Kind is InputKind.Response && !use.IsNeverAccepted);
        Cancel = FirstColumn(use => use.Command.Kind is InputKind.Response && use.IsNeverAccepted);
        _verbs = new (byte[], int, bool)[32][];
        foreach (
            var group in Table
                .Commands.Select((use, column) => (use, column))
                .Where(pair => pair.use.Command.Kind is InputKind.Line)
                .Select(pair => (Encoding.ASCII.GetBytes(pair.use.Command.Keyword), pair.column, pair.use.Command.Variant is not null))
                .GroupBy(verb => verb.Item1.Length & 31)
        )
        {
            _verbs[group.Key] = [.. group.OrderByDescending(verb => verb.Item3)];
        }

        _inOrder = new StateSet[Table.Commands.Count];
        _anyAfter = new StateSet[Table.AllStates.Count, Table.Commands.Count];
        foreach (var state in Table.AllStates)
        {
            var row = Table.IndexOf(state);
            for (var column = 0; column < Table.Commands.Count; column++)
            {
                var command = Table.Commands[column].Command;

                // what is discouraged is left to servers, and is no place for a client to send it
                if (Table.From(state, command).Any(edge => !edge.IsDiscouraged))
                {
                    _inOrder[column] = _inOrder[column].Union(StateSet.Of(row));
                }

                _anyAfter[row, column] = Table
                    .Edges.Concat(Table.Tolerated)
                    .Where(edge => edge.From == state && edge.Exchange.Command == command)
                    .Aggregate(StateSet.Of(row), (set, edge) => set.Union(StateSet.Of(Table.IndexOf(edge.To))));
            }
        }

        (Connected, Transaction) = (In(Rfc821.Connected), In(Rfc821.Transaction));
        (Secured, Authenticated) = (In(Rfc3207.Secured), In(Rfc4954.Authenticated));
        Final = Oracle.Final;
        Parameters = [.. Table.Parameters.Select(parameter => (Encoding.ASCII.GetBytes(parameter.Keyword), parameter))];
    }

    public Profile Profile { get; }

    public TransitionTable Table { get; }

    public Oracle Oracle { get; }

    public Dialect Dialect { get; }

    public IReadOnlyList<ArgumentForm> Kinds { get; }

    public bool[] HasOptional { get; }

    public bool[] IsGrouped { get; }

    /// <summary>By command: whether what the client sends behind it is read by its reply, as mail data, a response or a
    /// handshake.</summary>
    public bool[] HoldsBack { get; }

    public bool[] IsForEach { get; }

    /// <summary>By command: what it is in a session.</summary>
    public Role[] Roles { get; }

    /// <summary>By command: whether a handshake comes behind it.</summary>
    public bool[] Secures { get; }

    /// <summary>By command: whether what is offered is learned, or forgotten, when it is accepted; null where neither.</summary>
    public bool?[] Learns { get; }

    public int Opening { get; }

    public int EndOfData { get; }

    public int Unknown { get; }

    public int Response { get; }

    public int Cancel { get; }

    public StateSet Connected { get; }

    public StateSet Transaction { get; }

    public StateSet Secured { get; }

    public StateSet Authenticated { get; }

    public StateSet Final { get; }

    public IReadOnlyList<(byte[] Keyword, Parameter Parameter)> Parameters { get; }

    /// <summary>The states in which a command is in order.</summary>
    public StateSet InOrder(int column) => _inOrder[column];

    /// <summary>Where an input may lead, whatever is answered.</summary>
    public StateSet AnyAfter(StateSet states, int column)
    {
        var after = StateSet.None;
        for (var bits = states.Bits; bits != 0; bits &= bits - 1)
        {
            after = after.Union(_anyAfter[System.Numerics.BitOperations.TrailingZeroCount(bits), column]);
        }

        return after;
    }

    /// <summary>The place of the command that a line is; -1 where no command has its verb.</summary>
    public int Recognize(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> argument)
    {
        foreach (var (verb, column, isVariant) in _verbs[keyword.Length & 31] ?? [])
        {
            if (
                Ascii.EqualsIgnoreCase(verb, keyword)
                && (!isVariant || Table.Commands[column].Command.Variant!.IsMeantBy(Encoding.Latin1.GetString(argument)))
            )
            {
                return column;
            }
        }

        return -1;
    }

    /// <summary>The place of a command; -1 where the profile does not have it.</summary>
    public int Column(Command command) => FirstColumn(use => use.Command == command);

    /// <summary>All states that are, or lie in, a state or that have it among their facts.</summary>
    public StateSet In(State state) =>
        Table
            .AllStates.Where(one => Table.Within(one).Contains(state) || (one.Of is { } own && Table.Within(own).Contains(state)))
            .Aggregate(StateSet.None, (set, one) => set.Union(StateSet.Of(Table.IndexOf(one))));

    /// <summary>The same states in another profile: the facts that it also has are kept, and its others are at their beginning.</summary>
    public StateSet Map(StateSet states, Grounds other)
    {
        var mapped = StateSet.None;
        foreach (var index in states.Indexes())
        {
            var state = Table.AllStates[index];
            var name = (state.Of ?? state).Name;
            foreach (var one in other.Table.AllStates.Where(one => (one.Of ?? one).Name == name && AgreesOnFacts(state, one, other.Table)))
            {
                mapped = mapped.Union(StateSet.Of(other.Table.IndexOf(one)));
            }
        }

        return mapped;
    }

    private bool AgreesOnFacts(State old, State fresh, TransitionTable table) =>
        fresh
            .Facts.Zip(table.Regions)
            .All(pair =>
                old.Facts.Zip(Table.Regions).FirstOrDefault(known => known.Second.Name == pair.Second.Name).First is { } fact
                    ? fact == pair.First
                    : pair.First == pair.Second.States[0]
            );

    private Role RoleOf(Command command) =>
        command == Table.Listing ? Role.Listing
        : Table.Greeting.Contains(command) ? Role.Hello
        : Rfc821.Beginning.Contains(command) ? Role.Mail
        : command == Rfc821.RCPT ? Role.Rcpt
        : command == Rfc821.DATA ? Role.Data
        : command == Rfc821.RSET ? Role.Reset
        : command == Table.Ending ? Role.Ending
        : command == Rfc821.NOOP || command == Rfc821.HELP || command == Rfc821.EXPN || command == Rfc821.VRFY ? Role.Anywhere
        : Role.Other;

    private int Only(InputKind kind) => FirstColumn(use => use.Command.Kind == kind);

    private int FirstColumn(Func<CommandUse, bool> which)
    {
        for (var column = 0; column < Table.Commands.Count; column++)
        {
            if (which(Table.Commands[column]))
            {
                return column;
            }
        }

        return -1;
    }

    private bool Changes(CommandUse use) =>
        use.Command.Kind is InputKind.Line or InputKind.Response
        && Table.Edges.Any(edge =>
            edge.Exchange.Command == use.Command
            && edge.Exchange.IsAccepted
            && (Table.Secures(edge.Exchange) || (Table.Reads(edge.To) is Reading.Data or Reading.Responses))
        );
}
