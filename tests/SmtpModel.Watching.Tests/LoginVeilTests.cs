namespace SmtpModel.Watching.Tests;

/// <summary>What a client gives in a login stands in nothing that a follower says, also where the login is no right one.</summary>
public sealed class LoginVeilTests
{
    // "\0fred\0secret-word", "secret-word"
    internal const string Plain = "AGZyZWQAc2VjcmV0LXdvcmQ=";
    internal const string Password = "c2VjcmV0LXdvcmQ=";
    private const string Name = "ZnJlZC1uYW1l";

    /// <summary>Logins that go wrong, by name: each as it is said behind EHLO.</summary>
    private static readonly Dictionary<string, string> Logins = new()
    {
        ["ahead of the challenge"] = $"C: AUTH LOGIN\\r\\n{Name}\\r\\n{Password}\nS: 334 VXNl\nS: 334 UGFz\nS: 235 ok\n",
        ["ahead of the last challenge"] = $"C: AUTH LOGIN\nS: 334 VXNl\nC: {Name}\\r\\n{Password}\nS: 334 UGFz\nS: 235 ok\n",
        ["one that looks like a command, ahead"] = $"C: AUTH LOGIN\\r\\nHELP {Password}\nS: 334 VXNl\nS: 235 ok\n",
        ["ahead of a refusal"] = $"C: AUTH LOGIN\\r\\n{Name}\\r\\n{Password}\nS: 504 no\nS: 500 what\nS: 500 what\n",
        ["refused by 535"] = Refused(535),
        ["refused by 503"] = Refused(503),
        ["refused by 504"] = Refused(504),
        ["refused, in clear"] = "C: AUTH LOGIN\nS: 535 no\nC: fred\nS: 500 what\nC: secret-word plain x\nS: 500 what\n",
        ["ended by LF"] = $"C: AUTH PLAIN {Plain}\\n\nS: 235 ok\n",
        ["a CR in it"] = $"C: AUTH PLAIN \\r{Plain}\nS: 501 no\n",
        ["an answer ended by LF"] = $"C: AUTH PLAIN\nS: 334 \nC: {Plain}\\n\nS: 235 ok\n",
        ["cancelled"] = $"C: AUTH LOGIN\nS: 334 VXNl\nC: *\nS: 501 no\nC: {Name}\nS: 500 what\nC: {Password}\nS: 500 what\n",
        ["misspelled"] = $"C: AUHT PLAIN {Plain}\nS: 500 what is {Plain}\nC: {Password}\nS: 500 what\n",
        ["misspelled, listed"] = $"C: AUHT X-LISTED {Password}\nS: 500 what\n",
        ["a tab"] = $"C: AUTH\tPLAIN\t{Plain}\nS: 500 what\n",
        ["a space before it"] = $"C:  AUTH PLAIN {Plain}\nS: 500 what\n",
        ["an equals sign"] = $"C: AUTH=PLAIN {Plain}\nS: 500 what\n",
        ["no mechanism"] = $"C: AUTH {Plain}\nS: 504 no {Plain} here\n",
        ["a mechanism that nobody knows"] = $"C: AUTH XUNKNOWN {Password}\nS: 504 no {Password} here\n",
        ["in place of a handshake"] = $"C: STARTTLS\nS: 220 go\nC: AUTH PLAIN {Plain}\n",
        ["behind QUIT"] = $"C: QUIT\nS: 221 bye\nC: AUTH PLAIN {Plain}\nC: {Password}\n",
        ["behind a gap"] = $"C gap\nC: AUTH PLAIN {Plain}\nS: 535 no {Plain}\nC: NOOP\nS: 250 ok\nC: NOOP\nS: 250 ok\n"
            + $"C: {Password}\nS: 500 what\n",
        ["in a transaction"] = $"C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: AUTH PLAIN {Plain}\nS: 503 no\nC: {Password}\nS: 500 what\n",
    };

    public static TheoryData<string, bool> Ways =>
        [.. Logins.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_password_is_not_shown(string login, bool byOctet)
    {
        List<EvidenceLine> said = [];
        var hello = Said.Hello("AUTH PLAIN LOGIN X-LISTED", "STARTTLS");
        var log = Said.Log(hello + Logins[login] + "C: NOOP\nS: 250 ok\nS: 250 not asked for\n", byOctet: byOctet, said: said.Add);
        Assert.Contains(said, line => line.Side is Side.Client && !line.Text.StartsWith("EHLO", StringComparison.Ordinal));
        HoldsNoSecret([.. said.Select(line => line.Text), .. log.All.SelectMany(Texts)]);
    }

    [Fact]
    public void A_login_is_shown_by_its_mechanism_and_what_is_said_behind_it_by_commands()
    {
        List<EvidenceLine> said = [];
        _ = Said.Log(
            Said.Hello("AUTH PLAIN")
                + $"C: FOO BAR\nS: 500 what is FOO\nC: AUTH PLAIN {Plain}\nS: 535 no\nC: auth plain\nS: 535 no\n"
                + "C: FOO BAR\nS: 500 no FOO BAR\nC: NOOP\nS: 250 ok\n",
            said: said.Add
        );
        Assert.Equal(
            ["FOO BAR", "AUTH PLAIN (hidden)", "auth plain", "(hidden: it may be part of a login)", "NOOP"],
            said.Where(line => line.Side is Side.Client).Skip(1).Select(line => line.Text)
        );
        Assert.Equal(
            ["500 what is FOO", "535 no", "535 no", "500 no (hidden)", "250 ok"],
            said.Where(line => line.Side is Side.Server).Skip(2).Select(line => line.Text)
        );
    }

    /// <summary>Fails where one of some texts holds what is secret in these tests.</summary>
    internal static void HoldsNoSecret(IReadOnlyList<string> texts)
    {
        foreach (var secret in new[] { "c2VjcmV0", "AGZyZWQ", "secret-word" })
        {
            Assert.Equal([], texts.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        }
    }

    /// <summary>All that is written of a blame.</summary>
    internal static IEnumerable<string> Texts(Blame blame) =>
        [blame.What, blame.Came, blame.Expected, blame.Command, blame.State, .. blame.Evidence.Select(line => line.Text)];

    private static string Refused(int code) => $"C: AUTH LOGIN\nS: {code} no\nC: {Name}\nS: 500 what\nC: {Password}\n"
        + $"S: 500 what is {Password.ToUpperInvariant()}\n";
}
