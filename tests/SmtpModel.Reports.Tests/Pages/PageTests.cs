using System.Text.Json.Nodes;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests.Pages;

/// <summary>The page as a browser shows it.</summary>
public sealed class PageTests
{
    public static bool HasBrowser => Browser.IsHere;

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task The_page_of_one_server_tells_its_verdict_at_a_glance_and_draws_no_complaint()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        await using var browser = await OpenAsync([server]);
        await Look.AtAsync(browser, "one");
        foreach (var part in (string[])["clauses", "machine", "failures", "evidence"])
        {
            await browser.EvaluateAsync($"document.getElementById('{part}').scrollIntoView()");
            await Look.AtAsync(browser, $"one-{part}");
        }

        Assert.Equal(
            $"127.0.0.1:2526 breaks {server.Count(CaseVerdict.Fail)} requirements",
            await browser.EvaluateAsync<string>("document.querySelector('h1').lastChild.textContent")
        );
        Assert.Equal(server.Count(CaseVerdict.Fail), await browser.EvaluateAsync<int>("document.querySelectorAll('.failures li').length"));
        Assert.Equal(server.Cases.Count, await browser.EvaluateAsync<int>("document.querySelectorAll('.cases tbody tr').length"));
        Assert.Equal(
            $"{server.Count(CaseVerdict.Fail)} fail {server.Count(CaseVerdict.NonStrict)} not strict 1 info "
                + $"{server.Count(CaseVerdict.Pass)} pass {server.Count(CaseVerdict.NotApplicable)} not applicable",
            await browser.EvaluateAsync<string>("document.querySelector('.counts').innerText.replace(/\\s+/g, ' ')")
        );
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task Filters_leave_what_was_asked_for_and_give_all_back()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        await using var browser = await OpenAsync([server]);

        await browser.EvaluateAsync("document.querySelector('input[value=fail]').click()");
        Assert.Equal(server.Count(CaseVerdict.Fail), await ShownAsync(browser));
        Assert.Equal(
            $"{server.Count(CaseVerdict.Fail)} of {server.Cases.Count} cases",
            await browser.EvaluateAsync<string>("document.querySelector('output').value")
        );

        await browser.EvaluateAsync("document.querySelector('input[value=SHOULD]').click()");
        Assert.Equal(
            server.Cases.Count(one => one is { Verdict: CaseVerdict.Fail, Level: Machines.Level.Should }),
            await ShownAsync(browser)
        );

        await browser.EvaluateAsync(
            "new Promise(done => { document.querySelector('button[type=reset]').click(); setTimeout(done, 50); })"
        );
        Assert.Equal(0, await ShownAsync(browser));
        Assert.Equal($"{server.Cases.Count} cases", await browser.EvaluateAsync<string>("document.querySelector('output').value"));

        await TypeAsync(browser, "mail-OUT of-order");
        Assert.Equal(server.Cases.Count(one => one.Id.Contains("MAIL-out-of-order", StringComparison.Ordinal)), await ShownAsync(browser));

