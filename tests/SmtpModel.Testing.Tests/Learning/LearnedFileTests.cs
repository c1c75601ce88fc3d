using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>A learned file is read whole or not at all, and whatever inputs there were, it can be read.</summary>
public sealed class LearnedFileTests
{
    [Theory]
    [InlineData("EHLO,MAIL,RCPT,DATA,RSET")]
    [InlineData("NOOP")]
    [InlineData("end of data")]
    [InlineData("unknown,EHLO!")]
    [InlineData("QUIT")]
    public async Task Without_an_input_that_ends_sessions_the_machine_is_sound_all_the_same(string inputs)
    {
        var text = await LearnAsync(new LearnOptions { Inputs = inputs.Split(',') });

        var read = Assert.IsType<MachineRead>(MachineJson.Read(text));

        Assert.Equal("Closed", read.Profile.Table.Final.Name);
        Assert.Empty(SoundnessCheck.Run(read.Profile).Select(fault => fault.Message));
        Assert.Equal(inputs.Split(',').Length, LearnedJson.Read(text).Inputs.Count);
    }

    // the place, and what is wrong there
    [Theory]
    [InlineData("\"certificate\":", "\"certificates\":", "$.learned: there is no property 'certificates' here")]
    [InlineData("    \"violations\": [],\n", "", "$.learned: the property 'violations' is missing")]
    [InlineData("    \"violations\": [],", "    \"violations\": [{\"kind\":\"Same\",\"state\":\"Ready\",\"input\":\"MIAL\","
        + "\"expected\":\"250\",\"rule\":null,\"verdict\":\"Fail\",\"session\":[],\"alsoIn\":[]}],",
        "$.learned.violations[0].input: there is no input 'MIAL'")]
    [InlineData("\"notes\": []", "\"note\": []", "$.learned: there is no property 'note' here")]
    [InlineData("\"notes\": []", "\"notes\": [3]", "$.learned.notes[0]: a text is needed, not a number")]
    [InlineData("\"isWhole\":true", "\"isWhole\":false", "$.learned.certificate.isWhole: what it says does not go with")]
    [InlineData("\"extraStates\":0", "\"extraStates\":-2", "$.learned.certificate.extraStates: a whole number from -1 to")]
    [InlineData("\"certificate\": {\"states\":5", "\"certificate\": {\"states\":6",
        "$.learned.certificate.states: it says 6, and there are 5")]
    [InlineData("\"seconds\":", "\"seconds\":-9", "$.learned.certificate.seconds: a number of at least 0 is needed")]
    [InlineData("\"kind\":\"Missing\"", "\"kind\":\"7\"", "$.learned.differences[0].kind: '7' is none of Same, Missing")]
    [InlineData("\"kind\":\"Missing\"", "\"kind\":1", "$.learned.differences[0].kind: a text is needed, not a number")]
    [InlineData("\"verdict\":\"Pass\"", "\"verdict\":9", "$.learned.differences[0].verdict: a text is needed, not a number")]
    [InlineData("\"verdict\":\"Pass\"", "\"verdict\":\"0\"", "$.learned.differences[0].verdict: '0' is none of Pass, NonStrict, Fail")]
    [InlineData("\"kind\":\"Missing\",\"state\":\"Connected\"", "\"kind\":\"Missing\",\"state\":\"Conected\"",
        "$.learned.differences[0].state: there is no state 'Conected'")]
    [InlineData("\"session\":[\"", "\"session\":[\"X", "$.learned.differences[0].session[0]: 'X")]
    [InlineData("\"alsoIn\":[\"", "\"alsoIn\":[\"X", "$.learned.differences[0].alsoIn[0]: there is no state 'X")]
    [InlineData("{\"from\":\"Connected\",\"input\":\"HELO\"", "{\"from\":\"Connected\",\"input\":\"HALO\"", ": there is no input 'HALO'")]
    [InlineData("{\"from\":\"Connected\",\"input\":\"HELO\"", "{\"from\":\"Connected\",\"input\":\"NOOP\"", " is there before, at ")]
    [InlineData("{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"250\"",
        "{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"\"",
        ".output: a name is needed: not empty")]
    [InlineData("{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"250\"",
        "{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"999\"",
        ".output: 999 is no reply code")]
    [InlineData("{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"250\"",
        "{\"from\":\"Connected\",\"input\":\"HELO\",\"output\":\"hello <b>\"",
        ".output: no server draws 'hello <b>': that is a code, as 250")]
    [InlineData("{\"from\":\"Ready\",\"input\":\"NOOP\",\"output\":\"250\"",
        "{\"from\":\"Ready\",\"input\":\"NOOP\",\"output\":\"550\"",
        ": from Ready NOOP draws 550, and the edges of the machine have no NOOP / 550 there")]
    [InlineData("{\"from\":\"Ready\",\"input\":\"end of data\",\"output\":\"500\"",
        "{\"from\":\"Ready\",\"input\":\"end of data\",\"output\":\"250\"",
        ": from Ready end of data draws 250, and the edges of the machine have no unknown / 250 there")]
    [InlineData("\"session\":[\"EXPN / 550\"]", "\"session\":[\"EXPN / 551\"]",
        "$.learned.differences[0].session[0]: it draws 551, and by the transitions EXPN draws 550 from Connected")]
    [InlineData("\"base\": \"rfc5321\"", "\"base\": \"pop3\"", "$.learned.base: there is no profile 'pop3'")]
    [InlineData("\"access\":[\"EHLO\"]", "\"access\":[\"ELHO\"]", "$.learned.states[1].access[0]: there is no input 'ELHO'")]
    [InlineData("{\"name\":\"Ready\",\"like\"", "{\"name\":\"Connected\",\"like\"",
        "$.learned.states[1].name: there is a state 'Connected'")]
    [InlineData("{\"name\":\"Ready\",\"like\":\"Ready\"", "{\"name\":\"Ready\",\"like\":\"Redy\"",
        "$.learned.states[1].like: there is no state of the specification 'Redy'")]
    [InlineData("\"access\":[\"EHLO\"]", "\"access\":[\"EHLO\",\"MAIL\"]",
        "$.learned.states[1].access: the transitions lead by it to MailGiven, not to Ready")]
    [InlineData("\"isExtra\":false", "\"isExtra\":false,\"isExtra\":true", "$.learned.states[0]: the property 'isExtra' is there twice")]
    [InlineData("\"learned\": {", "\"learned\": 3, \"was\": {", "$.learned: an object is needed, not a number")]
    [InlineData("\"states\": [\n      {\"name\":\"Connected\",\"like\"", "\"states\": [\n      5, {\"name\":\"Connected\",\"like\"",
        "$.learned.states[0]: an object is needed, not a number")]
    public async Task What_is_damaged_is_named_with_its_place(string there, string instead, string why)
    {
        var text = await LearnAsync(new LearnOptions());
        Assert.Contains(there, text, StringComparison.Ordinal);
        var from = text.IndexOf("\"learned\": {", StringComparison.Ordinal);
        var at = text.IndexOf(there, from, StringComparison.Ordinal);

        var fault = Assert.Throws<FormatException>(() => LearnedJson.Read(text[..at] + instead + text[(at + there.Length)..]));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("$.learned", fault.Message, StringComparison.Ordinal);
    }

