namespace SmtpModel.Diagrams;

/// <summary>A point, in pixels from the upper left corner.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>A piece of text in its place.</summary>
/// <param name="Run">The text.</param>
/// <param name="X">Its left end.</param>
/// <param name="Y">What its letters stand on.</param>
internal sealed record DrawnText(TextRun Run, double X, double Y);

/// <summary>A rectangle in its place.</summary>
internal readonly record struct Frame(double X, double Y, double Width, double Height);

/// <summary>What is drawn for a state, a superstate or a mark.</summary>
/// <param name="Role">What it is, as a class of SVG: <c>state</c>, <c>superstate</c>, <c>aside</c> or <c>start</c>.</param>
/// <param name="Name">The state's name; empty for a mark.</param>
/// <param name="Frame">Where it is.</param>
/// <param name="Texts">What is written on it.</param>
/// <param name="Tips">What is said of it on demand.</param>
internal sealed record DrawnBox(string Role, string Name, Frame Frame, IReadOnlyList<DrawnText> Texts, IReadOnlyList<string> Tips)
{
    /// <summary>Whether it is an outermost superstate, one in one of those, and so on: they have two grounds in turn.</summary>
    public bool IsOdd { get; init; }

    /// <summary>Whether the session is over here, which a second border says.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>An arrow in its place.</summary>
/// <param name="From">The name of what it leaves.</param>
/// <param name="To">The name of the state it ends at.</param>
/// <param name="Points">Its corners; the last one lies on the border of the state it ends at.</param>
/// <param name="Part">What it says.</param>
/// <param name="Texts">Its text.</param>
internal sealed record DrawnArrow(string From, string To, IReadOnlyList<Spot> Points, ArrowPart? Part, IReadOnlyList<DrawnText> Texts);

/// <summary>A picture whose parts all have their places.</summary>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Boxes">The boxes, each superstate before what is inside it.</param>
/// <param name="Arrows">The arrows.</param>
internal sealed record Drawing(double Width, double Height, IReadOnlyList<DrawnBox> Boxes, IReadOnlyList<DrawnArrow> Arrows)
{
    private const double Apart = 20;

    /// <summary>Pictures as one: below each other where each runs to the right, else side by side.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="direction">Which way each of them runs.</param>
    public static Drawing Beside(IReadOnlyList<Drawing> pictures, DiagramDirection direction)
    {
        var (at, all) = (new Spot(0, 0), new Drawing(0, 0, [], []));
        foreach (var one in pictures)
        {
            var moved = one.Moved(at);
            var (width, height) = (Math.Max(all.Width, at.X + one.Width), Math.Max(all.Height, at.Y + one.Height));
            all = new(width, height, [.. all.Boxes, .. moved.Boxes], [.. all.Arrows, .. moved.Arrows]);
            at =
                direction is DiagramDirection.LeftToRight
                    ? at with
                    {
                        Y = at.Y + one.Height + Apart,
                    }
                    : at with
                    {
                        X = at.X + one.Width + Apart,
                    };
        }

        return all;
    }

    /// <summary>The same picture further to the right and down.</summary>
    /// <param name="by">How far.</param>
    public Drawing Moved(Spot by) => this with
    {
        Boxes = [.. Boxes.Select(box => box with
        {
            Frame = box.Frame with { X = box.Frame.X + by.X, Y = box.Frame.Y + by.Y },
            Texts = Moved(box.Texts, by),
        })],
        Arrows = [.. Arrows.Select(arrow => arrow with
        {
            Points = [.. arrow.Points.Select(point => new Spot(point.X + by.X, point.Y + by.Y))],
            Texts = Moved(arrow.Texts, by),
        })],
    };

    private static List<DrawnText> Moved(IEnumerable<DrawnText> texts, Spot by) =>
        [.. texts.Select(text => text with { X = text.X + by.X, Y = text.Y + by.Y })];
}
