using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// What RFC 5321 says in the section of each command that does nothing: it leaves the buffers as they are. The machine has
/// the same as its rule about the order; here it stands where a reader of the command looks for it.
/// </summary>
internal static class KeepRules
{
    private static readonly Rule[] Rules = [Of("K1", "4.1.1.6", "VRFY"), Of("K2", "4.1.1.7", "EXPN"), Of("K3", "4.1.1.8", "HELP"), Of("K4", "4.1.1.9", "NOOP")];

    /// <summary>The rule of a command; null where the grammar's standard has none.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="command">The command.</param>
    public static Rule? In(TransitionTable table, Command command) => table.Grammar != nameof(Protocol.Dialect.Rfc5321) ? null
        : Rules.FirstOrDefault(rule => rule.Asks.StartsWith($"{command} ", StringComparison.Ordinal));

    private static Rule Of(string id, string section, string command) => new(id, new Clause("RFC 5321", section), Level.Must, $"{command} has no effect on the buffers.");
}
