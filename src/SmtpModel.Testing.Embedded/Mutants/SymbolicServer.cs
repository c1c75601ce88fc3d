using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Where a server is: its state, which may be a hidden one, and what its buffers hold.</summary>
internal readonly record struct ServerPoint(SessionState State, Holding Holding);

/// <summary>What a server does with one input.</summary>
/// <param name="Kind">What comes back.</param>
/// <param name="Code">The reply's code; 0 when there is none.</param>
/// <param name="After">Where it is then.</param>
/// <param name="Delivered">What it hands over; null where it hands over nothing.</param>
internal readonly record struct ServerAnswer(ObservationKind Kind, int Code, ServerPoint After, Holding? Delivered = null)
{
    /// <summary>How many replies come, each with this code, unless it closes the channel.</summary>
    public int Replies { get; init; } = 1;
}

/// <summary>What the session does over an order, without octets: fast enough to compare whole machines.</summary>
/// <param name="order">The order.</param>
internal readonly struct SymbolicServer(TableOrder order)
{
    public ServerAnswer Open(int greeting) => Fire(new ServerPoint(order.Start, default), Verb.Connection, greeting, 0);

    public bool HasEnded(ServerPoint at) => order.Reads(at.State) is SessionReading.Nothing;

    public ServerAnswer Send(ServerPoint at, in SymbolicInput input) => order.Reads(at.State) switch
    {
        SessionReading.Nothing => new ServerAnswer(ObservationKind.Closed, 0, at),
        SessionReading.Data => Data(at, input),
        SessionReading.Responses => Response(at, input),
        _ => Line(at, input),
    };

    // a command line is a line of mail data here, and is answered when the data ends
    private ServerAnswer Data(ServerPoint at, in SymbolicInput input)
    {
        if (input.Kind is not MoveKind.Data)
        {
            return new ServerAnswer(ObservationKind.Silence, 0, at);
        }

        var delivered = at.Holding.WithMailData(input.Content);
        var answer = Fire(at with { Holding = delivered }, Verb.EndOfData, input.Script, 0);
        return ForEach(at, Verb.EndOfData, answer with { Delivered = delivered });
    }

    private ServerAnswer ForEach(ServerPoint at, Verb verb, in ServerAnswer answer) => order.ForEach(verb) == BufferEffects.None ? answer
        : at.Holding.ForwardPathCount == 0 ? answer with { Kind = ObservationKind.NoneDue, Code = 0, Delivered = null }
        : answer with { Replies = at.Holding.ForwardPathCount };

    // whatever comes is taken for an answer to the challenge: what is none is malformed
    private ServerAnswer Response(ServerPoint at, in SymbolicInput input) =>
        input.Kind is MoveKind.Data ? new ServerAnswer(ObservationKind.NoReply, 0, at)
        : input.Step.Move.Command.Kind is not Machines.InputKind.Response || input.Kind is MoveKind.Malformed
            ? Fire(at, Verb.Response, order.NotAcceptable, 0)
        : Fire(at, input.Verb, input.Script, input.Content);

    private ServerAnswer Line(ServerPoint at, in SymbolicInput input)
    {
        switch (input.Kind)
        {
            case MoveKind.Data:
                // several lines, none of them a command: the first is answered, and the next too unless the session is over
                var first = Fire(at, Verb.Unknown, order.Unrecognized, 0);
                return HasEnded(first.After) ? first : first with { Kind = ObservationKind.NoReply };
            case MoveKind.Unknown:
            case MoveKind.Valid or MoveKind.Malformed when input.Step.Move.Command.Kind is Machines.InputKind.Response:
                return Fire(at, Verb.Unknown, order.Unrecognized, 0);
            default:
                var refusal = order.OutOfOrder(at.State, input.Verb);
                return refusal != 0 ? new ServerAnswer(ObservationKind.Reply, refusal, at)
                    : input.Kind is MoveKind.Malformed ? ForEach(at, input.Verb, Fire(at, input.Verb, order.NotAcceptable, 0))
                    : order.BlockOf(input.Verb) is not null ? Block(at, input)
                    : Fire(at, input.Verb, input.Script, input.Content);
        }
    }

    // a block is mail data before its command is answered
    private ServerAnswer Block(ServerPoint at, in SymbolicInput input)
    {
        var held = at.Holding.WithBlock(input.Content);
        var answer = Fire(at with { Holding = held }, input.Verb, input.Script, 0);
        return order.Delivers(input.Verb) ? ForEach(at, input.Verb, answer with { Delivered = held }) : answer;
    }

    private ServerAnswer Fire(ServerPoint at, Verb verb, int code, int content)
    {
        var step = order.Next(at.State, verb, code);
        return step.IsPermitted
            ? new ServerAnswer(
                ObservationKind.Reply,
                order.Reply(at.State, verb, code),
                new ServerPoint(step.State, at.Holding.After(step.Effects, content))
            )
            : throw new InvalidOperationException(
                $"{verb} is asked to draw {code} in {at.State}, where {order.Name} has no such exchange"
            );
    }
}

/// <summary>An input of the compared machines: a move, and the reply that a scripted server gives to it.</summary>
/// <param name="Step">The move and the script.</param>
/// <param name="Verb">The command as the session knows it.</param>
/// <param name="Content">What it brings for a buffer; 0 for nothing.</param>
internal readonly record struct SymbolicInput(Step Step, Verb Verb, int Content)
{
    public MoveKind Kind => Step.Move.Kind;

    public int Script => Step.Script;
}