    // edges and transitions are two of one thing: what one of them says the other says too
    [Theory]
    [InlineData("{\"from\":\"MailGiven\",\"command\":\"RSET\",\"codes\":[250],\"to\":\"Ready\"",
        "{\"from\":\"MailGiven\",\"command\":\"RSET\",\"codes\":[250],\"to\":\"Connected\"",
        ": from MailGiven RSET / 250 leads to Connected, and by the transition of RSET to Ready")]
    [InlineData("{\"from\":\"Ready\",\"command\":\"RSET\",\"codes\":[250]",
        "{\"from\":\"Ready\",\"command\":\"RSET\",\"codes\":[250],\"to\":\"MailGiven\"",
        ": from Ready RSET / 250 leads to MailGiven, and by the transition of RSET to Ready")]
    [InlineData("{\"from\":\"Ready\",\"command\":\"NOOP\",\"codes\":[250]", "{\"from\":\"Ready\",\"command\":\"NOOP\",\"codes\":[250,550]",
        ": there is no transition from Ready by NOOP that draws 550")]
    [InlineData("{\"from\":\"Ready\",\"command\":\"NOOP\"", "{\"from\":\"Session\",\"command\":\"NOOP\"",
        ": there is no transition from Session")]
    [InlineData("{\"in\":\"Ready\",\"command\":\"RCPT\"", "{\"in\":\"Ready\",\"command\":\"HELP\"",
        ": from Ready RCPT draws 503, and the edges of the machine have no RCPT / 503 there")]
    [InlineData("\"codes\":[220],\"to\":\"Connected\"", "\"codes\":[220],\"to\":\"Ready\"",
        ": the greeting leads to Ready, and the first state that was learned is Connected")]
    [InlineData("\"tolerated\": []", "\"tolerated\": [{\"from\":\"Ready\",\"command\":\"NOOP\",\"codes\":[250],\"rule\":\"O4\"}]",
        "$.tolerated[0]: what a server does that was learned is an edge")]
    public async Task What_edges_and_transitions_say_otherwise_is_named_with_state_and_input(string there, string instead, string why)
    {
        var text = await LearnAsync(new LearnOptions());
        Assert.Contains(there, text, StringComparison.Ordinal);

        var fault = Assert.Throws<FormatException>(() => LearnedJson.Read(text.Replace(there, instead, StringComparison.Ordinal)));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    // machines with regions, lines of data read as commands, malformed lines, and codes of which only the first digit is known
    [Theory]
    [InlineData("rfc5321+starttls", false, null)]
    [InlineData("rfc5321+auth+8bitmime", false, null)]
    [InlineData("rfc821", true, null)]
    [InlineData("lmtp", false, null)]
    [InlineData("rfc5321", false, "EHLO,EHLO!,MAIL,MAIL!,RCPT,RCPT!,DATA,end of data,unknown")]
    public async Task What_was_written_is_read(string name, bool isAbstract, string? inputs)
    {
        var profile = Profiles.Find(name)!;
        await using var target = InMemoryTarget.Of(profile);
        var options = new LearnOptions { IsAbstract = isAbstract, Inputs = inputs?.Split(',') };
        var learned = await ServerLearning.RunAsync(profile, target, options, cancellation: TestContext.Current.CancellationToken);

        var read = LearnedJson.Read(LearnedJson.Write(learned));

        Assert.Equal(learned.Transitions, read.Transitions);
        Assert.NotEmpty(read.Transitions);
    }

    [Fact]
    public async Task Without_a_transition_nothing_is_known_whole()
    {
        var text = await LearnAsync(new LearnOptions());
        var from = text.IndexOf("\"transitions\": [", StringComparison.Ordinal);
        var to = text.IndexOf("\n    ]", from, StringComparison.Ordinal);

        var fault = Assert.Throws<FormatException>(() => LearnedJson.Read($"{text[..from]}\"transitions\": [{text[to..]}"));

        Assert.StartsWith("$.learned.transitions: there is no transition", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_is_known_no_transition_is_left_out()
    {
        var text = await LearnAsync(new LearnOptions());
        var at = text.IndexOf("{\"from\":\"Ready\",\"input\":\"NOOP\"", StringComparison.Ordinal);

        var fault = Assert.Throws<FormatException>(() => LearnedJson.Read(text[..at] + text[(text.IndexOf('{', at + 1))..]));

        Assert.StartsWith("$.learned.transitions: there is none from Ready by NOOP", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> LearnAsync(LearnOptions options)
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
        return LearnedJson.Write(await ServerLearning.RunAsync(Profiles.Rfc5321, target, options,
            cancellation: TestContext.Current.CancellationToken));
    }
}
