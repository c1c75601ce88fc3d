using System.Security.Cryptography;
using System.Text;
using static SmtpModel.Server.AuthenticationOutcome;

namespace SmtpModel.Server.Tests.Authentication;

public class ScramTests
{
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string ClientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private const string ServerFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private const string WithoutProof = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string Proof = ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static readonly UserFile Users = WithSalt("user", "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==");

    [Fact]
    public async Task The_dialogue_is_that_of_the_example_RFC_7677_3()
    {
        using var exchange = new ScramExchange(Users, ServerNonce);
        Assert.Equal("", (await exchange.BeginAsync(null)).Text());
        Assert.Equal(ServerFirst, (await exchange.AnswerAsync(ClientFirst)).Text());
        Assert.Equal("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", (await exchange.AnswerAsync(WithoutProof + Proof)).Text());
        Assert.Equal("user", (await exchange.AnswerAsync("")).Identity);
    }

    [Theory]
    [InlineData(WithoutProof + ",p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", Failed)]
    [InlineData("c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0" + Proof, Failed)]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO" + Proof, Failed)]
    [InlineData(WithoutProof + "0" + Proof, Failed)]
    [InlineData(WithoutProof, Malformed)]
    [InlineData(WithoutProof + ",p=", Malformed)]
    [InlineData(WithoutProof + ",p=dHzbZapWIk4jUhN+", Malformed)]
    [InlineData(WithoutProof + Proof + Proof, Failed)]
    [InlineData(WithoutProof + Proof + "x", Malformed)]
    [InlineData("", Malformed)]
    public async Task A_last_message_without_the_right_proof_is_refused(string message, AuthenticationOutcome outcome)
    {
        using var exchange = new ScramExchange(Users, ServerNonce);
        await exchange.BeginAsync(ClientFirst);
        Assert.Equal(outcome, (await exchange.AnswerAsync(message)).Outcome);
    }

    [Theory]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO" + ServerNonce, Challenge)]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO" + ServerNonce + ",ext=1", Challenge)]
    // of a header that is not the one at the beginning, as where somebody between has taken channel binding out of the offer
    [InlineData("c=eSws,r=rOprNGfwEbeRWgbNEkqO" + ServerNonce, Failed)]
    [InlineData("c=biws,r=rOprNGfwEbeRWgbNEkqO", Failed)]
    [InlineData("c=biws,r=" + ServerNonce, Failed)]
    public async Task Header_and_nonce_have_to_be_repeated_even_where_the_proof_is_right_RFC_5802_5_1(
        string withoutProof,
        AuthenticationOutcome outcome
    )
    {
        using var exchange = new ScramExchange(Users, ServerNonce);
        await exchange.BeginAsync(ClientFirst);
        Assert.Equal(outcome, (await exchange.AnswerAsync($"{withoutProof},p={ProofOf(withoutProof)}")).Outcome);
    }

    [Fact]
    public async Task The_servers_proof_is_acknowledged_with_an_empty_response_RFC_4954_4()
    {
        using var exchange = new ScramExchange(Users, ServerNonce);
        await exchange.BeginAsync(ClientFirst);
        await exchange.AnswerAsync(WithoutProof + Proof);
        Assert.Equal(Malformed, (await exchange.AnswerAsync("more")).Outcome);
    }

    [Theory]
    [InlineData("y,,n=user,r=abc", Challenge)]
    [InlineData("n,a=user,n=user,r=abc", Challenge)]
    [InlineData("n,,n=user,r=abc,ext=1", Challenge)]
    [InlineData("n,,n=us=2Cer=3D,r=abc", Challenge)]
    [InlineData("p=tls-exporter,,n=user,r=abc", Failed)]
    [InlineData("n,a=other,n=user,r=abc", Failed)]
    [InlineData("n,,m=must,n=user,r=abc", Malformed)]
    [InlineData("n,,n=us=er,r=abc", Malformed)]
    [InlineData("n,,n=,r=abc", Malformed)]
    [InlineData("n,,n=user,r=", Malformed)]
    [InlineData("n,,n=user,r=a c", Malformed)]
    [InlineData("n,,n=user", Malformed)]
    [InlineData("z,,n=user,r=abc", Malformed)]
    [InlineData("n,,n=us\0er,r=abc", Malformed)]
    [InlineData("", Malformed)]
    public async Task A_first_message_is_held_against_its_grammar_RFC_5802_7(string message, AuthenticationOutcome outcome)
    {
        using var exchange = new ScramExchange(Users, ServerNonce);
        Assert.Equal(outcome, (await exchange.BeginAsync(message)).Outcome);
    }

    [Fact]
    public async Task A_name_that_nobody_has_gets_the_same_dialogue_each_time_and_fails_like_a_wrong_password_RFC_5802_9()
    {
        var asked = new List<string>();
        foreach (var nonce in new[] { "first", "second" })
        {
            using var exchange = new ScramExchange(Users, nonce);
            var challenge = (await exchange.BeginAsync("n,,n=nobody,r=abc")).Text();
            asked.Add(challenge.Replace(nonce, "", StringComparison.Ordinal));
            Assert.Equal(Failed, (await exchange.AnswerAsync($"c=biws,r=abc{nonce}{Proof}")).Outcome);
        }

        Assert.Equal(asked[0], asked[1]);
        Assert.Matches("^r=abc,s=[A-Za-z0-9+/]{22}==,i=4096$", asked[0]);
        using var other = new ScramExchange(Users, "");
        Assert.NotEqual(asked[0], (await other.BeginAsync("n,,n=nobody2,r=abc")).Text());
    }

    [Fact]
    public void Unknown_names_have_as_many_iterations_as_some_user_has()
    {
        var users = WithSalt("user", "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==");
        users.Set("dear", "pencil"u8, 5000);
        var seen = Enumerable.Range(0, 100).Select(number => users.Credentials($"nobody{number}").Scram.Iterations).Distinct().Order();
        Assert.Equal([4096, 5000], seen);
    }

    // as a client that knows the password makes it (RFC 5802 3)
    private static string ProofOf(string withoutProof)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            "pencil",
            Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="),
            4096,
            HashAlgorithmName.SHA256,
            32
        );
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(
            SHA256.HashData(clientKey),
            Encoding.UTF8.GetBytes($"{ClientFirst[3..]},{ServerFirst},{withoutProof}")
        );
        return Convert.ToBase64String([.. clientKey.Zip(signature, (key, sign) => (byte)(key ^ sign))]);
    }

    private static UserFile WithSalt(string name, string password, string salt)
    {
        var users = new UserFile();
        users.SetKeys(
            name,
            new UserFile.User(ScramKeys.Derive(Encoding.UTF8.GetBytes(password), Convert.FromBase64String(salt), 4096), null)
        );
        return users;
    }
}
