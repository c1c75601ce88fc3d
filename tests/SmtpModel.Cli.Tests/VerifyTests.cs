using System.Text.Json;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Spec.Tests.Verification;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel verify</c>, on the profiles and on machines that are broken in a line or two.</summary>
public sealed partial class VerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // one for each machine: that each property is seen to fail is a matter of the specification's tests
    public static TheoryData<string> Broken { get; } =
        [.. BrokenMachine.All.DistinctBy(machine => machine.Profile.Name).Select(machine => machine.Property)];

    [Theory]
    [InlineData("help-verify", "verify --help")]
    [InlineData("help-export", "export --help")]
    [InlineData("help-generate", "generate --help")]
    [InlineData("verify", "verify")]
    public async Task The_output_is_the_one_that_was_looked_at(string file, string arguments)
    {
        var run = (await Smtpmodel.RunAsync(arguments.Split(' '))).EndsWith(ExitCodes.Fine);

        Assert.Equal("", run.Error);
        Kept.Golden(file + ".txt", Time().Replace(run.Out, "in TIME s"));
    }

    [Theory]
    [InlineData("data-after-rcpt")]
    [InlineData("no-path-from-elsewhere")]
    [InlineData("one-reply")]
    [InlineData("can-be-ended")]
    [InlineData("parameter-after-EHLO")]
    [InlineData("group-as-in-lockstep")]
    public async Task The_report_of_a_broken_machine_is_the_one_that_was_looked_at(string property)
    {
        var run = (await Smtpmodel.RunAsync("verify", "--model", Machine(property))).EndsWith(ExitCodes.Failure);

        Kept.Golden($"verify-{property}.txt", Time().Replace(run.All, "in TIME s"));
    }

    [Theory, MemberData(nameof(Broken))]
    public async Task A_broken_machine_ends_with_1_and_its_property_is_named_with_its_clause_and_a_session(string property)
    {
        var run = (await Smtpmodel.RunAsync("verify", "--model", Machine(property))).EndsWith(ExitCodes.Failure);

        run.Says(
            $"VIOLATED: {BrokenMachine.Of(property).Profile}, {property} ({Properties.All.Single(one => one.Name == property).Clause})",
            "    X "
        );
    }

    [Fact]
    public async Task What_RFC_5321_3_3_only_tolerates_is_followed_when_asked_for()
    {
        var run = (await Smtpmodel.RunAsync("verify", "--profile", "rfc5321", "--tolerated")).EndsWith(ExitCodes.Failure);

        run.Says("tolerated exchanges too", "VIOLATED: rfc5321, data-after-rcpt", "DataTooEarly");
    }

    [Fact]
    public async Task As_JSON_it_says_the_same()
    {
        var run = (await Smtpmodel.RunAsync("verify", "--model", Machine("data-after-rcpt"), "--format", "json")).EndsWith(
            ExitCodes.Failure
        );

        var report = JsonDocument.Parse(run.Out).RootElement[0];
        var properties = report
            .GetProperty("properties")
            .EnumerateArray()
            .ToDictionary(property => property.GetProperty("name").GetString()!);
        Assert.False(report.GetProperty("proved").GetBoolean());
        Assert.Equal(7, report.GetProperty("states").GetInt32());
        Assert.Equal(Properties.All.Select(property => property.Name), properties.Keys);
        Assert.Equal("violated", properties["data-after-rcpt"].GetProperty("verdict").GetString());
        Assert.Equal(8, properties["data-after-rcpt"].GetProperty("counterexample").GetArrayLength());
        Assert.Equal("holds", properties["one-reply"].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_machine_from_JSON_is_verified_as_the_profile_it_came_from()
    {
        var file = Path.Combine(_folder.Path, "machine.json");
        (await Smtpmodel.RunAsync("export", "--profile", "rfc5321", "--format", "json", "--output", file)).EndsWith(ExitCodes.Fine);

        var read = (await Smtpmodel.RunAsync("verify", "--model", file)).EndsWith(ExitCodes.Fine);
        var own = (await Smtpmodel.RunAsync("verify", "--profile", "rfc5321")).EndsWith(ExitCodes.Fine);

        Assert.Equal(Time().Replace(own.Out, ""), Time().Replace(read.Out, ""));
    }

    [Fact]
    public async Task A_machine_that_contradicts_itself_is_reported_and_not_explored()
    {
        var file = Path.Combine(_folder.Path, "machine.json");
        await File.WriteAllTextAsync(
            file,
            MachineJson.Write(Profiles.Rfc821).Replace("\"final\": \"Closed\"", "\"final\": \"Opening\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        (await Smtpmodel.RunAsync("verify", "--model", file)).EndsWith(ExitCodes.Failure).Says("VIOLATED: rfc821, readable", "SMTP000");
        (await Smtpmodel.RunAsync("export", "--format", "tla", "--model", file))
            .EndsWith(ExitCodes.Usage)
            .Says("the machine cannot be used");
    }

    [Fact]
    public async Task Machines_and_properties_of_an_assembly_are_used()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "SmtpModel.Spec.dll");

        var run = (await Smtpmodel.RunAsync("verify", "--assembly", assembly)).EndsWith(ExitCodes.Fine);

        run.Says([.. Profiles.All.Select(profile => $"{profile.Name}: "), "data-after-rcpt"]);
        (await Smtpmodel.RunAsync("verify", "--assembly", assembly, "--profile", "rfc821")).EndsWith(ExitCodes.Fine).Says("rfc821: ");
    }

    [Theory]
    [InlineData("verify --profile rfc822", "there is no profile 'rfc822'; did you mean 'rfc821'? There are rfc821, rfc5321")]
    [InlineData("verify --model NOFILE", "--model ", "NOFILE")]
    [InlineData("verify --model BAD", "$.edges[0].rule: there is no rule 'R99'")]
    [InlineData("verify --model BAD --profile rfc821", "leave out --profile")]
    [InlineData("verify --assembly BAD", "--assembly ")]
    [InlineData("verify --assembly NOFILE", "--assembly ", "NOFILE")]
    [InlineData("verify --assembly EMPTY", "no public static member of the type SmtpModel.Machines.Profile")]
    [InlineData("verify --format xml", "xml")]
    [InlineData("export", "--format")]
    [InlineData("export --format uml", "uml")]
    [InlineData("export --format json --assembly SPEC", "one machine is needed", "rfc821 or rfc5321")]
    [InlineData("generate", "which machine?")]
    [InlineData("generate --model UNSOUND", "not sound", "SMTP005")]
    [InlineData("generate --profile rfc821 --namespace 1.2", "'1.2' is no namespace of C#")]
    [InlineData("generate --profile rfc821 --name class", "'class' is no name of C#")]
    [InlineData("generate --profile rfc821 --output NOFILE/x", "--output ")]
    public async Task What_is_wrong_with_a_command_line_is_said_with_exit_code_2(string arguments, params string[] says)
    {
        var good = MachineJson.Write(Profiles.Rfc821);
        var files = new Dictionary<string, string>
        {
            ["NOFILE"] = Path.Combine(_folder.Path, "NOFILE"),
            ["BAD"] = Write(
                "bad.json",
                good.Replace("\"to\":\"Closed\",\"rule\":\"R2\"", "\"to\":\"Closed\",\"rule\":\"R99\"", StringComparison.Ordinal)
            ),
            ["UNSOUND"] = Machine("can-be-ended"),
            ["EMPTY"] = Path.Combine(AppContext.BaseDirectory, "SmtpModel.Protocol.dll"),
            ["SPEC"] = Path.Combine(AppContext.BaseDirectory, "SmtpModel.Spec.dll"),
        };
        var words = arguments
            .Split(' ')
            .Select(word =>
                files.Aggregate(word, (text, file) =>
                    text.StartsWith(file.Key, StringComparison.Ordinal) ? file.Value + text[file.Key.Length..] : text
                )
            )
            .ToArray();

        var run = (await Smtpmodel.RunAsync(words)).EndsWith(ExitCodes.Usage);

        Assert.Equal("", run.Out);
        run.Says(says);
    }

    public void Dispose() => _folder.Dispose();

    private string Machine(string property)
    {
        var broken = BrokenMachine.Of(property);
        return Write(property + ".json", broken.Json(broken.Profile));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex(@"in [\d.]+ s")]
    private static partial Regex Time();
}
