using System.Security.Cryptography;
using System.Text;
using static SmtpModel.Server.AuthenticationOutcome;

namespace SmtpModel.Server.Tests.Authentication;

public sealed class MechanismTests : IDisposable
{
    private static readonly UserFile Users = Exchanges.Users(("tim", "tanstaaftanstaaf"), ("user", "pencil"), ("käthe", "geheim,=€"));
    private readonly UserAuthenticator _authenticator = new(Users);

    public void Dispose() => _authenticator.Dispose();

    [Theory]
    [InlineData("\0tim\0tanstaaftanstaaf", Accepted, "tim")]
    [InlineData("tim\0tim\0tanstaaftanstaaf", Accepted, "tim")]
    [InlineData("\0käthe\0geheim,=€", Accepted, "käthe")]
    [InlineData("user\0tim\0tanstaaftanstaaf", Failed, null)]
    [InlineData("\0tim\0wrong", Failed, null)]
    [InlineData("\0nobody\0tanstaaftanstaaf", Failed, null)]
    [InlineData("\0tim\0", Failed, null)]
    [InlineData("\0\0tanstaaftanstaaf", Failed, null)]
    [InlineData("\0tim\0tanstaaf\u0007tanstaaf", Failed, null)]
    [InlineData("tim tanstaaftanstaaf", Malformed, null)]
    [InlineData("tim\0tanstaaftanstaaf", Malformed, null)]
    [InlineData("\0tim\0tanstaaftanstaaf\0", Malformed, null)]
    [InlineData("", Malformed, null)]
    public async Task PLAIN_accepts_the_right_password_of_one_who_acts_as_nobody_else_RFC_4616_2(
        string message,
        AuthenticationOutcome outcome,
        string? identity
    )
    {
        using (var with = _authenticator.Begin("PLAIN")!)
        {
            var step = await with.BeginAsync(message);
            Assert.Equal((outcome, identity), (step.Outcome, step.Identity));
        }

        using var without = _authenticator.Begin("plain")!;
        Assert.Equal("", (await without.BeginAsync(null)).Text());
        Assert.Equal(outcome, (await without.AnswerAsync(message)).Outcome);
    }

    [Theory]
    [InlineData("tim", "tanstaaftanstaaf", Accepted)]
    [InlineData("tim", "wrong", Failed)]
    [InlineData("nobody", "tanstaaftanstaaf", Failed)]
    [InlineData("", "", Failed)]
    public async Task LOGIN_asks_for_the_name_that_has_not_come_and_for_the_password(
        string name,
        string password,
        AuthenticationOutcome outcome
    )
    {
        using (var asked = _authenticator.Begin("LOGIN")!)
        {
            Assert.Equal("Username:", (await asked.BeginAsync(null)).Text());
            Assert.Equal("Password:", (await asked.AnswerAsync(name)).Text());
            Assert.Equal(outcome, (await asked.AnswerAsync(password)).Outcome);
        }

        using var told = _authenticator.Begin("LOGIN")!;
        Assert.Equal("Password:", (await told.BeginAsync(name)).Text());
        Assert.Equal(outcome, (await told.AnswerAsync(password)).Outcome);
    }

    [Fact]
    public async Task CRAM_MD5_gives_the_digest_of_the_example_RFC_2195_2()
    {
        using var exchange = new CramMd5Exchange(Users, "<1896.697170952@postoffice.reston.mci.net>"u8.ToArray());
        Assert.Equal("<1896.697170952@postoffice.reston.mci.net>", (await exchange.BeginAsync(null)).Text());
        Assert.Equal("tim", (await exchange.AnswerAsync("tim b913a602c7eda7a495b4e6e7334d3890")).Identity);
    }

