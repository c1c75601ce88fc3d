using SmtpModel.Diagrams;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Documents;

/// <summary>The extension of docs/adding-an-extension.md: everything the page says follows by itself does.</summary>
public class ExtensionTests
{
    private static readonly Profile Extended = Profiles.Composed(["ETRN"]);

    [Fact]
    public void The_page_shows_the_file_of_the_specification()
    {
        var file = Read("spec", "SmtpModel.Spec", "Rfc1985.cs");

        Assert.Contains($"```csharp\n{file}```\n", Read("docs", "adding-an-extension.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_sound_and_what_is_true_of_SMTP_stays_true()
    {
        var report = Verifier.Verify(Extended, Properties.All);

        Assert.Empty(SoundnessCheck.Run(Extended));
        Assert.All(report.Properties, property => Assert.NotEqual(PropertyVerdict.Violated, property.Verdict));
    }

    [Fact]
    public void The_page_names_the_cases_that_are_new()
    {
        var known = CaseCatalogue.Of(Profiles.Rfc5321).Cases.Select(one => one.Id).ToHashSet();

        var added = CaseCatalogue.Of(Extended).Cases.Where(one => !known.Contains(one.Id)).Select(one => one.Id).ToList();

        Assert.NotEmpty(added);
        Assert.Contains($"```\n{string.Join('\n', added)}\n```\n", Read("docs", "adding-an-extension.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_drawn_and_a_session_handler_is_made_of_it()
    {
        Assert.Contains("ETRN", MermaidDiagram.Write(Extended.Table), StringComparison.Ordinal);
        Assert.Contains("ETRN", HandlerExport.Write(Extended.Table, "Mine"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_is_forgotten_stops_the_build_with_its_name()
    {
        var careless = Profiles.Rfc5321.With("careless", "without the line about Session", Rfc1985.Part with
        {
            Order = m =>
            {
                m.Configure(Rfc821.Ready).Accept(Rfc1985.ETRN, null, Rfc1985.Q1, refused: Rfc821.R1);
                m.Configure(Rfc821.Connected).OutOfOrder([503], Rfc1985.Q3, [Rfc1985.ETRN]);
            },
        });

        var faults = SoundnessCheck.Run(careless);

        var fault = Assert.Single(faults);
        Assert.Equal("SMTP002", fault.Id);
        Assert.EndsWith("Rfc1985.cs", fault.Place.File, StringComparison.Ordinal);
        Assert.True(fault.Place.Line > 1);
        Assert.Contains($"`{fault.Id}: {fault.Message}`", Read("docs", "adding-an-extension.md"), StringComparison.Ordinal);
    }

    private static string Read(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmtpModel.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine([folder!.FullName, .. path])).ReplaceLineEndings("\n");
    }
}
