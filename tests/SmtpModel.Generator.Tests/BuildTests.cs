using System.Text.RegularExpressions;

namespace SmtpModel.Generator.Tests;

/// <summary>
/// The build of a copy of the repository in which one line of RFC 821 is another. The copy is one for all cases, so that only what hangs
/// on
/// the specification is built anew.
/// </summary>
public sealed class BuildTests(BuildTests.Checkout copy) : IClassFixture<BuildTests.Checkout>
{
    // what is looked at is not how the code is written
    private static readonly string[] Quick =
    [
        // one process builds all: another one would be started for a few seconds
        "-m:1",
        "-p:RunAnalyzers=false",
        "-p:EnforceCodeStyleInBuild=false",
        "-p:GenerateDocumentationFile=false",
    ];

    [Fact]
    public async Task RCPT_permitted_in_Ready_stops_the_build_at_its_line_and_is_built_when_that_is_wanted()
    {
        var line = Change("            .Accept(MAIL, MailGiven, O5, refused: O8)",
            "            .Accept(RCPT, RecipientsGiven, O5, refused: R1)\n            .Accept(MAIL, MailGiven, O5, refused: O8)");

        var (code, said) = await Build();

        Assert.Equal(1, code);
        Assert.Matches(Canonical(line, "error", "SMTP007") + ".*RecipientsGiven.*Ready.*RCPT / 250.*RFC 821 4.1.1", said);
        Assert.Contains("AllowUnsoundSpec=true", said, StringComparison.Ordinal);
        Assert.False(File.Exists(copy.Generated));

        (code, said) = await Build("-p:AllowUnsoundSpec=true");

        Assert.True(code == 0, said);
        Assert.Matches(Canonical(line, "warning", "SMTP007"), said);
        var diff = LineDiff.Between(Repository.Read(Repository.Snapshot), Repository.Read(copy.Generated));
        // in order in Ready now, so no 503 there, and edges: in each profile, by the rule that it has for it
        Assert.Equal(1, Count(diff, '-', "new(SessionState.Ready, 503, Verb.RCPT, Verb.DATA), // O9"));
        Assert.Equal(3, Count(diff, '-', "new(SessionState.Ready, 503, Verb.RCPT), // E4"));
        Assert.Equal(1, Count(diff, '-', "new(SessionState.Ready, 503, Verb.RCPT), // O9"));
        Assert.Equal(
            5,
            Count(diff, '+', "new(SessionState.Ready, Verb.RCPT, SessionState.RecipientsGiven, RCPTAccepted, 250, 251), // O5")
        );
    }

    [Fact]
    public async Task RSET_that_does_not_lead_to_Ready_stops_the_build_at_its_line()
    {
        var line = Change("            .Accept(RSET, Ready, O6, refused: R1)", "            .Accept(RSET, null, O6, refused: R1)");

        var (code, said) = await Build();

        Assert.Equal(1, code);
        Assert.Matches(Canonical(line, "error", "SMTP007") + ".*MailGiven.*RSET / 250.*RFC 821 4.1.1.*holding nothing", said);
        Assert.Matches(Canonical(line, "error", "SMTP007") + ".*RecipientsGiven.*RSET / 250", said);
    }

    [Fact]
    public async Task A_change_that_is_sound_changes_the_generated_order_and_nothing_else()
    {
        Change("failure: [550, 551, 553], error: [500, 501, 502, 504, 421]);", "failure: [551, 553], error: [500, 501, 502, 504, 421]);");

        Assert.Equal(0, (await Build()).ExitCode);

        var diff = LineDiff.Between(Repository.Read(Repository.Snapshot), Repository.Read(copy.Generated));
        // VRFY draws 550 no more in the four states of rfc821 that read commands; rfc5321 and lmtp have rows of their own
        Assert.Equal(4, Count(diff, '-', "Verb.VRFY"));
        Assert.Equal(4, Count(diff, '+', "500, 501, 502, 504, 551, 553), // R1"));
        Assert.Equal(8, diff.Count);
    }

    private static int Count(IReadOnlyList<string> diff, char sign, string text) =>
        diff.Count(line => line[0] == sign && line.Contains(text, StringComparison.Ordinal));

    private static string Canonical(int line, string severity, string id) => $@"(?m)^.*Rfc821\.cs\({line},1\): {severity} {id}: ";

    private Task<(int ExitCode, string Output)> Build(params string[] more) =>
        Tool.Run(
            Tool.Dotnet,
            copy.Root,
            ["build", "src/SmtpModel.Server", "-c", "Debug", "-v", "m", "-tl:off", "--nologo", .. Quick, .. more]
        );

    /// <summary>Puts one line of the specification in place of another and gives its number; nothing is generated yet.</summary>
    private int Change(string old, string now)
    {
        var text = copy.Original;
        Assert.Single(Regex.Matches(text, Regex.Escape(old)));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        copy.Write(text.Replace(old, now, StringComparison.Ordinal));
        return text[..at].Count(letter => letter == '\n') + 1;
    }

    /// <summary>A copy of what the server is built from.</summary>
    public sealed class Checkout : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smtpmodel-build-");

        public Checkout()
        {
            foreach (var folder in new[] { "spec", "src" })
            {
                Copy(Path.Combine(Repository.Root, folder), Path.Combine(Root, folder));
            }

            foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" })
            {
                File.Copy(Path.Combine(Repository.Root, file), Path.Combine(Root, file));
            }

            Original = File.ReadAllText(Specification);
        }

        public string Root => _folder.FullName;

        public string Original { get; }

        public string Generated => Path.Combine(Root, "src", "SmtpModel.Server", "obj", "generated", "SessionOrder.g.cs");

        private string Specification => Path.Combine(Root, "spec", "SmtpModel.Spec", "Rfc821.cs");

        /// <summary>Writes the specification; what was generated from another one is gone.</summary>
        public void Write(string specification)
        {
            if (File.Exists(Generated))
            {
                File.Delete(Generated);
            }

            File.WriteAllText(Specification, specification);
        }

        public void Dispose() => _folder.Delete(recursive: true);

        private static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var file in Directory.GetFiles(from))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }

            foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            {
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
            }
        }
    }
}
