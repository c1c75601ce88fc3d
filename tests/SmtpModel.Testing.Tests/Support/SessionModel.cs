using System.Collections.Immutable;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests;

/// <summary>
/// Where a session is and what its buffers hold, read off the machine. It cannot be changed: each exchange makes a new one.
/// What a server that takes scripts will answer can be told before it does.
/// </summary>
internal sealed record SessionModel(TransitionTable Table, State State, Move? ReversePath, ImmutableList<Move> ForwardPaths)
{
    /// <summary>Stands for "nothing is answered".</summary>
    public const int Nothing = 0;

    public bool ReadsData => Table.Reads(State) is Reading.Data;

    public static SessionModel Of(TransitionTable table, int greeting)
    {
        var opening = table.From(table.Start).First(edge => edge.Exchange.Command.Kind is InputKind.Opening).Exchange;
        var edge = table.Find(table.Start, opening.Command / (greeting == 0 ? opening.Code : greeting))!;
        return new SessionModel(table, edge.To, null, []);
    }

    /// <summary>The reply's code; null where the site decides without a script.</summary>
    public int? Predict(Move move, int script)
    {
        if (Table.Reads(State) is Reading.Nothing)
        {
            return Nothing;
        }

        if (Table.OutOfOrder(State, move.Command) is { } refusal)
        {
            return refusal.Codes[0];
        }

        switch (move.Kind)
        {
            case MoveKind.Unknown:
                return Table.Faults.Unrecognized;
            case MoveKind.Malformed:
                return Table.Faults.NotAcceptable;
            default:
                var asked = script != 0 ? script : move.Provokes;
                var isListed = asked != 0 && Table.Find(State, move.Command / asked) is not null;
                return isListed ? asked : move.Kind is MoveKind.Data ? Table[move.Command].Replies.Accepting.First() : null;
        }
    }

    /// <summary>What follows an exchange: the edge's state and effects, or for a refusal out of order nothing.</summary>
    public SessionModel After(Move move, int code)
    {
        if (code == Nothing || Table.Find(State, move.Command / code) is not { } edge)
        {
            return this;
        }

        return edge.Exchange.Effects.Aggregate(this with { State = edge.To }, (model, effect) => model.Apply(effect, move));
    }

    private SessionModel Apply(Effect effect, Move move) => effect switch
    {
        { Kind: EffectKind.Clear } when effect.Buffer == Rfc821.ReversePath => this with { ReversePath = null },
        { Kind: EffectKind.Set } when effect.Buffer == Rfc821.ReversePath => this with { ReversePath = move },
        { Kind: EffectKind.Clear } when effect.Buffer == Rfc821.ForwardPath => this with { ForwardPaths = [] },
        { Kind: EffectKind.Append } when effect.Buffer == Rfc821.ForwardPath => this with { ForwardPaths = ForwardPaths.Add(move) },
        _ when effect.Buffer == Rfc821.MailData => this,
        _ => throw new InvalidOperationException($"this model does not know how to {effect}"),
    };
}
