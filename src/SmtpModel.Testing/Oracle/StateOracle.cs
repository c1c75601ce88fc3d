using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>A line as far as the oracle asks: what was meant by it, and what is particular about its argument.</summary>
internal readonly record struct Line(MoveKind Kind, LineShape Shape);

/// <summary>What is allowed in one state: the machine's exchanges, and the room the standard leaves around them.</summary>
internal static class StateOracle
{
    public static Judgement Judge(TransitionTable table, State state, CommandUse use, Line line, int code)
    {
        var plain = MayAlso(
            table,
            state,
            use,
            code,
            Demanded(table, state, use, line, code, MayAbort(table, state, use, code, Judge(table, state, use, line.Kind, code)))
        );

        // who is not content with the security of the channel refuses every command but the one that ends the session
        if (code == TooWeak && plain.Verdict is Verdict.Fail && use.Command != table.Ending && IsSecured(table, state))
        {
            return new Judgement(Verdict.NonStrict, StateSet.Of(table.IndexOf(state)), null, plain.Rule);
        }

        // a refusal that would be wrong for the plain line may be about what is particular in this one: its rule says how wrong;
        // but what says that the order is wrong is not about the line, unless the line has what no standard has
        return
            line.Shape is LineShape.Plain or LineShape.Bare
            || code is < 400 or > 599
            || (table.IsPlacedByTheOrder(code) && line.Shape is not LineShape.Foreign)
            || plain.Verdict is not Verdict.Fail
            ? plain
            : Particular(table, state, use, line.Shape, plain);
    }

    // RFC 3207 4.1
    private const int TooWeak = 554;

    private static bool IsSecured(TransitionTable table, State state) =>
        state.Facts.Count > 0
        && table.Edges.Any(edge => table.Secures(edge.Exchange)
            && edge.To.Facts.Where((fact, region) => fact != table.Machine.Regions[region].First && fact == state.Facts[region]).Any());

    private static Judgement Particular(TransitionTable table, State state, CommandUse use, LineShape shape, Judgement plain)
    {
        var rule = RuleOf(table, use, shape);
        return !table.IsInOrder(state, use.Command)
                ? new Judgement(
                    table.Reads(state) is Reading.Nothing ? Verdict.Fail : Verdict.NonStrict,
                    StateSet.Of(table.IndexOf(state)),
                    null,
                    plain.Rule
                )
            : rule?.Level is Level.Must ? plain
            : new Judgement(Verdict.NonStrict, AfterRefusal(table, state, use), null, rule ?? plain.Rule);
    }

    // the rule that a line of a shape rests on; null for a plain line, and where the specification states none
    private static Rule? RuleOf(TransitionTable table, CommandUse use, LineShape shape) => shape switch
    {
        LineShape.Optional => use.Required ? table.Stated(Rfc5321Arguments.Ignored) : null,
        LineShape.Null => table.Stated(Rfc5321Arguments.Null),
        LineShape.Route => table.Stated(Rfc5321Arguments.Route),
        LineShape.Quoted => table.Stated(Rfc5321Arguments.Quoted),
        LineShape.Atoms => table.Stated(Rfc5321Arguments.Atoms),
        LineShape.Literal => table.Stated(Rfc5321Arguments.Literal),
        LineShape.Foreign => table.Stated(Rfc5321Arguments.Parameter),
        _ => null,
    };

    private static Judgement Judge(TransitionTable table, State state, CommandUse use, MoveKind kind, int code)
    {
        var here = StateSet.Of(table.IndexOf(state));
        if (code is < 200 or > 599)
        {
            return new Judgement(Verdict.Fail, StateSet.None, null, table.Conduct.Form);
        }

        if (
            table.Find(state, use.Command / code) is { } edge
            && (kind is not MoveKind.Malformed || !edge.Exchange.IsAccepted || edge.Exchange.Command.Kind is InputKind.Any)
        )
        {
            return Listed(table, use, kind, code, edge);
        }

        // where a command is tolerated, one with something wrong in it does the same
        if (table.FindTolerated(state, use.Command / code) is { } tolerated)
        {
            var verdict = tolerated.IsDiscouraged || kind is MoveKind.Malformed ? Verdict.NonStrict : Verdict.Pass;
            return new Judgement(verdict, StateSet.Of(table.IndexOf(tolerated.To)), null, tolerated.Rule);
        }

        var isRefusal = code >= 400;
        return table.IsInOrder(state, use.Command) ? InOrder(table, state, use, kind, code, isRefusal, here)
            : table.OutOfOrder(state, use.Command) is { } refusal ? OutOfOrder(table, use, refusal, kind, code, isRefusal, here)
            : new Judgement(Verdict.Fail, StateSet.None, null, Silence(table));
    }

