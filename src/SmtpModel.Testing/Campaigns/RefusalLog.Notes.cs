using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a <see cref="RefusalLog"/> holds, in names, so that it can be kept in a file.</summary>
/// <param name="Refused">Lines that were refused in order, each with the code.</param>
/// <param name="Shut">States that a refusal kept somebody in, with the code.</param>
/// <param name="Left">States that were left.</param>
/// <param name="Taken">States and the commands that were taken there out of order.</param>
internal sealed record RefusalNotes(IReadOnlyList<RefusalNotes.Reply> Refused, IReadOnlyList<RefusalNotes.Reply> Shut,
    IReadOnlyList<string> Left,
    IReadOnlyList<RefusalNotes.Place> Taken)
{
    /// <summary>A code, and the line or the state that it came to.</summary>
    public sealed record Reply(string To, int Code);

    /// <summary>A command in a state.</summary>
    public sealed record Place(string State, string Command);
}

/// <content>What of it is kept between runs.</content>
internal sealed partial class RefusalLog
{
    /// <summary>All that it holds, in an order that does not depend on when it was noted.</summary>
    public RefusalNotes ToNotes() => new(
        [.. _refused.Select(one => new RefusalNotes.Reply(one.Line, one.Code)).OrderBy(one => one.To, StringComparer.Ordinal)
            .ThenBy(one => one.Code)],
        [.. _shut.Select(one => new RefusalNotes.Reply(one.State.Name, one.Code)).OrderBy(one => one.To, StringComparer.Ordinal)
            .ThenBy(one => one.Code)],
        [.. _left.Select(state => state.Name).Order(StringComparer.Ordinal)],
        [.. _taken.Select(one => new RefusalNotes.Place(one.State.Name, one.Command.Name))
            .OrderBy(one => one.State, StringComparer.Ordinal)
            .ThenBy(one => one.Command, StringComparer.Ordinal)]);

    /// <summary>Takes over what was kept of another one.</summary>
    /// <exception cref="FormatException">It names a state or a command that the profile has not.</exception>
    public void Add(RefusalNotes notes)
    {
        _refused.UnionWith(notes.Refused.Select(one => (one.To, one.Code)));
        _shut.UnionWith(notes.Shut.Select(one => (StateOf(one.To), one.Code)));
        _left.UnionWith(notes.Left.Select(StateOf));
        _taken.UnionWith(notes.Taken.Select(one => (StateOf(one.State), CommandOf(one.Command))));
    }

    private State StateOf(string name) => table.AllStates.FirstOrDefault(state => state.Name == name)
        ?? throw new FormatException($"it names the state '{Printable.Text(name, 60)}', which the profile {table.Profile.Name} has not");

    private Command CommandOf(string name) => table.Commands.FirstOrDefault(use => use.Command.Name == name)?.Command
        ?? throw new FormatException($"it names the command '{Printable.Text(name, 60)}', which the profile {table.Profile.Name} has not");
}
