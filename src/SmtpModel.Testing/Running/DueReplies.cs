using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>How many replies are due to what comes next: those inputs are counted that draw one for each thing that a buffer
/// holds.</summary>
internal sealed class DueReplies(TransitionTable table)
{
    private readonly Dictionary<Command, int> _held = [];

    /// <summary>How many replies an input draws.</summary>
    public int For(Command command) => table.ForEach.ContainsKey(command) ? _held.GetValueOrDefault(command) : 1;

    /// <summary>Follows an exchange.</summary>
    public void Apply(Exchange exchange)
    {
        foreach (var (command, shape) in table.ForEach)
        {
            _held[command] = shape.After(_held.GetValueOrDefault(command), exchange);
        }
    }
}
