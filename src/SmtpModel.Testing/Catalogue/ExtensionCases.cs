using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The cases about what EHLO lists and what replies look like where an extension is offered: they are decided by the replies
/// that all other cases draw.
/// </summary>
internal static class ExtensionCases
{
    public static IEnumerable<TestCase> Of(TransitionTable table)
    {
        foreach (var extension in table.Extensions)
        {
            if (extension.Form is { } form)
            {
                yield return Listed(
                    table,
                    extension,
                    form,
                    $"{table.Listing}-lists-{extension}-as-it-is-written",
                    extension.Argument is { } argument
                        ? $"{table.Listing} lists {extension} with {argument.Syntax}."
                        : $"{table.Listing} lists {extension} with nothing behind it."
                );
            }

            foreach (var (needed, rule) in extension.Needs)
            {
                yield return Listed(
                    table,
                    extension,
                    rule,
                    $"{table.Listing}-lists-{needed}-with-{extension}",
                    $"{table.Listing} lists {needed} where it lists {extension}."
                );
            }
        }

        foreach (var offer in table.DemandedOffers)
        {
            var (name, asks) = offer.IsForbidden ? ("does-not-list", "does not list") : ("lists", "lists");
            yield return new TestCase(
                CaseName.Of(offer.Rule.Clause, $"{table.Listing}-{name}-{offer.Keyword}"),
                CaseKind.Listed,
                offer.Rule,
                $"{table.Listing} {asks} {offer.Keyword}.",
                Depth.Greeting
            )
            {
                Command = table.Listing,
                Demanded = offer,
            };
        }

        foreach (var rule in table.ReplyTexts.Select(text => text.Rule))
        {
            yield return new TestCase(CaseName.Of(rule.Clause, "text-of-replies"), CaseKind.Conduct, rule, rule.Asks, Depth.Greeting);
        }
    }

    private static TestCase Listed(TransitionTable table, ServiceExtension extension, Rule rule, string about, string requirement) =>
        new(CaseName.Of(rule.Clause, about), CaseKind.Listed, rule, requirement, Depth.Greeting)
        {
            Command = table.Listing,
            Extension = extension,
        };
}
