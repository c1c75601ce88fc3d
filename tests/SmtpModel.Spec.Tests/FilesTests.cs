using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SmtpModel.Spec.Tests;

/// <summary>An extension is one file, and knows of no other but the base.</summary>
public partial class FilesTests
{
    // what every profile is built on: RFC 821 and what RFC 5321 changes in it
    private static readonly string[] Base = ["Rfc821", "Rfc5321"];

    // where the text of a standard says what another one's commands do beside its own, its file speaks of that one's states
    private static readonly Dictionary<string, (string Other, string Section)[]> BuiltOn = new()
    {
        ["Rfc2645.cs"] = [("Rfc4954", "RFC 2645 5.2.1: ATRN is for who has logged in by AUTH")],
        ["Rfc4468.cs"] = [("Rfc3030", "RFC 4468 3.2: parts fetched by BURL and chunks sent by BDAT make one message")],
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder(), "Rfc*.cs").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void The_file_of_an_RFC_names_no_state_and_no_command_of_another_but_those_of_the_base(string file)
    {
        // what stands in a comment names nothing
        var text = Comment().Replace(File.ReadAllText(Path.Combine(Folder(), file)), "");
        var named = Name().Matches(text).Select(match => match.Value).Distinct();

        // one RFC may have several files, as Rfc5321Lines.cs
        var builtOn = BuiltOn.GetValueOrDefault(file, []).Select(one => one.Other);
        string[] others = [.. named.Except(Base).Except(builtOn).Where(name => !file.StartsWith(name, StringComparison.Ordinal))];
        Assert.True(others.Length == 0, $"{file} names {string.Join(", ", others)}; say it with a tag, a role or a keyword");
    }

    [Fact]
    public void Each_file_that_is_built_on_another_names_it() =>
        Assert.All(BuiltOn, one =>
            Assert.All(one.Value, other =>
                Assert.Contains($"{other.Other}.", File.ReadAllText(Path.Combine(Folder(), one.Key)), StringComparison.Ordinal)
            )
        );

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "spec", "SmtpModel.Spec");

    [GeneratedRegex(@"\bRfc[0-9]+\b")]
    private static partial Regex Name();

    [GeneratedRegex("//[^\n]*|\"[^\"\n]*\"")]
    private static partial Regex Comment();
}
