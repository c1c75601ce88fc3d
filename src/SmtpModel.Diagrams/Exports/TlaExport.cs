using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>A machine as a TLA+ module: its turns as actions, its buffers as a function, its properties as invariants.</summary>
public static class TlaExport
{
    /// <summary>The text of the module; its name is that of the profile.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="properties">What becomes an invariant or a temporal formula; what does not apply, or what TLA+ cannot say, is left out
    /// with a comment.</param>
    public static string Write(TransitionTable table, IEnumerable<Property> properties)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(properties);
        return new TlaWriter(table, table.Profile.WithOwn(properties)).Write();
    }
}
