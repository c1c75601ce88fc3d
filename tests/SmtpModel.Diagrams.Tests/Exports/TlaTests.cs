using System.Text.RegularExpressions;
using SmtpModel.Diagrams.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests.Exports;

/// <summary>
/// The TLA+ export is parsed by the TLA+ grammar of tree-sitter, which tests/tools/install.sh brings. SANY and TLC, TLA+'s own tools, are
/// not
/// to be had from a package registry that the tests may use; docs/verification.md says so.
/// </summary>
public sealed partial class TlaTests
{
    private static readonly string Parser = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "smtpmodel-tools",
        "tla",
        "parse.mjs"
    );

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task The_grammar_of_TLA_takes_it(string name)
    {
        Skip();

        Assert.Equal("ok", (await ParseAsync(Module(name))).Trim());
    }

    [Theory]
    [InlineData("Next == Send", "Next == == Send")]
    [InlineData("sent == cmd", "sent == (cmd")]
    [InlineData("Replies == {", "Replies == ")]
    public async Task The_grammar_of_TLA_would_not_take_a_module_with_a_fault(string old, string now)
    {
        Skip();
        var module = Module("rfc821");
        Assert.Contains(old, module, StringComparison.Ordinal);

        Assert.StartsWith(
            "fault",
            (await ParseAsync(module.Replace(old, now, StringComparison.Ordinal))).Trim(),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_name_that_is_used_is_defined(string name)
    {
        // a parser does not look at names; this does, apart from the words of the language and the names of bound variables and fields
        var code = Comments().Replace(Texts().Replace(Module(name), "\"\""), "");
        var defined = Definitions().Matches(code).Select(match => match.Groups[1].Value).ToHashSet();
        string[] known =
        [
            "MODULE",
            "EXTENDS",
            "Naturals",
            "VARIABLES",
            "UNCHANGED",
            "IF",
            "THEN",
            "ELSE",
            "CASE",
            "OTHER",
            "TRUE",
            "FALSE",
            "WF_vars",
            "THEOREM",
            "in",
            "cup",
            "E",
            "A",
            "_vars",
            "st",
            "was",
            "cmd",
            "code",
            "par",
            "ext",
            "BOOLEAN",
            "mark",
            "b",
            "w",
            "open",
            "x",
            "i",
            "p",
            "r",
            "does",
            "held",
            "item",
            Symbols.Plain(name),
        ];
        var fields = Fields().Matches(code).Select(match => match.Groups[1].Value);

        Assert.Empty(Identifiers().Matches(code).Select(match => match.Value).Distinct().Except(defined).Except(known).Except(fields));
    }

    [Fact]
    public void Each_property_is_an_invariant_or_a_temporal_formula_or_said_to_be_neither()
    {
        var module = Module("rfc5321");

        var invariants = Verifier
            .Verify(Profiles.Rfc5321, Properties.All)
            .Properties.Count(result => result is { Property: AbsenceProperty, Verdict: PropertyVerdict.Holds });
        Assert.Equal(invariants, Regex.Count(module, "(?m)^P_[A-Za-z0-9_]+ == "));
        Assert.Contains("T_one_reply == (sent) ~> (answered)", module, StringComparison.Ordinal);
        Assert.Contains(
            "\\* can_be_ended says what can be brought about, which no formula of TLA+ does",
            module,
            StringComparison.Ordinal
        );
    }

    private static string Module(string name) =>
        TlaExport.Write(Machines.All.Single(profile => profile.Name == name).Table, Properties.All);

    private static void Skip()
    {
        Assert.SkipUnless(Tool.IsHere("node"), "the Debian package nodejs is not installed");
        Assert.SkipUnless(
            File.Exists(Parser),
            "the npm package @tlaplus/tree-sitter-tlaplus is not installed: bash tests/tools/install.sh"
        );
    }

    private static async Task<string> ParseAsync(string module) =>
        (await Tool.RunAsync("node", Path.GetDirectoryName(Parser)!, module, Parser)).Output;

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\\\*[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?m)^(\w+)(?:\([^)\n]*\))? ==")]
    private static partial Regex Definitions();

    [GeneratedRegex(@"(?:open\.)?(\w+)(?: \|->)")]
    private static partial Regex Fields();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*")]
    private static partial Regex Identifiers();
}
