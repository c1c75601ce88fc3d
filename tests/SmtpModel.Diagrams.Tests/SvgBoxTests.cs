using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Diagrams.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Reports.Tests.Support;

namespace SmtpModel.Diagrams.Tests;

/// <summary>Every SVG as a browser really draws it, with fonts as different as viewers have.</summary>
public sealed class SvgBoxTests
{
    private static readonly string Script = Resource("overlaps.js");

    public static bool HasBrowser => Browser.IsHere;

    private const string Fullest = "--clauses --refusals";

    private const string Unfit =
        "document.querySelectorAll('text').forEach(text => { text.removeAttribute('textLength'); text.removeAttribute('lengthAdjust'); });";

    // as many as the browser draws within a second or two
    private const int Together = 20;

    private static readonly (string Words, DiagramOptions Options)[] Looks =
    [
        ("", new()),
        ("--direction down", new() { Direction = DiagramDirection.TopDown }),
        ("--direction right", new() { Direction = DiagramDirection.LeftToRight }),
        (Fullest, new() { Clauses = true, Refusals = true }),
        ("painted", new() { Refusals = true, Paint = Painted }),
    ];

    // drawn once for all fonts
    private static readonly Lazy<IReadOnlyList<(string Name, string Svg)>> Pictures = new(() =>
        [.. (from profile in Machines.All
             from aspect in Enum.GetValues<DiagramAspect>()
             from look in Looks
             select ($"{profile} {aspect} {look.Words}", Svg: SvgDiagram.Write(profile.Table, look.Options with { Aspect = aspect })))
            .DistinctBy(one => one.Svg)]);

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(nameof(Fonts.Wide))]
    [InlineData(nameof(Fonts.Narrow))]
    [InlineData(nameof(Fonts.WideUnfitted))]
    public async Task No_text_leaves_its_box_or_lies_on_a_line_or_a_text_and_each_arrow_ends_on_its_state(string name)
    {
        var fonts = Enum.Parse<Fonts>(name);
        await using var browser = await FontPage.OpenAsync(fonts);
        var faults = new List<string>();
        // with one kind of font all of them, with the others those that have most in them
        var looked = Pictures.Value.Where(one => fonts is Fonts.Wide || one.Name.EndsWith(Fullest, StringComparison.Ordinal));
        foreach (var some in looked.Chunk(Together))
        {
            var found = await FaultsAsync(browser, fonts, [.. some.Select(one => one.Svg)]);
            faults.AddRange(some.Zip(found).SelectMany(pair => pair.Second.Select(fault => $"{pair.First.Name}: {fault}")));
        }

        Assert.True(faults.Count == 0, $"{faults.Count} overlaps with the fonts '{fonts}':\n{string.Join('\n', faults.Take(40))}");
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task Each_fault_is_found_in_a_picture_that_has_it()
    {
        const string Good = """
            <svg width="400" height="200"><g class="state" data-state="A"><rect x="10" y="10" width="100" height="30"/>
            <text x="20" y="30">A</text></g>
            <g class="state" data-state="B"><rect x="10" y="110" width="100" height="30"/><text x="20" y="130">B</text></g>
            <g class="arrow" data-from="A" data-to="B"><path d="M60,40 V102"/><polygon points="60,110 56,101 64,101"/>
            <text x="70" y="80">on</text></g></svg>
            """;
        await using var browser = await FontPage.OpenAsync(Fonts.Wide);

        Assert.Empty((await FaultsAsync(browser, Fonts.Wide, Good))[0]);
        foreach (
            var (was, isNow, fault) in new[]
            {
                ("y=\"30\">A", "y=\"30\">A long name that does not fit", "a text leaves its box"),
                ("x=\"70\" y=\"80\"", "x=\"55\" y=\"80\"", "a text lies on a line"),
                ("x=\"70\" y=\"80\"", "x=\"104\" y=\"45\"", "a text lies on a border"),
                ("x=\"70\" y=\"80\"", "x=\"20\" y=\"30\"", "a text lies on a text"),
                ("x=\"70\" y=\"80\"", "x=\"40\" y=\"30\"", "a text lies in a box that is not its own"),
                ("V102", "V125", "a line runs through a box"),
                ("60,110 56,101", "60,105 56,101", "an arrow does not end on B"),
                ("M60,40", "M60,50", "an arrow does not begin on A"),
                ("V102", "V80", "the head of an arrow is not at its line"),
                ("x=\"70\" y=\"80\"", "x=\"62\" y=\"108\"", "a text lies on the head of an arrow"),
            }
        )
        {
            Assert.Contains((await FaultsAsync(browser, Fonts.Wide, Good, Good.Replace(was, isNow, StringComparison.Ordinal)))[1], found =>
                found.StartsWith(fault, StringComparison.Ordinal)
            );
        }
    }

    // what is wrong in each picture. All are drawn in one go: a browser that is asked for each by itself paints each
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> FaultsAsync(Browser browser, Fonts fonts, params string[] svgs)
    {
        var bodies = svgs.Select(svg => svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]);
        var found = (JsonArray)(
            await browser.EvaluateAsync(
                $$"""
                document.querySelector('p')?.remove();
                {{JsonSerializer.Serialize(bodies)}}.map(body => {
                  document.querySelector('main').innerHTML = body;
                  {{(fonts is Fonts.WideUnfitted ? Unfit : "")}}
                  return (
                    {{Script}}
                  );
                })
                """
            )
        )!;
        return [.. found.Select(faults => (IReadOnlyList<string>)[.. faults!.AsArray().Select(fault => (string)fault!)])];
    }

    // a colour for each code; odd ones are dashed
    private static EdgePaint Painted(IReadOnlyList<Edge> edges) => new($"#000{edges[0].Exchange.Code}", edges[0].Exchange.Code % 2 == 1);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SvgBoxTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
