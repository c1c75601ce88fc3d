using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>One input of a server that is learned.</summary>
/// <param name="Name">What it is called: the command's name, with <c>!</c> behind it for a line of it that is malformed.</param>
/// <param name="Line">What is sent.</param>
internal sealed record LearningInput(string Name, Move Line);

/// <summary>The inputs of a server: the plainest line of each command of a profile, and a line that is no command.</summary>
internal static class LearningAlphabet
{
    /// <summary>What stands behind the name of a command for a malformed line of it.</summary>
    public const char Malformed = '!';

    /// <summary>All inputs of a profile.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="palette">The lines.</param>
    /// <param name="names">Only these, in any case of letters; all but the malformed ones and chunks when null.</param>
    /// <exception cref="ArgumentException">There is no input of a name, or none at all.</exception>
    public static IReadOnlyList<LearningInput> Of(TransitionTable table, Palette palette, IReadOnlyCollection<string>? names = null)
    {
        List<LearningInput> all = [.. All(table, palette)];
        if (names is null)
        {
            return all.FindAll(input => input.Line.Kind is not MoveKind.Malformed && !IsOfChunks(input.Line.Command));
        }

        foreach (var name in names.Where(name => !all.Exists(input => Is(input, name))))
        {
            throw new ArgumentException($"there is no input '{name}'; there are {string.Join(", ", all.Select(input => input.Name))}");
        }

        return all.FindAll(input => names.Any(name => Is(input, name)));
    }

    // where nothing was offered yet a server may take the octets of a chunk for commands, and behind one that is refused, or DATA that is
    // refused for a binary message, nothing is said of the transaction (RFC 3030 2, 3)
    private static bool IsOfChunks(Command command) => command.Block is not null || command == Spec.Rfc3030Binary.BINARYMAIL;

    private static bool Is(LearningInput input, string name) => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<LearningInput> All(TransitionTable table, Palette palette)
    {
        foreach (var use in table.ListedCommands)
        {
            var plain = use.Command.Kind switch
            {
                InputKind.Line or InputKind.Response => palette.Valid(use.Command).FirstOrDefault(),
                InputKind.Data => palette.Data[0],
                InputKind.UnknownLine => palette.Unknown[0],
                _ => null,
            };
            if (plain is not null)
            {
                yield return new LearningInput(use.Command.Name, plain);
            }

            if (use.Command.Kind is InputKind.Line
                && palette.Malformed(use.Command).FirstOrDefault(move => !move.NeedsOffer) is { } malformed)
            {
                yield return new LearningInput($"{use.Command.Name}{Malformed}", malformed);
            }
        }
    }
}
