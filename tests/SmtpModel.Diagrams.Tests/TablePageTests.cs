using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Diagrams.Tests.Support;
using SmtpModel.Reports.Tests.Support;

namespace SmtpModel.Diagrams.Tests;

/// <summary>The table of commands by states as a browser really shows it.</summary>
public sealed class TablePageTests
{
    public static bool HasBrowser => Browser.IsHere;

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(nameof(Fonts.Wide))]
    [InlineData(nameof(Fonts.Narrow))]
    public async Task It_fits_a_window_of_1400_pixels_and_no_text_leaves_its_cell(string fonts)
    {
        await using var browser = await FontPage.OpenAsync(Enum.Parse<Fonts>(fonts), width: 1400);
        foreach (var (profile, rows) in from profile in Spec.Profiles.All from rows in Enum.GetValues<TableRows>() select (profile, rows))
        {
            var page = HtmlTable.Write(profile.Table, rows);
            var style = page[page.IndexOf("<style>", StringComparison.Ordinal)..page.IndexOf("</style>", StringComparison.Ordinal)];
            var body = page[(page.IndexOf("<body>", StringComparison.Ordinal) + 6)..page.IndexOf("</body>", StringComparison.Ordinal)];
            await browser.EvaluateAsync(
                $"{{ document.querySelector('p')?.remove(); document.querySelector('main').innerHTML = "
                    + $"{JsonSerializer.Serialize(style + "</style>" + body)}; }}"
            );

            var faults = await browser.EvaluateAsync("""
                [...document.querySelectorAll("th, td")].flatMap(cell => {
                  const range = document.createRange();
                  range.selectNodeContents(cell);
                  const [box, text] = [cell.getBoundingClientRect(), range.getBoundingClientRect()];
                  return text.width === 0 || (text.left >= box.left && text.right <= box.right + 0.5 && text.bottom <= box.bottom + 0.5) ? [] : [cell.textContent];
                }).concat(document.documentElement.scrollWidth > 1400 ? ["the page"] : [], [...document.querySelectorAll(".scroll")].filter(part => part.scrollWidth > part.clientWidth).map(part => `the table: ${part.scrollWidth}`))
                """);

            // with a column for each command of all extensions the table is wider, and is scrolled in its own box
            var isWide = profile == Spec.Profiles.Esmtpsa && rows is TableRows.States;
            Assert.True(
                ((JsonArray)faults!).All(fault => isWide && ((string)fault!).StartsWith("the table:", StringComparison.Ordinal)),
                $"{profile} by {rows}: {faults!.ToJsonString()}"
            );
        }
    }
}
