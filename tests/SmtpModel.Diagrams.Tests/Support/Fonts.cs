using SmtpModel.Reports.Tests.Support;

namespace SmtpModel.Diagrams.Tests.Support;

/// <summary>What a viewer has in place of the fonts that a picture names.</summary>
internal enum Fonts
{
    /// <summary>The widest of the common fonts.</summary>
    Wide,

    /// <summary>A narrow one.</summary>
    Narrow,

    /// <summary>The widest, in a viewer that does not fit text to its length.</summary>
    WideUnfitted,
}

/// <summary>A page in a browser whose fonts are known.</summary>
internal static class FontPage
{
    /// <summary>Opens a page in which every font a picture may name is the one that is asked for, and makes sure that it is.</summary>
    public static async Task<Browser> OpenAsync(Fonts fonts, int width = 1600)
    {
        var (regular, bold, italic) =
            fonts is Fonts.Narrow
                ? ("Liberation Sans Narrow", "Liberation Sans Narrow Bold", "Liberation Sans Narrow Italic")
                : ("DejaVu Sans", "DejaVu Sans Bold", "DejaVu Sans Oblique");
        string[] names = ["Arial", "Liberation Sans", "Helvetica"];
        var faces = string.Concat(names.Select(name => $$"""
            @font-face { font-family: "{{name}}"; src: local("{{regular}}"); }
            @font-face { font-family: "{{name}}"; font-weight: bold; src: local("{{bold}}"); }
            @font-face { font-family: "{{name}}"; font-style: italic; src: local("{{italic}}"); }
            """));
        var browser = await Browser.OpenAsync($$"""
            <!doctype html><meta charset="utf-8">
            <style>{{faces}} body { margin: 0 } svg { display: block } p * { display: inline-block; white-space: nowrap }</style>
            <p><span style="font: 100px Arial">MAIL 250</span><b style="font: bold 100px Arial">MAIL 250</b>
            <i style="font: italic 100px Arial">MAIL 250</i></p><main></main>
            """,
            width
        );
        foreach (
            var (element, least, most) in (
                fonts is Fonts.Narrow
                    ? [("span", 330, 370), ("b", 330, 390), ("i", 330, 370)]
                    : new[] { ("span", 455, 500), ("b", 510, 570), ("i", 455, 500) }
            )
        )
        {
            var drawn = await browser.EvaluateAsync<double>(
                $"document.fonts.ready.then(() => document.querySelector('{element}').getBoundingClientRect().width)"
            );
            Assert.True(
                drawn >= least && drawn <= most,
                $"the {element} of the test is {drawn} pixels wide and not {least} to {most}: is the font {regular} installed (Debian: "
                    + $"fonts-dejavu-core, fonts-liberation)?"
            );
        }

        return browser;
    }
}
