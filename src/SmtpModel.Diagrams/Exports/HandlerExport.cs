using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// A machine as C#: a session that does no I/O. It needs nothing but the base library. What is in order is decided by the
/// generated code; whether a command that is in order is accepted is decided by the site, as a reply code.
/// </summary>
public static class HandlerExport
{
    /// <summary>The text of the file.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="space">The namespace of the code.</param>
    /// <param name="name">What the names of its types begin with; from the profile's name when null.</param>
    /// <exception cref="ArgumentException">The namespace or the name is none of C#.</exception>
    public static string Write(TransitionTable table, string space, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(space);
        name ??= CodeNames.Pascal(table.Profile.Name);
        return !space.Split('.').All(CodeNames.IsIdentifier) ? throw new ArgumentException($"'{space}' is no namespace", nameof(space))
            : !CodeNames.IsIdentifier(name) ? throw new ArgumentException($"'{name}' is no name", nameof(name))
            : new HandlerWriter(table, space, name).Write();
    }
}
