using System.Text.Json.Nodes;
using NJsonSchema;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel suite</c>: made, written, read again and certified; what is missing is noticed and named.</summary>
public sealed class SuiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Place => Path.Combine(_folder.Path, "suite.json");

    [Theory]
    [InlineData("help-suite", "suite --help")]
    [InlineData("suite", "suite --profile rfc821")]
    public async Task The_output_is_the_one_that_was_looked_at(string file, string arguments) =>
        Kept.Golden(file + ".txt", (await Smtpmodel.RunAsync(arguments.Split(' '))).EndsWith(ExitCodes.Fine).Out);

    [Theory]
    [InlineData("wp")]
    [InlineData("h")]
    [InlineData("hsi")]
    public async Task A_suite_that_was_written_is_certified_and_is_as_its_schema_says(string method)
    {
        var suite = await MadeAsync("--method", method);
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(Kept.Root, "docs", "schemas", "suite.schema.json"),
            TestContext.Current.CancellationToken
        );
        Assert.Empty(schema.Validate(suite.ToJsonString()));
        Assert.NotEmpty(schema.Validate(suite.ToJsonString().Replace("\"send\"", "\"sends\"", StringComparison.Ordinal)));

        (await CheckAsync(suite))
            .EndsWith(ExitCodes.Fine)
            .Says("complete: ", "5 states, 16 inputs, 65 transitions", "at most 2 refusals", "taken for granted: in ReceivingData");
    }

    [Fact]
    public async Task A_suite_for_a_state_more_is_certified_for_that_and_a_plain_one_is_not()
    {
        var suite = await MadeAsync("--extra-states", "1");
        (await CheckAsync(suite)).EndsWith(ExitCodes.Fine).Says("up to 6 states");
        (await CheckAsync(await MadeAsync(), "--extra-states", "1")).EndsWith(ExitCodes.Failure).Says("NOT COMPLETE for 1 state more");
    }

    [Fact]
    public async Task A_session_that_is_taken_out_is_noticed_and_the_transition_named()
    {
        var suite = await MadeAsync();
        var sessions = suite["sessions"]!.AsArray();
        // the first, the last, and one in the middle; all of them: SmtpModel.Testing.Tests
        foreach (var left in (int[])[sessions.Count - 1, sessions.Count / 2, 0])
        {
            var less = JsonNode.Parse(suite.ToJsonString())!;
            less["sessions"]!.AsArray().RemoveAt(left);
            var run = (await CheckAsync(less)).EndsWith(ExitCodes.Failure);
            run.Says("NOT COMPLETE: 1 of 65 transitions not verified");
            var last = sessions[left]!.AsArray().Select(line => line!["state"]!.ToString()).Distinct();
            Assert.Contains(last, state => run.Out.Contains($"\n  {state}, ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_report_of_a_tour_is_the_one_that_was_looked_at() =>
        Kept.Golden("suite-check-tour.txt", (await CheckAsync(await MadeAsync("--method", "tour"))).EndsWith(ExitCodes.Failure).Out);

    [Fact]
    public async Task As_JSON_it_names_the_same()
    {
        var suite = await MadeAsync();
        suite["sessions"]!.AsArray().RemoveAt(3);

        var json = JsonNode.Parse((await CheckAsync(suite, "--format", "json")).EndsWith(ExitCodes.Failure).Out)!;

        Assert.False(json["complete"]!.GetValue<bool>());
        var gap = Assert.Single(json["unverified"]!.AsArray())!;
        Assert.Equal(("RecipientsGiven", "HELO"), (gap["state"]!.ToString(), gap["input"]!.ToString()));
        Assert.Equal(["HELO", "MAIL", "RCPT"], gap["way"]!.AsArray().Select(input => input!.ToString()));
        Assert.Equal("HELO is not tried after HELO, MAIL, RCPT", gap["says"]!.ToString());
    }

    [Fact]
    public async Task Lines_may_be_no_more_than_what_is_sent_with_other_arguments()
    {
        var suite = await MadeAsync();
        var bare = new JsonObject
        {
            ["sessions"] = new JsonArray([
                .. suite["sessions"]!
                    .AsArray()
                    .Select(session => new JsonArray([
                        .. session!
                            .AsArray()
                            .Select(line =>
                                (JsonNode)
                                    line!["send"]!
                                        .ToString()
                                        .Replace("sender@example.test", "me@here.example", StringComparison.Ordinal)
                                        .ToLowerInvariant()
                            ),
                    ])),
            ]),
        };

        (await CheckAsync(bare)).EndsWith(ExitCodes.Fine).Says("complete: ");
    }

    [Fact]
    public async Task The_replies_of_a_suite_say_which_choice_of_the_server_it_is_for()
    {
        var suite = await MadeAsync();
        var lines = suite["sessions"]!
            .AsArray()
            .SelectMany(session => session!.AsArray())
            .Where(line => line!["send"]!.ToString().StartsWith("VRFY", StringComparison.Ordinal))
            .ToList();
        lines.ForEach(line => line!["reply"] = 252);
        (await CheckAsync(suite)).EndsWith(ExitCodes.Fine).Says("complete: ");

        lines.ForEach(line => line!["reply"] = 299);
        (await CheckAsync(suite)).EndsWith(ExitCodes.Failure).Says("VRFY in Connected draws 250, not 299");
    }

    [Theory]
    [InlineData("reply", "550", "HELO in Connected draws 250, not 550")]
    [InlineData("state", "\"Ready\"", "it says Ready, where the machine is in Connected")]
    [InlineData("closes", "true", "HELO in Connected leaves the channel open")]
    public async Task What_a_suite_expects_and_the_machine_does_not_do_costs_it_the_certificate(string property, string value, string says)
    {
        var suite = await MadeAsync();
        suite["sessions"]![62]!.AsArray().Insert(0, JsonNode.Parse("""{ "send": "HELO client.example.test" }"""));
        suite["sessions"]![62]![0]![property] = JsonNode.Parse(value);

        (await CheckAsync(suite)).EndsWith(ExitCodes.Failure).Says($"WRONG session 63, line 1: {says}");
    }

    [Theory]
    [InlineData("""{ "sessions": [["XYZZY"]] }""", "session 1, line 1: 'XYZZY' is no input of rfc5321; there are HELO, MAIL")]
    [InlineData(
        """{ "sessions": [["HELO a", "MAIL"]] }""",
        "session 1, line 2: 'MAIL' is refused for its argument, whatever the state, so it is no input of the machine; write MAIL "
            + "FROM:<reverse-path>"
    )]
    [InlineData("""{ "sessions": [["QUIT now"]] }""", "'QUIT now' is refused for its argument")]
    [InlineData("""{ "sessions": [["HELO a", 5]] }""", "$.sessions[0][1]: an object or a text is needed")]
    [InlineData("""{ "sessions": [[{ "reply": 250 }]] }""", "$.sessions[0][0]: the text 'send' is missing")]
    [InlineData("""{ "sessions": 5 }""", "$.sessions: a list is needed")]
    [InlineData("""{ "sessions": [], "extraStates": 9 }""", "$.extraStates: a number from 0 to 2 is needed")]
    [InlineData("""{ "sessions": [], "profile": "rfc821" }""", "it is a suite of rfc821, not of rfc5321; name its machine with --profile")]
    [InlineData("[]", "there is no list 'sessions' in it")]
    [InlineData("63 sessions, 243 commands", "line 1, column 4: this is not JSON: 's' cannot stand here")]
    public async Task What_is_no_suite_is_said_with_exit_code_2(string text, string says)
    {
        await File.WriteAllTextAsync(Place, text, TestContext.Current.CancellationToken);
        (await Smtpmodel.RunAsync("suite", "--check", Place)).EndsWith(ExitCodes.Usage).Says(says);
    }

    [Fact]
    public async Task An_empty_suite_verifies_nothing()
    {
        await File.WriteAllTextAsync(Place, """{ "sessions": [] }""", TestContext.Current.CancellationToken);
        (await Smtpmodel.RunAsync("suite", "--check", Place))
            .EndsWith(ExitCodes.Failure)
            .Says("4 of 5 states not identified", "MailGiven is not reached");
    }

    [Fact]
    public async Task A_machine_of_ones_own_has_a_suite_and_one_that_is_not_sound_has_none()
    {
        var model = Path.Combine(_folder.Path, "machine.json");
        var text = MachineJson.Write(Profiles.Rfc821);
        await File.WriteAllTextAsync(
            model,
            text.Replace("\"name\":\"domain\"", "\"name\":\"station\"", StringComparison.Ordinal)
                .Replace("\"name\": \"rfc821\"", "\"name\": \"mine\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        (await Smtpmodel.RunAsync("suite", "--model", model, "--format", "json", "--output", Place)).EndsWith(ExitCodes.Fine);
        (await Smtpmodel.RunAsync("suite", "--model", model, "--check", Place))
            .EndsWith(ExitCodes.Fine)
            .Says("mine: 5 states", "complete: ");

        await File.WriteAllTextAsync(
            model,
            text.Replace(
                "{\"from\":\"Session\",\"command\":\"QUIT\",\"codes\":[221]",
                "{\"from\":\"Session\",\"command\":\"QUIT\",\"codes\":[229]",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        (await Smtpmodel.RunAsync("suite", "--model", model)).EndsWith(ExitCodes.Usage).Says("not sound", "SMTP0");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonNode> MadeAsync(params string[] options)
    {
        (await Smtpmodel.RunAsync(["suite", "--format", "json", "--output", Place, .. options])).EndsWith(ExitCodes.Fine);
        return JsonNode.Parse(await File.ReadAllTextAsync(Place, TestContext.Current.CancellationToken))!;
    }

    private async Task<ToolRun> CheckAsync(JsonNode suite, params string[] options)
    {
        await File.WriteAllTextAsync(Place, suite.ToJsonString(), TestContext.Current.CancellationToken);
        return await Smtpmodel.RunAsync(["suite", "--check", Place, .. options]);
    }
}
