using System.Text;
using MailKit.Security;
using SmtpModel.Server;

namespace SmtpModel.Interop.Tests.Authentication;

/// <summary>The client's side of each mechanism as MailKit has it, against the server's side as we have it.</summary>
public sealed class MailKitMechanismTests
{
    // plain; with what SCRAM writes otherwise; beyond ASCII
    private static readonly (string Name, string Password)[] Known =
    [
        ("fred", "pencil"),
        ("a,b=c", "p=,q r"),
        ("käthe", "geheim € ж"),
    ];
    private static readonly UserFile Users = MakeUsers();

    public static MatrixTheoryData<string, int> EachMechanismAndUser => new(["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"], [0, 1, 2]);

    [Theory]
    [MemberData(nameof(EachMechanismAndUser))]
    public async Task The_right_password_is_accepted(string mechanism, int user)
    {
        var (name, password) = Known[user];
        var step = await AuthenticateAsync(mechanism, name, password);
        Assert.Equal((AuthenticationOutcome.Accepted, name), (step.Outcome, step.Identity));
    }

    [Theory]
    [MemberData(nameof(EachMechanismAndUser))]
    public async Task A_wrong_password_and_a_name_that_nobody_has_fail_alike(string mechanism, int user)
    {
        Assert.Equal(AuthenticationOutcome.Failed, (await AuthenticateAsync(mechanism, Known[user].Name, "wrong")).Outcome);
        Assert.Equal(AuthenticationOutcome.Failed, (await AuthenticateAsync(mechanism, "nobody", Known[user].Password)).Outcome);
    }

    // as a server would go through it; an acknowledgement is an empty response
    private static async Task<AuthenticationStep> AuthenticateAsync(string mechanism, string name, string password)
    {
        SaslMechanism client = mechanism switch
        {
            "PLAIN" => new SaslMechanismPlain(Encoding.UTF8, name, password),
            "LOGIN" => new SaslMechanismLogin(Encoding.UTF8, name, password),
            "CRAM-MD5" => new SaslMechanismCramMd5(name, password),
            _ => new SaslMechanismScramSha256(name, password),
        };
        using var authenticator = new UserAuthenticator(Users);
        using var server = authenticator.Begin(client.MechanismName)!;
        var first = client.SupportsInitialResponse ? Convert.FromBase64String(client.Challenge("")) : null;
        var step = await server.StartAsync(first is null ? (ReadOnlyMemory<byte>?)null : first, TestContext.Current.CancellationToken);
        while (step.Outcome is AuthenticationOutcome.Challenge)
        {
            var response = client.Challenge(Convert.ToBase64String(step.Challenge.Span));
            step = await server.RespondAsync(Convert.FromBase64String(response), TestContext.Current.CancellationToken);
        }

        return step;
    }

    private static UserFile MakeUsers()
    {
        var users = new UserFile();
        Array.ForEach(Known, user => users.Set(user.Name, Encoding.UTF8.GetBytes(user.Password), UserFile.LeastIterations, cramMd5: true));
        return users;
    }
}
