using System.Reflection;
using System.Text.RegularExpressions;
using static SmtpModel.Machines.Tests.Lamp;

namespace SmtpModel.Machines.Tests;

/// <summary>SMTP000: a specification that cannot even be flattened is reported like any other fault.</summary>
public class UnusableSpecificationTests
{
    [Fact]
    public void SMTP000_bounds_that_are_never_named()
    {
        var profile = new Profile("broken", "no bounds", new ProfilePart(static _ => { }, m => m.Configure(Dark)));

        Reports(profile, "broken", "Bounds(...)");
    }

    [Fact]
    public void SMTP000_a_command_that_is_put_in_order_but_has_no_row()
    {
        var jump = new Command("JUMP", InputKind.Line, [], []);

        Reports(With(m => m.Configure(Lit).Accept(jump, null, L1, refused: L4)), "JUMP", "Command(...)");
    }

    [Fact]
    public void SMTP000_a_command_that_is_put_out_of_order_but_has_no_row()
    {
        var jump = new Command("JUMP", InputKind.Line, [], []);

        Reports(With(m => m.Configure(Lit).OutOfOrder([503], L4, [jump])), "JUMP", "Command(...)");
    }

    [Fact]
    public void SMTP000_a_rule_that_is_used_but_never_stated()
    {
        var unheard = new Rule("L9", Manual("9"), Level.Must, "Nobody stated this.");

        Reports(With(m => m.Configure(Lit).Permit([ON / 200], null, unheard)), "L9", "State(...)");
    }

    [Fact]
    public void SMTP000_bounds_of_one_state_only()
    {
        Reports(With(m => m.Vocabulary.Bounds(Dark, Dark, DROP)), "Dark", "Bounds(...)");
    }

    [Fact]
    public void Every_check_there_is_has_a_test_that_sees_it_fire()
    {
        var tests = typeof(UnusableSpecificationTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => Regex.Match(method.Name, "^SMTP[0-9]{3}"))
            .Where(match => match.Success)
            .Select(match => match.Value)
            .ToHashSet();
        var sources = Directory
            .GetFiles(Path.Combine(RepositoryRoot(), "src", "SmtpModel.Machines"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var checks = sources
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(SMTP[0-9]{3})\""))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        Assert.Equal(Enumerable.Range(0, checks.Count).Select(number => $"SMTP{number:D3}"), checks.Order(StringComparer.Ordinal));
        Assert.Empty(checks.Except(tests));
    }

    private static void Reports(Profile profile, params string[] words)
    {
        var diagnostic = Assert.Single(SoundnessCheck.Run(profile));
        Assert.Equal(("SMTP000", "broken"), (diagnostic.Id, diagnostic.Profile));
        Assert.All(words, word => Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal));
        // what shows only when the parts are put together has no place of its own
        Assert.StartsWith(
            diagnostic.Place == SourcePlace.Unknown
                ? "spec(0,1): error SMTP000: [broken] "
                : $"{diagnostic.Place.File}({diagnostic.Place.Line},1): error SMTP000: [broken] ",
            diagnostic.ToString(),
            StringComparison.Ordinal
        );
    }

    private static string RepositoryRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