    // a refusal with another code than the one that a rule names for what is wrong with the argument; the state is what it is
    private static Judgement Demanded(TransitionTable table, State state, CommandUse use, Line line, int code, Judgement judgement) =>
        line.Kind is MoveKind.Malformed
        && line.Shape is not LineShape.Bare
        && judgement.Verdict is Verdict.NonStrict
        && code >= 400
        && !table.IsCondition(code)
        && table.MalformedDemands(use.Command) is { } demands
        && table.IsInOrder(state, use.Command)
            ? judgement with
            {
                Verdict = Verdict.Fail,
                Rule = demands,
            }
        // where there is no argument another of its errors says as much, as that nothing is no mechanism
        : line.Shape is LineShape.Bare
        && judgement.Verdict is Verdict.NonStrict
        && table.MalformedDemands(use.Command) is not null
        && use.Replies.Error.Except(use.General).Contains(code)
            ? judgement with
            {
                Verdict = Verdict.Pass,
            }
        : judgement;

    // the exchange is an edge
    private static Judgement Listed(TransitionTable table, CommandUse use, MoveKind kind, int code, Edge edge)
    {
        var exact = kind switch
        {
            // what a receiver does not have it does not read the argument of
            MoveKind.Malformed => code == table.Faults.NotAcceptable || code == table.Faults.Closing
                || (!use.Required && (code == table.Faults.NotImplemented || code == table.Faults.Unrecognized))
                // VRFY, which must be known and may do nothing
                || (code == table.Faults.NotImplemented && use.Command.OnAccept.Count == 0 && use.Replies.All.Contains(code))
                || IsOfTheArgument(table, use, edge, code),
            MoveKind.Unknown => code == table.Faults.Unrecognized || code == table.Faults.Closing,
            _ => true,
        };

        // what its row never refuses is refused only for what is wrong with the line, and with this one nothing is
        var denied = kind is MoveKind.Valid && !edge.Exchange.IsAccepted && use.General.Contains(code) && use.IsAlwaysAccepted;
        return denied ? new Judgement(Verdict.Fail, StateSet.None, null, Accepting(table, edge.From, use))
            : new Judgement(exact ? Verdict.Pass : Verdict.NonStrict, StateSet.Of(table.IndexOf(edge.To)), edge, edge.Rule);
    }

    // "mailbox name not allowed (e.g., mailbox syntax incorrect)", RFC 5321 4.2.3
    private const int MailboxName = 553;

    // what a row has besides faults of the line and the order is about what the line names; where the text has 501 for what begins a
    // transaction (4.1.4), only the code that is about the same; and not where a rule names another one for what is malformed
    private static bool IsOfTheArgument(TransitionTable table, CommandUse use, Edge edge, int code) =>
        code >= 400
        && (code == MailboxName || edge.Rule?.Id != Rfc821.O8.Id)
        && use.Replies.All.Contains(code)
        && !use.General.Contains(code)
        && code != table.Faults.Unrecognized
        && code != table.Faults.NotImplemented
        && !table.IsPlacedByTheOrder(code)
        && table.MalformedDemands(use.Command) is null;

    // a code that ends the transaction when it answers the mail data may do so when it answers the command that asks for it:
    // "transaction failed" (RFC 5321 4.2.3); that the state stays is said of the codes of order only (4.1.4)
    private static Judgement MayAbort(TransitionTable table, State state, CommandUse use, int code, Judgement judgement)
    {
        var asks = table.Edges.Any(edge =>
            edge.Exchange.Command == use.Command && edge.Exchange.IsAccepted && table.Reads(edge.To) is Reading.Data
        );
        return !asks || code < 400 || table.IsPlacedByTheOrder(code) || state.Holds.Count == 0 || judgement.After.IsEmpty
            ? judgement
            : judgement with
            {
                After = judgement.After.Union(
                    Targets(
                        table,
                        table.Edges.Where(edge =>
                            edge.Exchange.Command.Kind is InputKind.Data && edge.Exchange.Code == code && table.States.Contains(edge.From)
                        )
                    )
                ),
            };
    }

    // where the standard does not say where an exchange leads, the session may be in each of the states
    private static Judgement MayAlso(TransitionTable table, State state, CommandUse use, int code, Judgement judgement) =>
        judgement.After.IsEmpty
            ? judgement
            : judgement with
            {
                After = judgement.After.Union(Targets(table, table.MayAlsoLead(state, use.Command / code))),
            };

