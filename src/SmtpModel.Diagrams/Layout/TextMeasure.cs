namespace SmtpModel.Diagrams;

/// <summary>
/// How wide text is, measured here and not by a font that may be missing where the picture is looked at. There are two measures: what
/// most viewers have, which text is fitted to, and the widest of the fonts in common use, which room is left for.
/// </summary>
internal static class TextMeasure
{
    /// <summary>The size of letters, in pixels.</summary>
    public const double Size = 12;

    /// <summary>The fonts that a viewer is asked for; all of them are as wide as what text is fitted to.</summary>
    public const string Fonts = "Arial, 'Liberation Sans', Helvetica, sans-serif";

    /// <summary>The height of a line, in pixels: more than any of the fonts needs.</summary>
    public const double LineHeight = 16;

    /// <summary>From the top of a line to what its letters stand on.</summary>
    public const double Ascent = 12;

    // thousandths of the size, from the space to the tilde: those of Arial, Helvetica and Liberation Sans
    private static readonly short[] Usual =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
        722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
        500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] UsualBold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778,
        722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278,
        556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    // the greater of those and the ones of DejaVu Sans, which is as wide as Verdana
    private static readonly short[] Widest =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636,
        636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787, 667, 787,
        722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278,
        579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    private static readonly short[] WidestBold =
    [
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696,
        696, 400, 400, 838, 838, 838, 611, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 556, 775, 637, 995, 837, 850, 733, 850,
        770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 556, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343,
        665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
    ];

    /// <summary>The width text is fitted to.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBold">Whether it is bold.</param>
    public static double Fitted(string text, bool isBold = false) => Width(text, isBold ? UsualBold : Usual, 556);

    /// <summary>The width that is left free for text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBold">Whether it is bold.</param>
    public static double Reserved(string text, bool isBold = false) => Width(text, isBold ? WidestBold : Widest, 850);

    // letters of other scripts and signs are taken to be as wide as they are high
    private static double Width(string text, short[] widths, int latin) =>
        text.Sum(letter => letter is >= ' ' and <= '~' ? widths[letter - ' '] : letter < '\u0250' ? latin : 1000) * Size / 1000;
}
