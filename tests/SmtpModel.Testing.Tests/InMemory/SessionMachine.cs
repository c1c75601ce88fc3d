using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;
using Property = FsCheck.Property;

namespace SmtpModel.Testing.Tests.InMemory;

/// <summary>
/// FsCheck's own state machine test. FsCheck walks the model before the server has answered anything, so the model has to
/// know every reply beforehand; and it goes on after a check that failed, so nothing here may throw on a server out of step.
/// </summary>
internal sealed class SessionMachine(TransitionTable table, Palette palette, Func<ITarget> server)
    : Machine<SessionMachine.Server, SessionModel>(40)
{
    private readonly Dictionary<Command, Move[]> _moves = table.Commands.ToDictionary(use => use.Command, use => use.Command.Kind switch
    {
        InputKind.Line => [.. palette.Valid(use.Command), .. palette.Malformed(use.Command)],
        InputKind.UnknownLine => palette.Unknown.ToArray(),
        InputKind.Data => [.. palette.Data],
        _ => [],
    });

    private readonly Menu[] _menus = [.. table.States.Select(state => new Menu(table, state))];

    public override Arbitrary<Setup<Server, SessionModel>> Setup =>
        Arb.From(
            Gen.Elements(table.From(table.Start).Select(edge => edge.Exchange.Code).Distinct())
                .Select(Setup<Server, SessionModel> (greeting) => new Opened(server, table, greeting))
        );

    public override Gen<Operation<Server, SessionModel>> Next(SessionModel model)
    {
        var wanted = table.Reads(model.State) is Reading.Data ? InputKind.Data : InputKind.Line;
        var all = table
            .Commands.Where(use => use.Command.Kind == wanted || (wanted is InputKind.Line && use.Command.Kind is InputKind.UnknownLine))
            .Select(use => use.Command)
            .ToList();
        // what leads on half of the time, so that walks get somewhere
        var forward = _menus[table.IndexOf(model.State)].Forward;
        return from command in Gen.OneOf(
                Gen.Elements((forward.Count == 0 ? all : forward).AsEnumerable()),
                Gen.Elements(all.AsEnumerable())
            )
               from move in Gen.Elements(_moves[command])
               from code in Gen.Elements(Scripts(model.State, command))
               select (Operation<Server, SessionModel>)new Say(move, Script(move, code));
    }

    private static int Script(Move move, int code) => move.Kind is MoveKind.Valid or MoveKind.Data ? code : 0;

    // accepting replies half of the time, for the same reason
    private int[] Scripts(State state, Command command)
    {
        var edges = table.From(state, command);
        var accepting = edges.Where(edge => edge.Exchange.IsAccepted).Select(edge => edge.Exchange.Code).ToList();
        var codes = edges.Select(edge => edge.Exchange.Code).ToArray();
        return codes.Length == 0 ? [0]
            : accepting.Count == 0 ? codes
            : [.. codes, .. Enumerable.Repeat(accepting, (codes.Length / accepting.Count) + 1).SelectMany(all => all)];
    }

    /// <summary>A session with the server, and what came last.</summary>
    internal sealed class Server(ITarget target, ITargetSession session)
    {
        public Observation Last { get; private set; } = session.Greeting;

        public StoredMessage? Delivered => session.Delivered;

        public SmtpSession? Inside => (target as InMemoryTarget)?.Session;

        // in memory all that comes is there at once: of several replies to one input the last is kept, and all are alike
        public void Say(Move move, int script)
        {
            Last = session.SendAsync(move.Octets, script, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            while (session.UnaskedAsync(TimeSpan.Zero, CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } more)
            {
                Last = more;
            }
        }
    }

    private sealed class Opened(Func<ITarget> server, TransitionTable table, int greeting) : Setup<Server, SessionModel>
    {
        public override Server Actual()
        {
            var target = server();
            return new Server(target, target.ConnectAsync(greeting, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        }

        public override SessionModel Model() => SessionModel.Of(table, greeting);

        public override string ToString() => $"connection [{greeting}]";
    }

    private sealed class Say(Move move, int script) : Operation<Server, SessionModel>
    {
        // set when the model is walked, before the server is asked
        private SessionModel? _before;
        private int _predicted;

        public override bool Pre(SessionModel model) =>
            model.ReadsData == move.Kind is MoveKind.Data && model.Predict(move, script) is not null;

        public override SessionModel Run(SessionModel model)
        {
            _before = model;
            _predicted = model.Predict(move, script)!.Value;
            return model.After(move, _predicted);
        }

        public override Property Check(Server actual, SessionModel model)
        {
            actual.Say(move, script);
            var came = actual.Last.Kind is ObservationKind.Closed ? SessionModel.Nothing : actual.Last.Code;
            var wrong =
                came != _predicted ? $"{move} in {_before!.State} should draw {_predicted}, and drew {actual.Last}"
                : _before!.ReadsData
                    ? actual.Delivered is { } delivered ? Buffers.Differ(_before, move, delivered)
                        : "nothing was handed over"
                : null;
            wrong ??= actual.Inside is { } session ? Memory.Differs(model, session) : null;
            return (wrong is null).Label($"{wrong}; run again: {TestRun.Again()}");
        }

        public override string ToString() => $"{move} [{script}]";
    }
}
