using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>A machine as a Promela model, for SPIN: its buffers as variables, its properties as LTL.</summary>
public static class PromelaExport
{
    /// <summary>
    /// The text of the model. One process takes one indivisible step for each turn of client or receiver, so that SPIN stores one
    /// state for each moment of <see cref="StateSpace"/>, and the two numbers can be compared.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="properties">What becomes an <c>ltl</c> formula; those that do not apply to the machine are left out with a
    /// comment.</param>
    public static string Write(TransitionTable table, IEnumerable<Property> properties)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(properties);
        return new PromelaWriter(table, table.Profile.WithOwn(properties)).Write();
    }
}
