namespace SmtpModel.Diagrams;

/// <summary>Writes down what is drawn once everything has its place along and across the line of states.</summary>
/// <param name="picture">The picture.</param>
/// <param name="axis">Which way the line runs.</param>
/// <param name="root">The cells, placed.</param>
/// <param name="wires">The lines, placed.</param>
internal sealed class LineDrawing(Picture picture, Axis axis, Cell root, IReadOnlyList<Wire> wires)
{
    /// <summary>The width of the mark where a session starts.</summary>
    public const double Mark = 12;

    /// <summary>The way from the mark to its state.</summary>
    public const double MarkGap = 20;

    /// <summary>How far apart lines run that turn in one lane.</summary>
    public const double TrackWidth = 12;

    /// <summary>The picture.</summary>
    public Drawing Write()
    {
        // what reaches to the other side of the line is moved so that all is to the right and below
        var (low, end) = (root.Low - 2, root.End + 2);
        List<DrawnBox> boxes = [.. root.All.Where(cell => cell.Node is not null).SelectMany(cell => Boxes(cell, low))];
        List<DrawnArrow> arrows = [.. wires.Select(wire => Arrow(wire, low))];
        if (root.Leaves.FirstOrDefault(leaf => leaf.IsStart(picture)) is { } start)
        {
            var (box, arrow) = Start(start, low);
            boxes.Add(box);
            arrows.Add(arrow);
        }

        var size = axis.At(end, root.High + 2 - low);
        return new Drawing(size.X, size.Y, boxes, arrows);
    }

    // the mark where a session starts stands before the first state, or beside one that is not the first
    private (DrawnBox Box, DrawnArrow Arrow) Start(Cell start, double low)
    {
        var isFirst = start == root.Leaves.First();
        var (along, across) = isFirst ? (1, -low - (Mark / 2)) : (((start.Start + start.End - Mark) / 2) + 1, start.Low - low);
        Spot[] way = isFirst ? [axis.At(along + Mark, -low), axis.At(start.Start, -low)]
            : [axis.At(along + (Mark / 2), across + Mark), axis.At(along + (Mark / 2), across + Mark + MarkGap)];
        return (new DrawnBox("start", "", axis.Frame(along, along + Mark, across, across + Mark), [], ["a session starts here"]),
            new DrawnArrow("", start.Name, way, null, []));
    }

    private IEnumerable<DrawnBox> Boxes(Cell cell, double low)
    {
        var (node, text) = (cell.Node!, cell.Title);
        if (!cell.IsGroup)
        {
            var state = axis.Frame(cell.Start, cell.End, -cell.High - low, cell.High - low);
            var top = state.Y + ((state.Height - text.Height) / 2);
            yield return new DrawnBox("state", cell.Name, state, [.. text.At(state.X + 10, top, state.Width - 20)], node.Tips)
            {
                IsFinal = node.State == picture.Final,
            };
            yield break;
        }

        var title = axis.IsDown ? axis.At(cell.Start + 4, cell.Low + 8 - low) : axis.At(cell.Start + 8, cell.Low + 6 - low);
        var around = axis.Frame(cell.Start, cell.End, cell.Low - low, cell.High - low);
        yield return new DrawnBox("superstate", cell.Name, around, [.. text.At(title.X, title.Y, 0)], node.Tips)
        {
            IsOdd = cell.Depth % 2 == 1,
        };
        if (!cell.Listing.IsEmpty)
        {
            var corner = axis.At(cell.Start + 6, 12 - low);
            var frame = new Frame(corner.X, corner.Y, cell.Listing.Width + 12, cell.Listing.Height + 4);
            yield return new DrawnBox("aside", "", frame, [.. cell.Listing.At(corner.X + 6, corner.Y + 2, 0)], node.Tips);
        }
    }

    private DrawnArrow Arrow(Wire wire, double low)
    {
        var (from, to) = (wire.From, wire.To);
        if (wire.IsStraight)
        {
            var beside = axis.At(Free(wire) + 6, (axis.IsDown ? 8 : 4) - low);
            Spot[] straight = [axis.At(from.End, -low), axis.At(to.Start, -low)];
            return new DrawnArrow(from.Name, to.Name, straight, wire.Part, [.. wire.Text.At(beside.X, beside.Y, 0)]);
        }

        var turn = wire.Lane.TracksFrom + ((wire.Track + 0.5) * TrackWidth) - low;
        var corner = axis.At(wire.Out.TextAt, from.High + 8 - low);
        Spot[] way =
        [
            axis.At(wire.Out.At, from.High - low),
            axis.At(wire.Out.At, turn),
            axis.At(wire.In.At, turn),
            axis.At(wire.In.At, to.High - low),
        ];
        return new DrawnArrow(from.Name, to.Name, way, wire.Part, [.. wire.Text.At(corner.X, corner.Y, 0)]);
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
