using System.Text;
using SmtpModel.Generator.Tests;
using SmtpModel.Spec;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>The page of the rules that only a trial can see.</summary>
public sealed class TrialRuleTests
{
    [Fact]
    public void The_page_of_the_rules_is_what_they_are()
    {
        var page = new StringBuilder(
            "# What only shows in clients on trial\n\nMade from [`TrialRules.cs`](../../spec/SmtpModel.Spec/Clients/TrialRules.cs); "
                + "[trying clients](../provoking.md) says how they are judged. They go on where [rules on clients](clients.md) end.\n\n"
                + "| rule | clause | level | asks |\n|---|---|---|---|\n"
        );
        foreach (var rule in TrialRules.All)
        {
            page.Append($"| {rule.Id} | {rule.Clause} | {rule.Level.ToString().ToUpperInvariant()} | {rule.Asks} |\n");
        }

        page.Append("\n## Doubts\n");
        foreach (var doubt in TrialRules.Doubts)
        {
            page.Append($"\n**{doubt.Question}** ({doubt.Clauses}) {doubt.Reading} {doubt.Reason}\n");
        }

        var path = Path.Combine(Repository.Root, "docs/rules/clients-on-trial.md");
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }

        Assert.Equal(File.ReadAllText(path), page.ToString());
    }
}
