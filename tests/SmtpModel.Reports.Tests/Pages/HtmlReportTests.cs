using System.Text.RegularExpressions;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Spec;

namespace SmtpModel.Reports.Tests.Pages;

/// <summary>The page as a text.</summary>
public sealed partial class HtmlReportTests
{
    [Fact]
    public async Task A_page_loads_nothing_from_anywhere()
    {
        var page = HtmlReport.Write([ServerReport.Of(await Sample.GoodAsync())]);

        Assert.Empty(Loads().Matches(page).Select(match => match.Value));
        Assert.Contains("default-src &#39;none&#39;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_in_markup_is_text()
    {
        var server = ServerReport.Of(await Sample.GoodAsync()) with { Greeting = "220 <b>&\"'" };

        var page = HtmlReport.Page([server], _ => Markup.None);

        Assert.Contains("220 &lt;b&gt;&amp;&quot;&#39;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("220 <b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_is_not_known_is_not_drawn_and_the_page_says_so()
    {
        var server = ServerReport.Of(await Sample.GoodAsync()) with { Profile = "rfc9999" };

        var page = HtmlReport.Write([server]);

        Assert.Contains(
            "The machine is not drawn: this smtpmodel does not know the profile &#39;rfc9999&#39;. The table above shows the same "
                + "verdicts.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<table class=\"machine\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edge_has_the_colour_of_its_verdict_and_is_dashed_where_it_was_not_seen()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var table = Profiles.Rfc5321.Table;

        Assert.Equal(("#b42318", true), Painted("Ready", Rfc821.NOOP, 250));
        Assert.Equal(("#1a6b2f", false), Painted("Ready", Rfc821.MAIL, 250));
        Assert.Equal(("#1a6b2f", true), Painted("MailGiven", Rfc821.RCPT, 251));
        Assert.Equal(("#98a2b3", true), Painted("Ready", Rfc821.Any, 421));

        (string, bool) Painted(string state, Machines.Command command, int code)
        {
            var paint = MachinePicture.Paint(
                server,
                [.. table.Edges.Where(edge => edge.From.Name == state && edge.Exchange == command / code)]
            );
            return (paint.Colour, paint.IsDashed);
        }
    }

    [Fact]
    public async Task No_servers_make_no_page() =>
        Assert.Throws<ArgumentException>(() => HtmlReport.Write([]));

    // what a browser would fetch; names of namespaces in the SVG are no addresses
    [GeneratedRegex("(?:src|srcset|poster|action)=\"[^\"]*\"|<link[^>]*>|@import[^;]*|url\\([^)]*\\)|href=\"(?!#)[^\"]*\"")]
    private static partial Regex Loads();
}
