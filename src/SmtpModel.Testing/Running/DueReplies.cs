using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>How many replies are due to what comes next: those inputs are counted that draw one for each thing that a buffer holds.</summary>
internal sealed class DueReplies(TransitionTable table)
{
    private readonly Dictionary<Command, int> _held = [];

    /// <summary>How many replies an input draws.</summary>
    public int For(Command command) => table.ForEach.ContainsKey(command) ? _held.GetValueOrDefault(command) : 1;

    /// <summary>Begins another session.</summary>
    public void Clear() => _held.Clear();

    /// <summary>Follows an exchange.</summary>
    public void Apply(Exchange exchange)
    {
        foreach (var (command, shape) in table.ForEach)
        {
            _held[command] = shape.After(_held.GetValueOrDefault(command), exchange);
        }
    }

    /// <summary>Awaits the replies behind the first one; what closes the channel is the last. They are in <see cref="Observation.Earlier"/>, but for the last.</summary>
    public static async ValueTask<Observation> RestAsync(ITargetSession connection, int due, Observation first, int closing, CancellationToken cancellation)
    {
        var came = first;
        List<Observation> earlier = [];
        while (earlier.Count < due - 1 && came.Kind is ObservationKind.Reply && came.Code != closing)
        {
            earlier.Add(came);
            came = connection is IRepliesSession replies ? await replies.ReadAsync(null, cancellation)
                : throw new SessionLostException($"the target gives one reply to each input, and {due} are due");
        }

        return earlier.Count == 0 ? came : came with { Earlier = earlier };
    }

    /// <summary>Sends an input that draws no reply.</summary>
    public static async ValueTask<Observation> NoneAsync(ITargetSession connection, Step step, CancellationToken cancellation)
    {
        if (connection is not IGroupSession group)
        {
            throw new SessionLostException("the target waits for a reply to each input, and none is due");
        }

        await group.WriteAsync([step], cancellation);
        return new Observation(ObservationKind.NoneDue);
    }
}
