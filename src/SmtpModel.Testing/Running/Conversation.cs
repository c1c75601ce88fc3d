using System.Runtime.CompilerServices;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// One connection as every player uses it. The inputs that have no reply yet are a queue, which the replies are for in their order:
/// lockstep is a queue of one, a group a longer one. How many replies an input draws follows from what was accepted before it.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="table">The machine.</param>
internal sealed class Conversation(ITargetSession connection, TransitionTable table)
{
    // most machines have one reply for each input, and most sessions no group: then neither is made
    private readonly DueReplies? _due = table.ForEach.Count > 0 ? new DueReplies(table) : null;
    private Queue<Step>? _unanswered;

    /// <summary>The connection.</summary>
    public ITargetSession Connection => connection;

    /// <summary>Whether there are inputs that were sent and have no reply yet.</summary>
    public bool IsAwaiting => _unanswered is { Count: > 0 };

    /// <summary>How many replies an input draws where it is in order.</summary>
    public int Due(Command command) => _due?.For(command) ?? 1;

    /// <summary>Follows an exchange that did what its row says.</summary>
    public void Follow(Exchange exchange) => _due?.Apply(exchange);

    /// <summary>Sends an input and awaits all its replies; those before the last are in <see cref="Observation.Earlier"/>.</summary>
    /// <param name="step">The input, and what a scripted server is to answer.</param>
    /// <param name="due">How many replies it draws.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SessionLostException">The target cannot give as many replies as are due.</exception>
    public ValueTask<Observation> ExchangeAsync(Step step, int due, CancellationToken cancellation) => due switch
    {
        0 => NoneAsync(step, cancellation),
        1 => connection.SendAsync(step.Move.Octets, step.Script, cancellation),
        _ => RestAsync(due, connection.SendAsync(step.Move.Octets, step.Script, cancellation), cancellation),
    };

    /// <summary>As the other one, with another way to send the input and await the first of its replies.</summary>
    public ValueTask<Observation> ExchangeAsync(Step step, int due, Func<ValueTask<Observation>> send, CancellationToken cancellation) =>
        due switch
        {
            0 => NoneAsync(step, cancellation),
            1 => send(),
            _ => RestAsync(due, send(), cancellation),
        };

    /// <summary>Sends inputs in one packet.</summary>
    public async ValueTask SendAsync(IReadOnlyList<Step> packet, CancellationToken cancellation)
    {
        await Group.WriteAsync(packet, cancellation);
        _unanswered = new Queue<Step>(packet);
    }

    /// <summary>Takes the first input that has no reply yet.</summary>
    public Step Next() => _unanswered!.Dequeue();

    /// <summary>All replies to the input that was taken.</summary>
    /// <param name="due">How many it draws.</param>
    /// <param name="cancellation">Gives up.</param>
    public ValueTask<Observation> RepliesAsync(int due, CancellationToken cancellation) => due switch
    {
        0 => ValueTask.FromResult(new Observation(ObservationKind.NoneDue)),
        1 => Group.ReadAsync(null, cancellation),
        _ => RestAsync(due, Group.ReadAsync(null, cancellation), cancellation),
    };

    /// <summary>All replies to an input that was sent, each read in a way of the player's own; at least one is.</summary>
    public ValueTask<Observation> RepliesAsync(int due, Func<ValueTask<Observation>> read) => RestAsync(due, read(), read);

    /// <summary>The replies that come behind one, until none does within a while: for whoever does not know how many are due.</summary>
    public async IAsyncEnumerable<Observation> MoreAsync(TimeSpan patience, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await connection.UnaskedAsync(patience, cancellation) is { Kind: ObservationKind.Reply } more)
        {
            yield return more;
        }
    }

    /// <summary>What comes within a while for the input that was taken.</summary>
    public ValueTask<Observation> GlanceAsync(TimeSpan patience, CancellationToken cancellation) =>
        Group.ReadAsync(patience, cancellation);

    private IGroupSession Group => (IGroupSession)connection;

    private ValueTask<Observation> RestAsync(int due, ValueTask<Observation> first, CancellationToken cancellation) =>
        RestAsync(due, first, () => connection is IRepliesSession replies ? replies.ReadAsync(null, cancellation)
            : throw new SessionLostException($"the target gives one reply to each input, and {due} are due"));

    // what closes the channel is the last
    private async ValueTask<Observation> RestAsync(int due, ValueTask<Observation> first, Func<ValueTask<Observation>> next)
    {
        var came = await first;
        List<Observation> earlier = [];
        while (earlier.Count < due - 1 && came.Kind is ObservationKind.Reply && came.Code != table.Faults.Closing)
        {
            earlier.Add(came);
            came = await next();
        }

        return earlier.Count == 0 ? came : came with { Earlier = earlier };
    }

    private async ValueTask<Observation> NoneAsync(Step step, CancellationToken cancellation)
    {
        if (connection is not IGroupSession group)
        {
            throw new SessionLostException("the target waits for a reply to each input, and none is due");
        }

        await group.WriteAsync([step], cancellation);
        return new Observation(ObservationKind.NoneDue);
    }
}
