using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Decides which lines run straight, at which place on the side of a state the others begin and end, and where they
/// turn.</summary>
internal static class Wiring
{
    private const double Apart = 14;

    /// <summary>The lines of a picture; the slots of the cells are filled in their order.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="root">Its cells.</param>
    public static List<Wire> Of(Picture picture, Cell root)
    {
        var cells = root.All.Where(cell => cell.Node is not null).ToDictionary(cell => cell.Node!.State);
        var places = root.Leaves.Index().ToDictionary(pair => pair.Item, pair => (double)pair.Index);
        List<Wire> wires =
        [
            .. picture.Arrows.SelectMany(arrow => arrow.Parts.Select(part => new Wire(arrow, part, cells[arrow.From], cells[arrow.To]))),
        ];
        var straight = new HashSet<(State, State)>();
        foreach (var wire in wires)
        {
            wire.IsStraight =
                !wire.From.IsGroup && places[wire.To] - places[wire.From] == 1 && straight.Add((wire.Arrow.From, wire.Arrow.To));
            if (!wire.IsStraight)
            {
                wire.From.Slots.Add(wire.Out = new Slot(wire, true));
                wire.To.Slots.Add(wire.In = new Slot(wire, false));
            }
        }

        foreach (var cell in cells.Values)
        {
            // what leads back stands first, the nearest end first of all; what leads on stands behind it, the nearest end last: so
            // lines cross least
            var here = Place(cell);
            var sorted = cell.Slots.OrderBy(slot => Other(slot) > here).ThenBy(slot => -Other(slot)).ToList();
            cell.Slots.Clear();
            cell.Slots.AddRange(sorted);
        }

        return wires;

        double Place(Cell cell) => cell.IsGroup ? places[cell.Leaves.First()] - 0.5 + (0.01 * cell.Depth) : places[cell];

        double Other(Slot slot) => Place(slot.IsOut ? slot.Wire.To : slot.Wire.From);
    }

    /// <summary>Gives each line a track in its lane, the short ones nearest to the states; two share one where they are far
    /// apart.</summary>
    /// <param name="wires">The lines; where they begin and end is known.</param>
    public static void GiveTracks(IEnumerable<Wire> wires)
    {
        foreach (var lane in wires.Where(wire => !wire.IsStraight).GroupBy(wire => wire.Lane))
        {
            var tracks = new List<List<Wire>>();
            foreach (var wire in lane.OrderBy(wire => Math.Abs(wire.In.At - wire.Out.At)))
            {
                wire.Track = tracks.FindIndex(track =>
                    track.TrueForAll(other => Low(wire) > High(other) + Apart || High(wire) < Low(other) - Apart)
                );
                if (wire.Track < 0)
                {
                    wire.Track = tracks.Count;
                    tracks.Add([]);
                }

                tracks[wire.Track].Add(wire);
            }

            lane.Key.Tracks = tracks.Count;
        }
    }

    private static double Low(Wire wire) => Math.Min(wire.In.At, wire.Out.At);

    private static double High(Wire wire) => Math.Max(wire.In.At, wire.Out.At);
}
