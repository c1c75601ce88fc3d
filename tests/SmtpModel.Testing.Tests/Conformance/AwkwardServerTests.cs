using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>Servers that refuse, delay or limit what they may, and break nothing: they are not accused.</summary>
public class AwkwardServerTests
{
    private static readonly Dictionary<string, Fault> Servers = new()
    {
        ["every reply is held back"] = new() { Delay = TimeSpan.FromMilliseconds(60) },
        ["421 and the end after five commands"] = new()
        {
            Line = (session, _, right) => session.Commands > 5 ? Close(session, "421 enough") : right(),
        },
        ["421 and the end after three refusals"] = new()
        {
            Line = (session, _, right) =>
                right() is var reply && reply[0] == '5' && session.Refusals >= 2 ? Close(session, "421 too many errors") : reply,
        },
        ["every MAIL draws 530"] = Refusing("MAIL", "530 authentication required"),
        ["every MAIL draws 550"] = Refusing("MAIL", "550 not from you"),
        ["every MAIL draws 451"] = Refusing("MAIL", "451 later"),
        ["every RCPT draws 450"] = Refusing("RCPT", "450 greylisted"),
        ["every RCPT draws 550"] = Refusing("RCPT", "550 nobody here"),
        ["every EHLO and HELO draws 550"] = new()
        {
            Line = (session, line, right) =>
                right() is var reply && MiniSession.Split(line).Verb is "EHLO" or "HELO" && reply[0] == '2'
                    ? Do("550 not you", () => session.IsGreeted = false)
                    : reply,
        },
        ["the end of data draws 554"] = new()
        {
            Data = (session, _, right) =>
            {
                right();
                return "554 spam";
            },
        },
        ["DATA draws 554"] = Refusing("DATA", "554 no valid recipients"),
        ["the null reverse-path draws 550"] = new()
        {
            Line = (session, line, right) =>
                line.EndsWith(":<>", StringComparison.Ordinal) && session is { IsGreeted: true, From: null } ? "550 no bounces" : right(),
        },
        ["the greeting is 554, and all but QUIT draws 503"] = new()
        {
            Greeting = _ => "554 no service",
            Line = (_, line, right) => MiniSession.Split(line).Verb == "QUIT" ? right() : "503 no service",
        },
        ["the greeting has three lines"] = new() { Greeting = _ => "220-mini.example.test\n220-is here\n220 for you" },
        ["replies are codes without text"] = new()
        {
            Wire = reply =>
                reply.Length == 0
                    ? ""
                    : string.Concat(
                        reply
                            .Split('\n')
                            .Select(
                                (line, at) =>
                                    at == 0 && line.StartsWith("220", StringComparison.Ordinal) ? line + "\r\n"
                                    : reply.Contains('\n', StringComparison.Ordinal) ? line + "\r\n"
                                    : line[..3] + " \r\n"
                            )
                    ),
        },
        ["EXPN is switched off with 252, and not listed"] = new()
        {
            Line = (_, line, right) => MiniSession.Split(line).Verb switch
            {
                "EXPN" => "252 EXPN is off",
                "HELP" => "502 no",
                _ => MiniSession.Unlisted(right()),
            },
        },
        ["VRFY, EXPN and HELP draw 502, and are not listed"] = new()
        {
            Line = (session, line, right) =>
                MiniSession.Split(line).Verb is "VRFY" or "EXPN" or "HELP" ? "502 no" : MiniSession.Unlisted(right()),
        },
    };

    public static TheoryData<string> Names => [.. Servers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_that_does_what_it_may_has_no_failure(string name)
    {
        var findings = await PlantedFaultTests.FindingsAsync(Servers[name], 8);
        TestRun.Print(string.Join("\n", findings));
        TestRun.None("accused of", findings.Where(finding => finding.StartsWith("Fail", StringComparison.Ordinal)));
    }

    private static Fault Refusing(string verb, string with) =>
        new()
        {
            Line = (session, line, right) =>
                (session.From, session.To.Count) is var before
                && right() is var reply
                && MiniSession.Split(line).Verb == verb
                && reply[0] is '2' or '3'
                    ? Do(with, () =>
                    {
                        session.IsReadingData = false;
                        session.From = before.From;
                        session.To.RemoveRange(before.Count, session.To.Count - before.Count);
                    })
                    : reply,
        };

    private static string Close(MiniSession session, string reply)
    {
        session.IsClosing = true;
        return reply;
    }

    private static string Do(string reply, Action action)
    {
        action();
        return reply;
    }
}
