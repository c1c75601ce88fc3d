using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>Servers whose reply to EHLO does not say what they serve.</summary>
internal static class OfferFaults
{
    public static IEnumerable<WireFault> All =>
        [
            Listing("reply-to-EHLO-has-keywords", "Lists a keyword with a sign that no keyword has.", "AUTH=PLAIN", "", ""),
            .. Names.Select(name =>
                Listing(
                    $"{name.Verb}-is-there-where-it-is-listed",
                    $"Lists {name.Keyword} and does not know {name.Verb}.",
                    name.Keyword,
                    name.Verb,
                    "500 What is that?\r\n"
                )
            ),
            .. Names
                .Where(name => name.Verb != "VRFY")
                .Select(name => new WireFault(
                    $"{name.Verb}-is-listed-where-it-is-served",
                    $"Serves {name.Verb} and does not list {name.Keyword}."
                )
                {
                    Command = line => WireFaults.Verb(line) == name.Verb ? new WireFault.Line(null, "250 Done\r\n") : line,
                    Reply = reply => Without(reply, name.Keyword),
                }),
        ];

    private static IEnumerable<(string Keyword, string Verb)> Names =>
        Profiles
            .Rfc5321.Table.Commands.Where(use => use.Command.Kind is InputKind.Line && !use.Required)
            .Select(use => use.Command.Name)
            .Append("VRFY")
            .Select(name => (name, name))
            .Concat(ServiceOffers.Commands.Select(offered => (offered.Keyword, offered.Verb)));

    private static WireFault Listing(string name, string does, string keyword, string verb, string says)
    {
        var isAsked = false;
        return new WireFault(name, does)
        {
            Command = line =>
            {
                isAsked = WireFaults.Verb(line) == "EHLO";
                return verb.Length > 0 && WireFaults.Verb(line) == verb ? new WireFault.Line(null, says) : line;
            },
            Reply = reply =>
                isAsked && reply.Contains('\n', StringComparison.Ordinal)
                    ? reply.Insert(reply.IndexOf('\n', StringComparison.Ordinal) + 1, $"250-{keyword}\r\n")
                    : reply,
        };
    }

    // the last line has to be the last one still
    private static string Without(string reply, string keyword)
    {
        var lines = reply
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[Math.Min(4, line.Length)..] != keyword)
            .ToList();
        return lines.Count == 0
            ? reply
            : string.Concat(
                lines.Select((line, index) => $"{line[..3]}{(index == lines.Count - 1 ? ' ' : '-')}{line[Math.Min(4, line.Length)..]}\r\n")
            );
    }
}
