using static SmtpModel.Testing.Tests.Conformance.Servers.PlantedFault;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>Servers that serve something else than their reply to EHLO says.</summary>
internal static class PlantedOfferFaults
{
    public static IEnumerable<PlantedFault> All =>
        [
            On("HELP", "HELP is listed and draws 502", "rfc5321/4.2.4/HELP-is-there-where-it-is-listed", (_, _) => "502 no help"),
            On("EHLO", "EXPN is listed and draws 502", "rfc5321/4.2.4/EXPN-is-there-where-it-is-listed", (_, right) =>
                Also(right(), "EXPN")
            ),
            OnLine("VRFY is listed and draws 500", "rfc5321/4.2.4/VRFY-is-there-where-it-is-listed", (_, verb, _, right) =>
                verb == "VRFY" ? "500 no such command" : Also(right(), "VRFY")
            ),
            On("EHLO", "AUTH is listed and draws 500", "rfc5321/4.2.4/AUTH-is-there-where-it-is-listed", (_, right) =>
                Also(right(), "AUTH PLAIN LOGIN")
            ),
            On("EHLO", "HELP works and is not listed", "rfc5321/4.1.1.1/HELP-is-listed-where-it-is-served", (_, right) =>
                right().Split('\n')[0].Replace('-', ' ')
            ),
            OnLine("EXPN works and is not listed", "rfc5321/4.1.1.1/EXPN-is-listed-where-it-is-served", (_, verb, line, right) =>
                verb == "EXPN" && line.Length > 5 ? "250 <a@example.test>" : right()
            ),
            OnLine("AUTH works and is not listed", "rfc5321/4.1.1.1/AUTH-is-listed-where-it-is-served", (_, verb, line, right) => verb
                == "AUTH"
                    ? "334 "
                : line == "*" ? "501 as you like"
                : right()),
            OnLine("BDAT works and is not listed", "rfc5321/4.1.1.1/BDAT-is-listed-where-it-is-served", (session, _, line, right) =>
                line == "BDAT 0" && session.To.Count > 0 ? "250 no octets" : right()
            ),
            On("EHLO", "a keyword of EHLO has a sign of equality", "rfc5321/4.1.1.1/reply-to-EHLO-has-keywords", (_, right) =>
                Also(right(), "AUTH=PLAIN")
            ),
            On("EHLO", "the parameters of a keyword are parted by two blanks", "rfc5321/4.1.1.1/reply-to-EHLO-has-keywords", (_, right) =>
                Also(right(), "SIZE  10000")
            ),
        ];

    private static string Also(string reply, string line) =>
        reply.Replace("\n250 HELP", $"\n250-{line}\n250 HELP", StringComparison.Ordinal);
}
