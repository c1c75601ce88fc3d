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
    private const double TrackWidth = 12;
    private const double Mark = 12;
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
        var isApart = picture.Roots.Count > 1 && picture.Start is null && picture.Roots.All(root => root.IsSuperstate
            && root.All.Select(node => node.State).ToHashSet() is var inside && picture.Arrows.All(arrow => inside.Contains(arrow.From) == inside.Contains(arrow.To)));
        return isApart
            ? Drawing.Beside([.. picture.Roots.Select(root => One(picture with { Roots = [root], Arrows = [.. picture.Arrows.Where(arrow => root.All.Any(node => node.State == arrow.From))] }, direction))], direction)
            : One(picture, direction);
    }

    private static Drawing One(Picture picture, DiagramDirection direction)
    {
        if (picture.Roots.Count == 0)
        {
            return new Drawing(0, 0, [], []);
        }

        var layout = new LineLayout(picture, direction);
        layout.Along(layout._root, layout.IsMarked(layout._root.Leaves.First()) ? Mark + Gap : 0);
        Wiring.GiveTracks(layout._wires);
        layout.Across(layout._root);
        return layout.Finish();
    }

    private bool IsMarked(Cell cell) => _picture.Start is { } start && cell.Node!.State == start;

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

        var header = cell.Node is null ? 0 : Math.Max(Math.Max(_axis.IsDown ? cell.Title.Height : 0, _axis.Along(cell.Listing)) + 8, slots + 4);
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
    private double Between(Cell before, Cell after) => Straight(before, after) is { Text.IsEmpty: false } wire ? Math.Max(Gap, _axis.Along(wire.Text) + 20) : Gap;

    private Wire? Straight(Cell before, Cell after) => _wires.Find(wire => wire.IsStraight && wire.From == before.Leaves.Last() && wire.To == after.Leaves.First());

    // ------------------------------------------------------------------ across the line

    private void Across(Cell cell)
    {
        if (!cell.IsGroup)
        {
            var half = (_axis.Across(cell.Title) + (_axis.IsDown ? 20 : 12)) / 2;
            // the mark of a start that is not the first state stands before it
            (cell.Low, cell.High) = (-half - (IsMarked(cell) && cell != _root.Leaves.First() ? Mark + Gap : 0), half);
            return;
        }

        cell.Children.ForEach(Across);
        var margin = cell.Node is null ? 0 : Margin;
        var texts = cell.Children.Zip(cell.Children.Skip(1), Straight).Select(wire => wire is null ? 0 : _axis.Across(wire.Text) + 8);
        // the title stands on one side of the line, what holds in all states on the other
        var low = cell.Children.Min(child => child.Low);
        cell.Low = (cell.Title.IsEmpty ? low : _axis.IsDown ? Math.Min(low, -cell.Title.Width - 10) : low - cell.Title.Height) - margin;
        cell.TracksFrom = Math.Max(Math.Max(cell.Children.Max(Reach), texts.DefaultIfEmpty().Max()), cell.Listing.IsEmpty ? 0 : _axis.Across(cell.Listing) + 24);
        cell.High = cell.TracksFrom + (cell.Tracks * TrackWidth) + margin;
    }

    // how far a cell and the texts of the lines that leave it reach
    private double Reach(Cell cell) =>
        cell.High + cell.Slots.Where(slot => slot.IsOut).Select(slot => _axis.Across(slot.Wire.Text) + 18).DefaultIfEmpty(TrackWidth / 2).Max();

    // ------------------------------------------------------------------ what is drawn

    private Drawing Finish()
    {
        // what reaches to the other side of the line is moved so that all is to the right and below
        var (low, end) = (_root.Low - 2, _root.End + 2);
        List<DrawnBox> boxes = [.. _root.All.Where(cell => cell.Node is not null).SelectMany(cell => Boxes(cell, low))];
        List<DrawnArrow> arrows = [.. _wires.Select(wire => Arrow(wire, low))];
        if (_root.Leaves.FirstOrDefault(IsMarked) is { } start)
        {
            var isFirst = start == _root.Leaves.First();
            var (along, across) = isFirst ? (0.0, -low - (Mark / 2)) : (((start.Start + start.End) / 2) - (Mark / 2), start.Low - low);
            boxes.Add(new DrawnBox("start", "", _axis.Frame(along + 1, along + 1 + Mark, across, across + Mark), [], ["a session starts here"]));
            arrows.Add(isFirst
                ? new DrawnArrow("", start.Node!.State.Name, [_axis.At(1 + Mark, -low), _axis.At(start.Start, -low)], null, [])
                : new DrawnArrow("", start.Node!.State.Name, [_axis.At(along + 1 + (Mark / 2), across + Mark), _axis.At(along + 1 + (Mark / 2), across + Mark + Gap)], null, []));
        }

        var size = _axis.At(end, _root.High + 2 - low);
        return new Drawing(size.X, size.Y, boxes, arrows);
    }

    private IEnumerable<DrawnBox> Boxes(Cell cell, double low)
    {
        var node = cell.Node!;
        if (!cell.IsGroup)
        {
            var frame = _axis.Frame(cell.Start, cell.End, -cell.High - low, cell.High - low);
            var top = frame.Y + ((frame.Height - cell.Title.Height) / 2);
            yield return new DrawnBox("state", node.State.Name, frame, [.. cell.Title.At(frame.X + 10, top, frame.Width - 20)], node.Tips) { Depth = cell.Depth, IsFinal = node.State == _picture.Final };
            yield break;
        }

        var title = _axis.IsDown ? _axis.At(cell.Start + 4, cell.Low + 8 - low) : _axis.At(cell.Start + 8, cell.Low + 6 - low);
        yield return new DrawnBox("superstate", node.State.Name, _axis.Frame(cell.Start, cell.End, cell.Low - low, cell.High - low), [.. cell.Title.At(title.X, title.Y, 0)], node.Tips) { Depth = cell.Depth };
        if (!cell.Listing.IsEmpty)
        {
            var corner = _axis.At(cell.Start + 6, 12 - low);
            var frame = new Frame(corner.X, corner.Y, cell.Listing.Width + 12, cell.Listing.Height + 4);
            yield return new DrawnBox("aside", "", frame, [.. cell.Listing.At(corner.X + 6, corner.Y + 2, 0)], node.Tips) { Depth = cell.Depth };
        }
    }

    private DrawnArrow Arrow(Wire wire, double low)
    {
        if (wire.IsStraight)
        {
            var text = _axis.IsDown ? _axis.At(Free(wire) + 6, 8 - low) : _axis.At(Free(wire) + 6, 4 - low);
            return new DrawnArrow(wire.From.Node!.State.Name, wire.To.Node!.State.Name, [_axis.At(wire.From.End, -low), _axis.At(wire.To.Start, -low)], wire.Part, [.. wire.Text.At(text.X, text.Y, 0)]);
        }

        var turn = wire.Lane.TracksFrom + ((wire.Track + 0.5) * TrackWidth) - low;
        var behind = wire.From.High + 8 - low;
        var corner = _axis.At(wire.Out.TextAt, behind);
        return new DrawnArrow(wire.From.Node!.State.Name, wire.To.Node!.State.Name,
            [_axis.At(wire.Out.At, wire.From.High - low), _axis.At(wire.Out.At, turn), _axis.At(wire.In.At, turn), _axis.At(wire.In.At, wire.To.High - low)],
            wire.Part, [.. wire.Text.At(corner.X, corner.Y, 0)]);
    }

    // where the room between the two cells begins that a straight line runs through
    private static double Free(Wire wire)
    {
        var inner = wire.From;
        while (inner.Parent != wire.Lane)
        {
            inner = inner.Parent!;
        }

        return inner.End;
    }
}
