using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Finds the arrows that lead through a machine the shortest way: those by which each state is first reached.</summary>
internal static class MainLine
{
    /// <summary>The arrows of the main line; none that ends in the final state.</summary>
    /// <param name="picture">The picture.</param>
    public static IReadOnlySet<Arrow> Of(Picture picture)
    {
        var line = new HashSet<Arrow>();
        var reached = new HashSet<State> { picture.Start, picture.Final };
        var waiting = new Queue<State>([picture.Start]);
        while (waiting.TryDequeue(out var state))
        {
            foreach (var arrow in picture.Arrows.Where(arrow => arrow.From == state && reached.Add(arrow.To)))
            {
                line.Add(arrow);
                waiting.Enqueue(arrow.To);
            }
        }

        return line;
    }
}
