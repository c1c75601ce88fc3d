using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What sessions have to begin with.</summary>
internal static class Offers
{
    /// <summary>
    /// The commands of a table; where some are there only when they were offered, what lists them comes first, so that a shortest way is
    /// through it.
    /// </summary>
    /// <param name="table">The table.</param>
    public static IEnumerable<CommandUse> ListingFirst(TransitionTable table) =>
        table.Commands.Any(use => use.Extension is not null)
            ? table.Commands.OrderBy(use => use.Command != table.Listing)
            : table.Commands;
}