    [Theory]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d3891", Failed)]
    [InlineData("user b913a602c7eda7a495b4e6e7334d3890", Failed)]
    [InlineData("nobody b913a602c7eda7a495b4e6e7334d3890", Failed)]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d389", Malformed)]
    [InlineData("tim x913a602c7eda7a495b4e6e7334d3890", Malformed)]
    [InlineData("b913a602c7eda7a495b4e6e7334d3890", Malformed)]
    [InlineData("", Malformed)]
    public async Task CRAM_MD5_refuses_any_other_answer(string answer, AuthenticationOutcome outcome)
    {
        using var exchange = new CramMd5Exchange(Users, "<1896.697170952@postoffice.reston.mci.net>"u8.ToArray());
        await exchange.BeginAsync(null);
        Assert.Equal(outcome, (await exchange.AnswerAsync(answer)).Outcome);
    }

    [Fact]
    public async Task CRAM_MD5_begins_with_a_challenge_of_the_server_so_an_initial_response_is_wrong_RFC_4954_4()
    {
        using var exchange = _authenticator.Begin("CRAM-MD5")!;
        Assert.Equal(Malformed, (await exchange.BeginAsync("tim b913a602c7eda7a495b4e6e7334d3890")).Outcome);
    }

    [Fact]
    public async Task CRAM_MD5_never_gives_a_challenge_twice()
    {
        var given = new HashSet<string>();
        for (var count = 0; count < 100; count++)
        {
            using var exchange = _authenticator.Begin("CRAM-MD5")!;
            var challenge = (await exchange.BeginAsync(null)).Text();
            Assert.Matches(@"^<\d+\.\d+@localhost>$", challenge);
            Assert.True(given.Add(challenge), challenge);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(1000)]
    public void The_states_behind_a_key_give_the_HMAC_of_the_key_RFC_2104(int length)
    {
        var random = new Random(2104);
        var (key, text) = (new byte[length], new byte[length]);
        random.NextBytes(key);
        random.NextBytes(text);
        var digest = new byte[HmacMd5Key.DigestSize];
        HmacMd5Key.Of(key).Compute(text, digest);
#pragma warning disable CA5351 // what is checked is made of MD5 (RFC 2195)
        Assert.Equal(HMACMD5.HashData(key, text), digest);
#pragma warning restore CA5351
    }

    [Fact]
    public void An_unknown_mechanism_is_none()
    {
        Assert.Equal(["SCRAM-SHA-256", "PLAIN", "LOGIN", "CRAM-MD5"], _authenticator.Mechanisms);
        Assert.Null(_authenticator.Begin("GSSAPI"));
        Assert.Null(_authenticator.Begin(""));
    }

    [Fact]
    public void CRAM_MD5_is_there_only_when_a_user_can_use_it()
    {
        var users = new UserFile();
        users.Set("fred", "secret"u8, Exchanges.Iterations);
        using var authenticator = new UserAuthenticator(users);
        Assert.DoesNotContain("CRAM-MD5", authenticator.Mechanisms);
        Assert.Null(authenticator.Begin("CRAM-MD5"));
    }

    [Fact]
    public async Task A_check_of_ones_own_may_take_its_time_and_its_outcome_counts()
    {
        var own = new OwnAuthenticator();
        using var exchange = own.Begin("PLAIN")!;
        var waiting = exchange.BeginAsync("\0fred\0secret");
        Assert.False(waiting.IsCompleted);
        own.Answer.SetResult(Unavailable);
        Assert.Equal(Unavailable, (await waiting).Outcome);
        Assert.Equal("fred secret", own.Asked);
        // what was given to it has been wiped
        Assert.All(own.Given.ToArray(), octet => Assert.Equal(0, octet));
    }

    private sealed class OwnAuthenticator : PasswordAuthenticator
    {
        public TaskCompletionSource<AuthenticationOutcome> Answer { get; } = new();

        public string Asked { get; private set; } = "";

        public ReadOnlyMemory<byte> Given { get; private set; }

        protected override async ValueTask<AuthenticationOutcome> VerifyAsync(
            string name,
            ReadOnlyMemory<byte> password,
            CancellationToken cancellationToken
        )
        {
            (Asked, Given) = ($"{name} {Encoding.UTF8.GetString(password.Span)}", password);
            return await Answer.Task;
        }
    }
}
