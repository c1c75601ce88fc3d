using SmtpModel.Reports.Tests.Support;

namespace SmtpModel.Reports.Tests.Pages;

/// <summary>The page as a browser shows it.</summary>
public sealed class PageTests
{
    public static bool HasBrowser => Browser.IsHere;

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task A_page_of_one_server_loads_without_a_complaint_and_shows_its_verdict()
    {
        await using var browser = await Browser.OpenAsync(await HtmlReport.WriteAsync([ServerReport.Of(await Sample.FaultyAsync())], cancellation: TestContext.Current.CancellationToken));

        await Look.AtAsync(browser, "one");
        foreach (var part in (string[])["clauses", "machine", "failures"])
        {
            await browser.EvaluateAsync($"document.getElementById('{part}').scrollIntoView()");
            await Look.AtAsync(browser, $"one-{part}");
        }

        await browser.EvaluateAsync("document.querySelector('.picture').scrollIntoView()");
        await Look.AtAsync(browser, "one-picture");
        await browser.EvaluateAsync("document.querySelector('.failures a').click()");
        await Look.AtAsync(browser, "one-dialog");
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task A_page_of_several_servers_is_a_matrix()
    {
        ServerReport[] servers = [ServerReport.Of(await Sample.GoodAsync()), ServerReport.Of(await Sample.FaultyAsync()), ServerReport.Of(await Sample.HostileAsync())];
        await using var browser = await Browser.OpenAsync(await HtmlReport.WriteAsync(servers, cancellation: TestContext.Current.CancellationToken), isDark: true);

        await Look.AtAsync(browser, "several");
        await browser.EvaluateAsync("document.querySelector('input[value=fail]').click()");
        await browser.EvaluateAsync("document.getElementById('clauses').scrollIntoView()");
        await Look.AtAsync(browser, "several-filtered");
        Assert.Empty(browser.Complaints);
    }
}
