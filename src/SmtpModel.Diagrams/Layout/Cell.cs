namespace SmtpModel.Diagrams;

/// <summary>A state or superstate while its place is being found; the outermost one is the picture itself.</summary>
internal sealed class Cell
{
    private const int Width = 34;
    private const int TitleWidth = 48;

    private Cell(Node? node, Cell? parent, int depth) => (Node, Parent, Depth) = (node, parent, depth);

    /// <summary>The state; null for the picture.</summary>
    public Node? Node { get; }

    public Cell? Parent { get; }

    public int Depth { get; }

    public List<Cell> Children { get; } = [];

    /// <summary>The name of the state.</summary>
    public string Name => Node!.State.Name;

    /// <summary>Whether a session starts here.</summary>
    /// <param name="picture">The picture.</param>
    public bool IsStart(Picture picture) => picture.Start is { } start && Node?.State == start;

    /// <summary>Whether it has a border with states inside.</summary>
    public bool IsGroup => Node is null or { IsSuperstate: true };

    /// <summary>What is written on a state; the title of a superstate.</summary>
    public TextBlock Title { get; private init; } = TextBlock.Empty;

    /// <summary>What holds in all of a superstate.</summary>
    public TextBlock Listing { get; private init; } = TextBlock.Empty;

    /// <summary>Where lines begin and end, in the order in which they are met along the line of states.</summary>
    public List<Slot> Slots { get; } = [];

    public double Start { get; set; }

    public double End { get; set; }

    /// <summary>Where the first thing inside a superstate may begin.</summary>
    public double HeaderEnd { get; set; }

    /// <summary>How far it reaches to either side of the line of states.</summary>
    public double Low { get; set; }

    public double High { get; set; }

    /// <summary>How far a superstate's states and the texts of their lines reach; the lines turn behind that.</summary>
    public double TracksFrom { get; set; }

    public int Tracks { get; set; }

    /// <summary>The states, in the order in which they stand on the line.</summary>
    public IEnumerable<Cell> Leaves => IsGroup ? Children.SelectMany(child => child.Leaves) : [this];

    /// <summary>The superstates around it, the innermost first, and the picture.</summary>
    public IEnumerable<Cell> Around
    {
        get
        {
            for (var at = Parent; at is not null; at = at.Parent)
            {
                yield return at;
            }
        }
    }

    /// <summary>All cells inside and this one, the outermost first.</summary>
    public IEnumerable<Cell> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The cells of a picture.</summary>
    /// <param name="picture">The picture.</param>
    public static Cell Of(Picture picture)
    {
        var root = new Cell(null, null, 0);
        root.Children.AddRange(picture.Roots.Select(node => Of(node, root)));
        return root;
    }

    private static Cell Of(Node node, Cell parent)
    {
        List<IReadOnlyList<TextRun>> lines = [.. node.Notes.Select(note => (IReadOnlyList<TextRun>)[new TextRun(note)]),
            .. LabelText.PaintedListings(node, Width).Select(line => TextLook.Runs(line, null))];
        var cell = new Cell(node, parent, parent.Depth + 1)
        {
            Title = node.IsSuperstate ? TextBlock.Bold(LabelText.Wrap(node.Title, TitleWidth))
                : new TextBlock([[new TextRun(node.Title, IsBold: true)], .. lines], IsCentred: true),
            Listing = node.IsSuperstate ? new TextBlock(lines) : TextBlock.Empty,
        };
        cell.Children.AddRange(node.Children.Select(child => Of(child, cell)));
        return cell;
    }
}

/// <summary>A place on the side of a cell where a line begins or ends.</summary>
/// <param name="Wire">The line.</param>
/// <param name="IsOut">Whether it begins here.</param>
internal sealed record Slot(Wire Wire, bool IsOut)
{
    /// <summary>Where the line meets the border.</summary>
    public double At { get; set; }

    /// <summary>Where the text of the line begins.</summary>
    public double TextAt { get; set; }
}

/// <summary>A line from one cell to another.</summary>
internal sealed class Wire(Arrow arrow, ArrowPart part, Cell from, Cell to)
{
    public Arrow Arrow => arrow;

    public ArrowPart Part => part;

    public Cell From => from;

    public Cell To => to;

    /// <summary>What is written on it.</summary>
    public TextBlock Text { get; } = new([.. LabelText.Painted(part.Labels, 34).Select(line => TextLook.Runs(line, part.Kind))]);

    /// <summary>Whether it runs straight to the state that comes next.</summary>
    public bool IsStraight { get; set; }

    /// <summary>The innermost cell that both ends lie in: there the line turns.</summary>
    public Cell Lane { get; } = from.Around.First(around => to.Around.Contains(around));

    /// <summary>Which of the lane's tracks it runs on.</summary>
    public int Track { get; set; }

    public Slot Out { get; set; } = null!;

    public Slot In { get; set; } = null!;
}
