using System.Text;
using SmtpModel.Generator.Tests;
using SmtpModel.Spec;

namespace SmtpModel.Watching.Tests;

/// <summary>Each rule on clients is broken once, and the client is blamed for it; the page of them is what they are.</summary>
public sealed class ClientRuleTests
{
    private const string Mail = "C: MAIL FROM:<a@example.test>\nS: 250 ok\n";
    private const string Rcpt = "C: RCPT TO:<b@example.test>\nS: 250 ok\n";
    private const string Data = Mail + Rcpt + "C: DATA\nS: 354 go on\n";
    private const string Secure = "C: STARTTLS\nS: 220 go\nsecured\n";

    private static readonly Dictionary<string, string> Broken = new()
    {
        ["K1"] = "S: 220 mx\nC: HELO c.example.test\nS: 250 mx\n",
        ["K2"] = "S: 220 mx\n" + Mail,
        ["K3"] = "S: 220 mx\nC: NOOP\nS: 250 ok\n",
        ["K4"] = Said.Hello() + Mail + Mail,
        ["K5"] = Said.Hello() + Mail + "C: DATA\nS: 503 no\n",
        ["K6"] = Said.Hello() + Mail + "C: RCPT TO:<b@example.test>\nS: 550 no\nC: DATA\nS: 503 no\n",
        ["K7"] = Said.Hello() + "C: QUIT\nC: NOOP\n",
        ["K8"] = Said.Hello() + "C closes\n",
        ["K9"] = Said.Hello() + "C: QUIT\nC closes\n",
        ["K10"] = Said.Hello("ETRN") + Mail + "C: ETRN example.test\nS: 503 no\n",
        ["K11"] = "C: EHLO c.example.test\nS: 220 mx\n",
        ["K12"] = Said.Hello() + "C: NOOP\nC: NOOP\n",
        ["K13"] = Said.Hello("PIPELINING") + "C: NOOP\nC: NOOP\n",
        ["K14"] = Said.Hello() + Mail + Rcpt + "C: DATA\nC: text\nS: 354 go on\n",
        ["K15"] = Said.Hello("PIPELINING") + Mail + "C: RCPT TO:<b@example.test>\nC: DATA\nS: 550 no\nS: 354 go on\nC: text\n",
        ["K16"] = Said.Hello() + "C: NOOP\\n\n",
        ["K17"] = Said.Hello() + $"C: NOOP {new string('x', 510)}\n",
        ["K18"] = Said.Hello() + Data + $"C: {new string('x', 999)}\n",
        ["K19"] = Said.Hello() + $"C: MAIL FROM:<{new string('x', 65)}@example.test>\n",
        ["K20"] = Said.Hello() + "C: MAIL a@example.test\n",
        ["K21"] = Said.Hello() + "C: RSET now\n",
        ["K22"] = Said.Hello() + "C: MAIL FROM: <a@example.test>\n",
        ["K23"] = Said.Hello() + "C: MAIL FROM:<\u00fc@example.test>\n",
        ["K24"] = Said.Hello() + Data + "C: \u00fc\n",
        ["K25"] = Said.Hello() + "C: MAIL FROM:<a@example.test> SIZE=1\n",
        ["K26"] = Said.Hello() + Mail + "C: RCPT TO:<b@example.test> NOTIFY=NEVER\n",
        ["K27"] = Said.Hello() + "C: STARTTLS\n",
        ["K28"] = Said.Hello("SIZE 10") + "C: MAIL FROM:<a@example.test> SIZE=11\n",
        ["K29"] = Said.Hello("AUTH PLAIN") + Mail + "C: AUTH PLAIN AGEAYg==\n",
        ["K30"] = Said.Hello("AUTH PLAIN") + "C: AUTH PLAIN AGEAYg==\nS: 235 ok\nC: AUTH PLAIN AGEAYg==\n",
        ["K31"] = Said.Hello("STARTTLS") + Secure + "C: EHLO c.example.test\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\n",
        ["K32"] = Said.Hello("STARTTLS") + "C: STARTTLS\nS: 220 go\nC: NOOP\n",
        ["K33"] = Said.Hello("STARTTLS") + Secure + "C: NOOP\n",
        ["K34"] = Said.Hello("CHUNKING") + Mail + Rcpt + "C: BDAT 2\nC: \nS: 250 ok\nC: DATA\n",
        ["K53"] = "S: 220 mx LMTP\nC: EHLO c.example.test\nS: 500 no\n",
    };

    public static TheoryData<string> Rules { get; } = [.. ClientRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_that_a_client_breaks_is_blamed_on_it(string rule)
    {
        var log = Log(rule);
        var blame = Assert.Single(log.All, one => one.Rule.Id == rule);
        Assert.Equal(Side.Client, blame.Side);
        Assert.NotEmpty(blame.Evidence);
    }

    private static BlameLog Log(string rule) =>
        Said.Log(Broken[rule], rule == ClientRules.LocalHello.Id ? new FollowOptions { Profile = Profiles.Lmtp } : null);

    // a client that breaks one rule breaks no other by it, but where the second is what the first leads to
    [Theory]
    [MemberData(nameof(Rules))]
    public void And_nothing_else_is(string rule)
    {
        string[] also = rule switch
        {
            "K7" => ["K12"],
            "K33" => ["K3"],
            _ => [],
        };
        Assert.Equal(
            [],
            Log(rule)
                .All.Where(one => one.Side is Side.Client && one.Rule.Id != rule && !also.Contains(one.Rule.Id))
                .Select(one => one.ToString())
        );
    }

    [Fact]
    public void The_page_of_the_rules_is_what_they_are()
    {
        var page = new StringBuilder(
            "# What the standards ask of clients\n\nMade from [`ClientRules.cs`](../../spec/SmtpModel.Spec/Clients/ClientRules.cs); "
                + "[watching](../watching.md) says how they are judged.\n\n"
                + "| rule | clause | level | asks |\n|---|---|---|---|\n"
        );
        foreach (var rule in ClientRules.All)
        {
            page.Append($"| {rule.Id} | {rule.Clause} | {rule.Level.ToString().ToUpperInvariant()} | {rule.Asks} |\n");
        }

        page.Append("\n## Doubts\n");
        foreach (var doubt in ClientRules.Doubts)
        {
            page.Append($"\n**{doubt.Question}** ({doubt.Clauses}) {doubt.Reading} {doubt.Reason}\n");
        }

        var path = Path.Combine(Repository.Root, "docs/rules/clients.md");
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }

        Assert.Equal(File.ReadAllText(path), page.ToString());
    }
}
