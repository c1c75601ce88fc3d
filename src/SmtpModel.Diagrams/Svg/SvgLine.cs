namespace SmtpModel.Diagrams;

/// <summary>How arrows are drawn in an SVG.</summary>
internal static class SvgLine
{
    private const double Head = 9;
    private const double HalfHead = 4;
    private const double Corner = 6;

    /// <summary>The attributes of a line of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="colour">Its colour, where it is not that of the kind.</param>
    /// <param name="isDashed">Whether it is dashed, where that is not as the kind says.</param>
    public static string Look(LabelKind? kind, string? colour = null, bool? isDashed = null)
    {
        var dashes = isDashed switch
        {
            true => " stroke-dasharray=\"6 4\"",
            false => "",
            null when kind is LabelKind.Refused => " stroke-dasharray=\"6 4\"",
            null when kind is LabelKind.Closing => " stroke-dasharray=\"1.5 3.5\" stroke-width=\"1.8\"",
            null => "",
        };
        return $"fill=\"none\" stroke=\"{SvgText.Escape(colour ?? Colour(kind))}\"{dashes}";
    }

    /// <summary>The attributes of a line that several colours share: each has a piece of it in turn.</summary>
    /// <param name="colour">The colour.</param>
    /// <param name="index">Which of the colours it is.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isDashed">Whether there are gaps between the pieces.</param>
    public static string Share(string colour, int index, int count, bool isDashed)
    {
        const int Piece = 10;
        var drawn = isDashed ? Piece - 4 : Piece;
        var dashes = $"stroke-dasharray=\"{drawn} {(Piece * count) - drawn}\" stroke-dashoffset=\"{-Piece * index}\"";
        return $"fill=\"none\" stroke=\"{SvgText.Escape(colour)}\" {dashes}";
    }

    /// <summary>The colour of a line of a kind; that of a line without one.</summary>
    /// <param name="kind">The kind.</param>
    public static string Colour(LabelKind? kind) => kind is { } of ? DotStyle.Colour(of) : "#1d1f24";

    /// <summary>The path of an arrow up to its head, with round corners.</summary>
    /// <param name="points">Its corners.</param>
    public static string Path(IReadOnlyList<Spot> points)
    {
        var path = $"M{At(points[0])}";
        for (var index = 1; index < points.Count - 1; index++)
        {
            var (before, corner, after) = (points[index - 1], points[index], points[index + 1]);
            path += $" L{At(Towards(corner, before, Corner))} Q{At(corner)} {At(Towards(corner, after, Corner))}";
        }

        return $"{path} L{At(Towards(points[^1], points[^2], Head - 1))}";
    }

    /// <summary>The head of an arrow, its point on the last corner.</summary>
    /// <param name="points">The corners of the arrow.</param>
    public static string HeadOf(IReadOnlyList<Spot> points)
    {
        var (tip, back) = (points[^1], Towards(points[^1], points[^2], Head));
        var (aside, down) = tip.Y == back.Y ? (0.0, HalfHead) : (HalfHead, 0.0);
        return $"{At(tip)} {At(new(back.X - aside, back.Y - down))} {At(new(back.X + aside, back.Y + down))}";
    }

    // at most half of the way, so that two corners close to each other both have their curve
    private static Spot Towards(Spot from, Spot to, double far)
    {
        var length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
        var share = Math.Min(far, length / 2) / Math.Max(length, 0.001);
        return new Spot(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
    }

    private static string At(Spot spot) => $"{SvgText.Number(spot.X)},{SvgText.Number(spot.Y)}";
}
