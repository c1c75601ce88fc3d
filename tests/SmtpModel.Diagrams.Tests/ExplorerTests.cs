using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Machines;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>The page to click through, in a real browser.</summary>
public sealed class ExplorerTests
{
    private const string Session = """
        S: 220-there
        S: 220 ready
        C: EHLO client.example
        S: 250 ok
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.test>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go on
        C: Subject: QUIT

        C: QUIT
        C: .
        S: 250 taken
        C: hello
        S: 500 what?
        C: quit
        S: 221 bye
        """;

    public static bool HasBrowser => Browser.IsHere;

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [MemberData(nameof(Names))]
    public async Task It_knows_every_exchange_of_the_table_with_its_rule_and_effects_and_no_other(string profile)
    {
        var table = Machines.All.Single(one => one.Name == profile).Table;
        await using var browser = await Browser.OpenAsync(HtmlDiagram.Write(table));
        int[] codes =
        [
            .. table
                .Edges.Select(edge => edge.Exchange.Code)
                .Concat(table.Tolerated.Select(edge => edge.Exchange.Code))
                .Append(299)
                .Append(503)
                .Distinct(),
        ];

        var known = (JsonArray)
            (
                await browser.EvaluateAsync(
                    $"lookup.machine.states.flatMap(state => lookup.machine.commands.flatMap(command => "
                        + $"{JsonSerializer.Serialize(codes)}.map(code => [state.name, command.name, code, lookup.find(state.name, "
                        + $"command.name, code)]).filter(one => one[3]).map(([from, name, code, step]) => `${{from}}: ${{name}} / "
                        + $"${{code}} -> ${{step.to}} [${{step.rule}}] ${{lookup.effectsOf(step).map(effect => `${{effect.kind}} "
                        + $"${{effect.buffer}}`).join(', ')}}`)))"
                )
            )!;

        var expected =
            from state in table.AllStates
            from use in table.Commands
            from code in codes
            let exchange = use.Command / code
            let refusal = table.OutOfOrder(state, use.Command)
            let edge = table.Find(state, exchange)
            let said = edge is not null ? (edge.To, edge.Rule, edge.Exchange.Effects)
            : refusal is not null && refusal.Codes.Contains(code) ? (state, refusal.Rule, [])
            : table.FindTolerated(state, exchange) is { } other ? (other.To, other.Rule, other.Exchange.Effects)
            : ((State, Rule?, IReadOnlyList<Effect>)?)null
            where said is not null
            select $"{state}: {use.Command} / {code} -> {said.Value.Item1} [{said.Value.Item2?.Id}] {string.Join(", ", said.Value.Item3)}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), known.Select(one => (string)one!).Order(StringComparer.Ordinal));
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task An_exchange_that_is_clicked_shows_where_it_leads_what_the_buffers_hold_and_the_clause()
    {
        await using var browser = await OpenAsync();

        await ChooseAsync(browser, "connection", 220);
        await ChooseAsync(browser, "EHLO", 250);
        await ChooseAsync(browser, "MAIL", 250);

        Assert.Equal("MailGiven", await TextAsync(browser, "#state"));
        Assert.Equal("The session goes from Ready to MailGiven.", await TextAsync(browser, "#step-way"));
        Assert.Equal("reverse-path empty clear, set held", (await TextAsync(browser, "#step-buffers tr")).Replace('\t', ' '));
        Assert.StartsWith("O5, RFC 5321 4.1.4, MUST: ", await TextAsync(browser, "#step-rule"), StringComparison.Ordinal);
        Assert.Equal(
            "MailGiven",
            await browser.EvaluateAsync<string>("[...document.querySelectorAll('.here')].map(box => box.dataset.state).join()")
        );
        Assert.Equal(
            "Ready to MailGiven",
            await browser.EvaluateAsync<string>(
                "[...document.querySelectorAll('.went')].map(arrow => `${arrow.dataset.from} to ${arrow.dataset.to}`).join()"
            )
        );

        await ChooseAsync(browser, "MAIL", 503);
        Assert.Equal("The session stays in MailGiven: the command is out of order.", await TextAsync(browser, "#step-way"));
        await browser.ClickAsync("#back");
        await browser.ClickAsync("#back");
        Assert.Equal("Ready", await TextAsync(browser, "#state"));
        await browser.ClickAsync("[data-state=ReceivingData]");
        Assert.Equal("ReceivingData", await TextAsync(browser, "#state"));
        Assert.Equal(
            "■ reverse-path is held ■ forward-path is held ■ mail data is held",
            (await TextAsync(browser, "#buffers")).ReplaceLineEndings(" ")
        );
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task All_of_it_goes_by_keyboard()
    {
        await using var browser = await OpenAsync();

        await browser.PressAsync("ArrowDown", 40);
        await browser.PressAsync("Enter", 13);
        Assert.Equal("Connected", await TextAsync(browser, "#state"));
        await browser.PressAsync("ArrowLeft", 37);
        Assert.Equal("Opening", await TextAsync(browser, "#state"));
        await browser.PressAsync("ArrowRight", 39);
        Assert.Equal("Connected", await TextAsync(browser, "#state"));
        await browser.EvaluateAsync("document.querySelector('[data-state=Ready]').focus()");
        await browser.PressAsync("Enter", 13);
        Assert.Equal("Ready", await TextAsync(browser, "#state"));
        Assert.Empty(browser.Complaints);
    }

    [Fact(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    public async Task A_transcript_that_is_pasted_is_run_also_where_commands_come_in_one_go()
    {
        await using var browser = await OpenAsync();
        await PasteAsync(browser, Session);

        Assert.Equal("Followed to its end: 8 exchanges of the machine.", await TextAsync(browser, "#verdict"));
        Assert.Equal(
            [
                "connection / 220",
                "EHLO / 250",
                "MAIL / 250",
                "RCPT / 250",
                "DATA / 354",
                "end of data / 250",
                "unknown / 500",
                "QUIT / 221",
            ],
            await StepsAsync(browser)
        );
        Assert.Equal("Closed", await TextAsync(browser, "#state"));
        await browser.ClickAsync("#session li:nth-child(5) button");
        Assert.Equal("ReceivingData", await TextAsync(browser, "#state"));
        await browser.ClickAsync("#play");
        await browser.EvaluateAsync(
            "new Promise(done => { const look = () => document.querySelector('#state').textContent === 'Closed' ? done(1) : "
                + "setTimeout(look, 50); look(); })"
        );
        await browser.ClickAsync("#write");
        await browser.ClickAsync("#run");
        Assert.Equal("Followed to its end: 8 exchanges of the machine.", await TextAsync(browser, "#verdict"));
        Assert.Empty(browser.Complaints);
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(
        "S: 220 a\nC: NOOP\nS: 299 b",
        "Line 3: in Connected, NOOP / 299 is no exchange of this machine; it has 250, 421, 501. Before it: 1 exchange of the machine."
    )]
    [InlineData(
        "S: 220 a\nC: EHLO a\nS: ok",
        "Line 3 is no reply: it begins with no code of three digits. Before it: 1 exchange of the machine."
    )]
    [InlineData("220 a", "Line 1 says neither C: nor S: before “220 a”. ")]
    [InlineData("", "There is no reply in it.")]
    [InlineData("S: 220 a\nC: QUIT", "Followed to its end: 1 exchange of the machine. Line 2 has no reply yet.")]
    [InlineData("S: 220 a\nS: 421 b", "Followed to its end: 2 exchanges of the machine.")]
    [InlineData("S: 220 a\nC: MAIL FROM:<>\nS: 503 b", "Followed to its end: 2 exchanges of the machine.")]
    public async Task What_is_wrong_in_a_transcript_is_said_with_its_line(string transcript, string words)
    {
        await using var browser = await OpenAsync();
        await browser.EvaluateAsync($"document.querySelector('#transcript').value = {JsonSerializer.Serialize(transcript)}");
        await browser.ClickAsync("#run");

        Assert.Equal(words.Trim(), await TextAsync(browser, "#verdict"));
        Assert.Empty(browser.Complaints);
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(375)]
    [InlineData(1400)]
    public async Task It_fits_the_window_and_its_texts_keep_to_their_boxes(int width)
    {
        await using var browser = await OpenAsync(width);
        await PasteAsync(browser, Session);
        await browser.ClickAsync("#session li:nth-child(3) button");
        await Look.AtAsync(browser, $"explorer-{width}", isWhole: true);

        Assert.Equal(width, await browser.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal("[]", (await browser.EvaluateAsync(Texts.Faults))!.ToJsonString());
    }

    [Theory(Skip = Browser.Missing, SkipUnless = nameof(HasBrowser))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_colours_can_be_read_by_day_and_by_night(bool isDark)
    {
        await using var browser = await OpenAsync(isDark: isDark);
        await PasteAsync(browser, Session);
        await browser.ClickAsync("#session li:nth-child(3) button");
        await Look.AtAsync(browser, $"explorer-{(isDark ? "dark" : "light")}");

        Assert.Equal("[]", (await browser.EvaluateAsync(Texts.Faint))!.ToJsonString());
    }

    private static Task<Browser> OpenAsync(int width = 1280, bool isDark = false) =>
        Browser.OpenAsync(HtmlDiagram.Write(Profiles.Rfc5321.Table), width, isDark: isDark);

    private static Task<string> TextAsync(Browser browser, string selector) =>
        browser.EvaluateAsync<string>($"document.querySelector('{selector}').innerText.trim()");

    private static async Task<IEnumerable<string>> StepsAsync(Browser browser) =>
        (
            (JsonArray)
                (
                    await browser.EvaluateAsync(
                        "[...document.querySelectorAll('#session button')].map(step => step.firstChild.textContent)"
                    )
                )!
        ).Select(step => (string)step!);

    private static async Task ChooseAsync(Browser browser, string command, int code)
    {
        await browser.EvaluateAsync(
            $"[...document.querySelectorAll('#choices li')].find(line => line.firstChild.textContent.split(' ')[0] === "
                + $"'{command}').querySelectorAll('button').forEach(one => {{ if (one.textContent.includes('{code}')) one.id = 'chosen'; "
                + $"}})"
        );
        await browser.ClickAsync("#chosen");
    }

    // through the clipboard, as a person would
    private static async Task PasteAsync(Browser browser, string text)
    {
        await browser.EvaluateAsync(
            $"{{ const box = document.querySelector('#transcript'); box.value = {JsonSerializer.Serialize(text.ReplaceLineEndings("\n"))}"
                + $"; box.focus(); }}"
        );
        foreach (var command in (string[])["selectAll", "cut", "paste"])
        {
            await browser.EditAsync(command);
        }

        await browser.EvaluateAsync(
            "new Promise(done => { const look = () => document.querySelector('#verdict').textContent ? done(1) : setTimeout(look, 20); "
                + "look(); })"
        );
    }
}