    private static Judgement InOrder(
        TransitionTable table,
        State state,
        CommandUse use,
        MoveKind kind,
        int code,
        bool isRefusal,
        StateSet here
    )
    {
        var alike = table.From(state, use.Command).Where(edge => edge.Exchange.IsAccepted != isRefusal).ToList();
        var rule = Accepting(table, state, use);
        if (isRefusal)
        {
            // what is never accepted is refused with the code that its rule names
            if (kind is MoveKind.Valid && use.IsNeverAccepted && rule?.Level is Level.Must && !table.IsCondition(code))
            {
                return new Judgement(Verdict.Fail, AfterRefusal(table, state, use), null, rule);
            }

            // "bad sequence" to what is in order; as binding as the rule that puts it there. Of a greeting that comes again the text names
            // the codes that refuse it, and that of the one which lists the extensions only (RFC 5321 4.1.4)
            var isDenied = kind is MoveKind.Valid && table.IsPlacedByTheOrder(code);
            var again = table.Listing is not null && rule?.Id == Rfc821.O2.Id
                ? table.From(state, use.Command).FirstOrDefault(edge => !edge.Exchange.IsAccepted)
                : null;
            if (isDenied && use.Required && rule?.Level is Level.Must && (again is null || use.Command == table.Listing))
            {
                return new Judgement(Verdict.Fail, StateSet.None, null, again?.Rule ?? rule);
            }

            // a required command is not "unrecognized" or "not implemented", unless its row says so
            if (kind is MoveKind.Valid && use.Required && (code == table.Faults.NotImplemented || code == table.Faults.Unrecognized))
            {
                return new Judgement(Verdict.Fail, StateSet.None, null, table.Conduct.Minimum);
            }

            if (kind is MoveKind.Valid && use.IsAlwaysAccepted && rule?.Level is Level.Must && !table.IsCondition(code))
            {
                return new Judgement(Verdict.Fail, StateSet.None, null, rule);
            }

            return new Judgement(Verdict.NonStrict, AfterRefusal(table, state, use), null, rule);
        }

        if (kind is MoveKind.Unknown)
        {
            // a receiver may know commands of its own; one that then closes or asks for data is out of step
            return code is >= 200 and < 300 && code != Closes(table) ? new Judgement(Verdict.NonStrict, here, null, rule)
                : new Judgement(Verdict.Fail, StateSet.None, null, rule);
        }

        // the same class as a listed acceptance, with another code; what was malformed for us may be acceptable to the site
        var sameClass = alike.Where(edge => edge.Exchange.Code / 100 == code / 100).ToList();
        if (sameClass.Count == 0)
        {
            return new Judgement(Verdict.Fail, StateSet.None, null, rule);
        }

        var after = Targets(table, sameClass);
        return kind is MoveKind.Valid && table.AcceptanceDemands(use.Command) is { } demands
            ? new Judgement(Verdict.Fail, after, null, demands)
            : new Judgement(Verdict.NonStrict, kind is MoveKind.Malformed ? here.Union(after) : after, null, rule);
    }

    private static Judgement OutOfOrder(
        TransitionTable table,
        CommandUse use,
        Refusal refusal,
        MoveKind kind,
        int code,
        bool isRefusal,
        StateSet here
    )
    {
        if (isRefusal)
        {
            // what a receiver need not have it need not know; one that lists the extension has its commands, and a rule binds it to the
            // code
            var mayLack = !use.Required && (use.Extension is null || refusal.Demands is null);
            var named =
                refusal.Codes.Contains(code) || (mayLack && (code == table.Faults.NotImplemented || code == table.Faults.Unrecognized));
            return !named && kind is MoveKind.Valid && refusal.Demands is { } demands && !table.IsCondition(code)
                ? new Judgement(Verdict.Fail, here, null, demands)
                : new Judgement(named ? Verdict.Pass : Verdict.NonStrict, here, null, refusal.Rule);
        }

        if (refusal.Rule.Level is Level.Must)
        {
            return new Judgement(Verdict.Fail, StateSet.None, null, refusal.Rule);
        }

        // accepted where it should not be: what it did is not known
        var accepting = table.Edges.Where(edge => edge.Exchange.Command == use.Command && edge.Exchange.IsAccepted);
        return new Judgement(Verdict.NonStrict, here.Union(Targets(table, accepting)), null, refusal.Rule);
    }

    // a refusal that is not listed does what the listed ones do
    private static StateSet AfterRefusal(TransitionTable table, State state, CommandUse use)
    {
        var listed = table.From(state, use.Command).Where(edge => !edge.Exchange.IsAccepted).ToList();
        return listed.Count == 0 ? StateSet.Of(table.IndexOf(state)) : Targets(table, listed);
    }

    private static Rule? Accepting(TransitionTable table, State state, CommandUse use)
    {
        var edges = table.From(state, use.Command);
        return (edges.FirstOrDefault(edge => edge.Exchange.IsAccepted) ?? edges.FirstOrDefault())?.Rule;
    }

    private static StateSet Targets(TransitionTable table, IEnumerable<Edge> edges) =>
        edges.Aggregate(StateSet.None, (set, edge) => set.Union(StateSet.Of(table.IndexOf(edge.To))));

    private static int Closes(TransitionTable table) => table.Ending is { } ending ? table[ending].Replies.Accepting.FirstOrDefault() : 0;

    /// <summary>The rule that the session is over after its ending.</summary>
    public static Rule? Silence(TransitionTable table) =>
        table.Edges.FirstOrDefault(edge => edge.To == table.Final && edge.Exchange.Command == table.Ending)?.Rule;
}
