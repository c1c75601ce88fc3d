namespace SmtpModel.Diagrams;

/// <summary>
/// Gives everything on a picture a place of its own. The states stand on one line in their order, superstates as boxes around
/// them. An arrow to the next state runs along the line; every other one leaves the side of its state at a place that nothing else
/// has, carries its text there, turns behind all that is in the superstate that both ends lie in, and comes back to the other state
/// the same way. So texts never meet a line or each other, however wide the letters are up to what <see cref="TextMeasure"/> reserves.
/// </summary>
internal sealed class LineLayout
{
    private const double Margin = 12;
    private const double Gap = 20;
    private const double LeastSlot = 12;
    private readonly Axis _axis;
    private readonly Cell _root;
    private readonly Picture _picture;
    private readonly List<Wire> _wires;

    private LineLayout(Picture picture, DiagramDirection direction)
    {
        (_picture, _axis, _root) = (picture, new Axis(direction is DiagramDirection.TopDown), Cell.Of(picture));
        _wires = Wiring.Of(picture, _root);
    }

    /// <summary>The picture with all its parts in their places, without its title and legend.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="direction">Which way the states follow each other.</param>
    public static Drawing Draw(Picture picture, DiagramDirection direction)
    {
        // superstates that nothing connects are pictures of their own
        var parts = picture.Roots.Select(root => Part(picture, root)).ToList();
        var isApart = parts.Count > 1 && picture.Start is null && picture.Roots.All(root => root.IsSuperstate)
            && parts.Sum(part => part.Arrows.Count) == picture.Arrows.Count;
        return isApart ? Drawing.Beside([.. parts.Select(part => One(part, direction))], direction) : One(picture, direction);
    }

    // what lies in one of the outermost superstates
    private static Picture Part(Picture picture, Node root)
    {
        var inside = root.All.Select(node => node.State).ToHashSet();
        return picture with
        {
            Roots = [root],
            Arrows = [.. picture.Arrows.Where(arrow => inside.Contains(arrow.From) && inside.Contains(arrow.To))],
        };
    }

    private static Drawing One(Picture picture, DiagramDirection direction)
    {
        if (picture.Roots.Count == 0)
        {
            return new Drawing(0, 0, [], []);
        }

        var layout = new LineLayout(picture, direction);
        layout.Along(layout._root, layout._root.Leaves.First().IsStart(picture) ? LineDrawing.Mark + LineDrawing.MarkGap : 0);
        Wiring.GiveTracks(layout._wires);
        layout.Across(layout._root);
        return new LineDrawing(picture, layout._axis, layout._root, layout._wires).Write();
    }

    private double Extent(Slot slot) => !slot.IsOut || slot.Wire.Text.IsEmpty ? LeastSlot
        : _axis.Along(slot.Wire.Text) + (_axis.IsDown ? 9 : 18);

    // ------------------------------------------------------------------ along the line

    private void Along(Cell cell, double start)
    {
        cell.Start = start;
        var slots = cell.Slots.Sum(Extent);
        if (!cell.IsGroup)
        {
            cell.End = start + Math.Max(_axis.Along(cell.Title) + (_axis.IsDown ? 12 : 20), slots + 8);
            PlaceSlots(cell, start + ((cell.End - start - slots) / 2));
            return;
        }

        var header = cell.Node is null
            ? 0
            : Math.Max(Math.Max(_axis.IsDown ? cell.Title.Height : 0, _axis.Along(cell.Listing)) + 8, slots + 4);
        PlaceSlots(cell, start + 4);
        cell.HeaderEnd = start + header;
        var at = cell.HeaderEnd + (cell.Node is null ? 0 : Gap / 2);
        foreach (var (index, child) in cell.Children.Index())
        {
            at += index == 0 ? 0 : Between(cell.Children[index - 1], child);
            Along(child, at);
            at = child.End;
        }

        cell.End = Math.Max(at, _axis.IsDown ? at : start + cell.Title.Width) + (cell.Node is null ? 0 : Margin);
    }

    private void PlaceSlots(Cell cell, double at)
    {
        foreach (var slot in cell.Slots)
        {
            var extent = Extent(slot);
            (slot.TextAt, slot.At) = !slot.IsOut || slot.Wire.Text.IsEmpty ? (at, at + (extent / 2))
                // the text stands above a line that runs to the right, and beside one that runs down
                : _axis.IsDown ? (at + 2, at + extent - 4) : (at + 8, at + 3);
            at += extent;
        }
    }

    // the room between two cells, in which the text of the straight line between them stands
    private double Between(Cell before, Cell after) =>
        Straight(before, after) is { Text.IsEmpty: false } wire ? Math.Max(Gap, _axis.Along(wire.Text) + 20) : Gap;

    private Wire? Straight(Cell before, Cell after) =>
        _wires.Find(wire => wire.IsStraight && wire.From == before.Leaves.Last() && wire.To == after.Leaves.First());

    // ------------------------------------------------------------------ across the line

    private void Across(Cell cell)
    {
        if (!cell.IsGroup)
        {
            var half = (_axis.Across(cell.Title) + (_axis.IsDown ? 20 : 12)) / 2;
            // the mark of a start that is not the first state stands before it
            var mark = cell.IsStart(_picture) && cell != _root.Leaves.First() ? LineDrawing.Mark + LineDrawing.MarkGap : 0;
            (cell.Low, cell.High) = (-half - mark, half);
            return;
        }

        cell.Children.ForEach(Across);
        var margin = cell.Node is null ? 0 : Margin;
        var texts = cell.Children.Zip(cell.Children.Skip(1), Straight).Select(wire => wire is null ? 0 : _axis.Across(wire.Text) + 8);
        // the title stands on one side of the line, what holds in all states on the other
        var low = cell.Children.Min(child => child.Low);
        cell.Low = (cell.Title.IsEmpty ? low : _axis.IsDown ? Math.Min(low, -cell.Title.Width - 10) : low - cell.Title.Height) - margin;
        var listing = cell.Listing.IsEmpty ? 0 : _axis.Across(cell.Listing) + 24;
        cell.TracksFrom = Math.Max(Math.Max(cell.Children.Max(Reach), texts.DefaultIfEmpty().Max()), listing);
        cell.High = cell.TracksFrom + (cell.Tracks * LineDrawing.TrackWidth) + margin;
    }

    // how far a cell and the texts of the lines that leave it reach
    private double Reach(Cell cell) =>
        cell.High
        + cell.Slots.Where(slot => slot.IsOut)
            .Select(slot => _axis.Across(slot.Wire.Text) + 18)
            .DefaultIfEmpty(LineDrawing.TrackWidth / 2)
            .Max();
}