        await TypeAsync(browser, "");
        await browser.EvaluateAsync(
            "{ const section = document.querySelector('select'); section.value = 'RFC 5321 4.2'; section.dispatchEvent(new Event('input', "
                + "{ bubbles: true })); }"
        );
        Assert.Equal(server.Cases.Count(one => one.Clause == "RFC 5321 4.2"), await ShownAsync(browser));
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task A_cell_opens_its_transcripts_by_mouse_and_by_keyboard()
    {
        await using var browser = await OpenAsync([ServerReport.Of(await Sample.FaultyAsync())]);

        await browser.EvaluateAsync("document.querySelector('a.cell.v-fail').click()");
        Assert.True(await browser.EvaluateAsync<bool>("document.querySelector('dialog').open"));
        var text = await browser.EvaluateAsync<string>("document.querySelector('dialog').innerText");
        Assert.Contains("RCPT TO:<", text, StringComparison.Ordinal);
        Assert.Contains("250 2.1.5 Ok", text, StringComparison.Ordinal);
        Assert.Contains("RFC 5321 3.3, E4, MUST", text, StringComparison.Ordinal);
        Assert.Contains("smtpmodel replay ", text, StringComparison.Ordinal);
        Assert.Contains("nc 127.0.0.1 2526", text, StringComparison.Ordinal);
        await Look.AtAsync(browser, "one-dialog");

        await browser.PressAsync("Escape", 27);
        Assert.False(await browser.EvaluateAsync<bool>("document.querySelector('dialog').open"));
        await browser.EvaluateAsync("document.querySelector('a.cell.v-nonstrict').focus()");
        await browser.PressAsync("Enter", 13);
        Assert.True(await browser.EvaluateAsync<bool>("document.querySelector('dialog').open"));
        Assert.Contains(
            "502 5.5.2 Error",
            await browser.EvaluateAsync<string>("document.querySelector('dialog').innerText"),
            StringComparison.Ordinal
        );
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task Each_cell_of_the_machine_leads_to_the_evidence_of_all_its_cases()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        await using var browser = await OpenAsync([server]);

        var ids = await browser.EvaluateAsync(
            "[...document.querySelectorAll('a.cell')].flatMap(cell => cell.dataset.cases.split(' ')).map(id => "
                + "document.getElementById(id).querySelector('.id').textContent)"
        );

        Assert.Equal(
            server.Cases.Where(one => one.State is not null || one.Command is not null).Select(one => one.Id).Order(),
            ids!.AsArray().Select(id => (string)id!).Order()
        );
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task Several_servers_are_a_matrix_that_can_be_cut_down_to_where_they_differ()
    {
        ServerReport[] servers =
        [
            ServerReport.Of(await Sample.GoodAsync()),
            ServerReport.Of(await Sample.FaultyAsync()),
            ServerReport.Of(await Sample.HostileAsync()),
        ];
        await using var browser = await OpenAsync(servers, isDark: true);
        await Look.AtAsync(browser, "several");

        Assert.Equal(
            "2 of 3 servers break a requirement",
            await browser.EvaluateAsync<string>("document.querySelector('h1').lastChild.textContent")
        );
        Assert.Equal(3, await browser.EvaluateAsync<int>("document.querySelector('.cases tbody tr').querySelectorAll('td').length"));
        await browser.EvaluateAsync("document.querySelector('input[name=differs]').click()");
        var differ = servers[0]
            .Cases.Select(one => one.Id)
            .Count(id => servers.Select(server => server.Cases.Single(one => one.Id == id).Verdict).Distinct().Count() > 1);
        Assert.Equal(differ, await ShownAsync(browser));
        await browser.EvaluateAsync("document.getElementById('clauses').scrollIntoView()");
        await Look.AtAsync(browser, "several-filtered");
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task What_a_hostile_server_says_is_shown_and_not_run()
    {
        var clean = ServerReport.Of(await Sample.HostileAsync());
        // whatever can come from a server or a file, and not only where a server can put it
        var raw = clean with
        {
            Target = Sample.Hostile,
            ProfileTitle = Sample.Hostile,
            Extensions = [Sample.Hostile],
            Notes = [Sample.Hostile],
            Cases =
            [
                .. clean.Cases.Select(one =>
                    one with
                    {
                        Requirement = one.Requirement + Sample.Hostile,
                        Reason = Sample.Hostile,
                        Asks = Sample.Hostile,
                        Section = Sample.Hostile,
                    }
                ),
            ],
        };
        await using var browser = await OpenAsync([raw]);
        await browser.EvaluateAsync("document.querySelector('a.cell.v-fail').click()");
        await Look.AtAsync(browser, "hostile");

        Assert.True(await browser.EvaluateAsync<bool>("window.owned === undefined"));
        Assert.Equal(0, await browser.EvaluateAsync<int>("document.images.length"));
        Assert.Equal(1, await browser.EvaluateAsync<int>("document.scripts.length"));
        Assert.Contains(
            Sample.HostileShown,
            await browser.EvaluateAsync<string>("document.querySelector('dialog').textContent"),
            StringComparison.Ordinal
        );
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task The_policy_of_the_page_stops_scripts_that_are_not_its_own()
    {
        var page = HtmlReport.Page([ServerReport.Of(await Sample.GoodAsync())], _ => new Markup(
            "<script>window.owned=1</script><img src=x onerror='window.owned=2'>"
        ));
        await using var browser = await Browser.OpenAsync(page);

        Assert.True(await browser.EvaluateAsync<bool>("window.owned === undefined"));
        Assert.Contains(browser.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task Without_JavaScript_all_can_be_read_and_links_lead_to_the_evidence()
    {
        await using var browser = await OpenAsync([ServerReport.Of(await Sample.FaultyAsync())], hasScript: false);
        await Look.AtAsync(browser, "no-script");

        // the test may still ask the page, which runs nothing of its own
        Assert.True(await browser.EvaluateAsync<bool>("document.querySelector('.filters').hidden"));
        Assert.Equal(
            0,
            await browser.EvaluateAsync<int>(
                "[...document.querySelectorAll('a.case, a.cell')].filter(link => !document.getElementById(link.hash.slice(1))).length"
            )
        );
        await browser.EvaluateAsync("location.hash = document.querySelector('a.cell.v-fail').hash");
        Assert.True(
            await browser.EvaluateAsync<bool>(
                "document.querySelector('.store').open && document.querySelector(':target').innerText.includes('not allowed')"
            )
        );
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_text_has_the_contrast_that_WCAG_asks_for(bool isDark)
    {
        var faulty = ServerReport.Of(await Sample.FaultyAsync());
        var known = new Deviations([new Deviation(faulty.Failures.First().Id, "upstream")])
            .Apply([faulty], new DateOnly(2026, 11, 24))
            .Servers[0];
        await using var browser = await OpenAsync(
            [known with { Cases = [known.Cases[0] with { Verdict = CaseVerdict.Inconclusive }, .. known.Cases.Skip(1)] }],
            isDark: isDark
        );

        var faint = await browser.EvaluateAsync(Texts.Faint);

        Assert.Equal("[]", faint!.ToJsonString());
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(1400)]
    [InlineData(390)]
    public async Task Texts_keep_to_their_boxes_and_none_lies_on_another(int width)
    {
        ServerReport[] servers = [ServerReport.Of(await Sample.FaultyAsync()), ServerReport.Of(await Sample.HostileAsync())];
        foreach (var shown in (IReadOnlyList<ServerReport>[])[[servers[0]], servers])
        {
            await using var browser = await OpenAsync(shown, width: width);
            await browser.EvaluateAsync("document.querySelectorAll('details').forEach(part => { part.open = true; })");
            foreach (var font in (string[])["DejaVu Sans", "Liberation Sans Narrow"])
            {
                await browser.EvaluateAsync(
                    $"{{ const sheet = new CSSStyleSheet(); sheet.replaceSync('* {{ font-family: \"{font}\" !important }}'); "
                        + $"document.adoptedStyleSheets = [sheet]; }}"
                );
                var faults = (JsonArray)(await browser.EvaluateAsync(Texts.Faults))!;

                Assert.True(faults.Count == 0, $"{shown.Count} servers, {width} pixels, {font}:\n{string.Join('\n', faults)}");
            }
        }
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(
        "<p style='width:3em;border:1px solid;white-space:nowrap'>much too long for it</p>",
        "leaves its box: much too long for it"
    )]
    [InlineData("<p style='margin:0'>one</p><p style='margin:-1em 0 0'>two</p>", "on each other: one | two")]
    [InlineData("<p style='width:3em;border:1px solid;white-space:nowrap;overflow:auto'>much too long for it</p>", "")]
    public async Task A_text_that_does_not_keep_to_its_place_is_found(string body, string fault)
    {
        await using var browser = await Browser.OpenAsync($"<!doctype html><body>{body}</body>");

        Assert.Equal(fault, string.Join('\n', (JsonArray)(await browser.EvaluateAsync(Texts.Faults))!));
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task On_a_narrow_screen_only_what_is_wide_scrolls_sideways()
    {
        ServerReport[] servers = [ServerReport.Of(await Sample.GoodAsync()), ServerReport.Of(await Sample.HostileAsync())];
        await using var browser = await OpenAsync(servers, width: 390);
        await Look.AtAsync(browser, "narrow");

        Assert.Equal(390, await browser.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task<Browser> OpenAsync(
        IReadOnlyList<ServerReport> servers,
        bool isDark = false,
        bool hasScript = true,
        int width = 1280
    ) => await Browser.OpenAsync(HtmlReport.Write(servers), width: width, isDark: isDark, hasScript: hasScript);

    private static Task<int> ShownAsync(Browser browser) =>
        browser.EvaluateAsync<int>("[...document.querySelectorAll('.cases tbody tr')].filter(row => row.checkVisibility()).length");

    private static Task<JsonNode?> TypeAsync(Browser browser, string text) =>
        browser.EvaluateAsync(
            $"{{ const field = document.querySelector('input[type=search]'); field.value = '{text}'; field.dispatchEvent(new "
                + $"Event('input', {{ bubbles: true }})); }}"
        );
}
