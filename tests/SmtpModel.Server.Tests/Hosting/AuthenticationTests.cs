using SmtpModel.Server.Tests.Authentication;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>AUTH (RFC 4954) in a running server, in clear so that each octet can be written here.</summary>
public sealed class AuthenticationTests : IDisposable
{
    private const string Right = "AGZyZWQAcGVuY2ls";
    private const string Wrong = "AGZyZWQAd3Jvbmc=";
    private readonly UserAuthenticator _users = new(Exchanges.Users(("fred", "pencil")), "mx.example");

    public void Dispose() => _users.Dispose();

    [Fact]
    public async Task A_client_that_has_logged_in_is_known_to_policy_and_store_RFC_3848()
    {
        MessageTrace? seen = null;
        await using var running = await StartAsync(
            store: new StoreOf(
                (_, trace) =>
                {
                    seen = trace;
                    return new(Decision.Accept);
                }
            )
        );
        using var client = await Client.AfterAsync(
            running.Server,
            "EHLO c.example",
            $"AUTH PLAIN {Right}",
            "MAIL FROM:<a@c.example> AUTH=<>",
            "RCPT TO:<b@mx.example>",
            "DATA",
            "."
        );
        Assert.Equal(("fred", "ESMTPA"), (seen?.Identity, seen?.Protocol));
        Assert.StartsWith("503 ", await client.AskAsync($"AUTH PLAIN {Right}"));
        await client.AskAsync("EHLO c.example");
        Assert.StartsWith("503 ", await client.AskAsync($"AUTH PLAIN {Right}"));
        Assert.Equal((1L, 0L), (running.Server.Counters.Logins, running.Server.Counters.FailedLogins));
    }

    [Theory]
    [InlineData("AUTH PLAIN", "334 ", Right, "235 2.7.0 ")]
    [InlineData("auth plain", "334 ", Right, "235 2.7.0 ")]
    [InlineData("AUTH PLAIN", "334 ", "*", "501 5.7.0 ")]
    [InlineData("AUTH PLAIN", "334 ", "!", "501 5.5.2 ")]
    [InlineData("AUTH PLAIN", "334 ", "QUIT", "501 ")]
    [InlineData("AUTH PLAIN", "334 ", "", "501 ")]
    [InlineData("AUTH PLAIN =", "501 ", null, null)]
    [InlineData("AUTH PLAIN A=BC", "501 5.5.2 ", null, null)]
    [InlineData("AUTH PLAIN " + Wrong, "535 5.7.8 ", null, null)]
    [InlineData("AUTH CRAM-MD5 " + Right, "501 ", null, null)]
    [InlineData("AUTH GSSAPI", "504 5.5.4 ", null, null)]
    [InlineData("AUTH", "501 ", null, null)]
    [InlineData("AUTH LOGIN", "334 VXNlcm5hbWU6", "ZnJlZA==", "334 UGFzc3dvcmQ6")]
    public async Task A_dialogue_draws_what_RFC_4954_4_says(string first, string drawn, string? second, string? then)
    {
        await using var running = await StartAsync();
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example");
        Assert.StartsWith(drawn, await client.AskAsync(first));
        if (second is not null)
        {
            Assert.StartsWith(then!, await client.AskAsync(second));
        }
    }

    [Fact]
    public async Task A_response_may_have_12288_octets_and_one_that_is_longer_draws_500_RFC_4954_4()
    {
        await using var running = await StartAsync();
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example", "AUTH PLAIN");
        Assert.StartsWith("501 ", await client.AskAsync(new string('A', 12288)));
        Assert.StartsWith("334 ", await client.AskAsync("AUTH PLAIN"));
        Assert.StartsWith("500 5.5.6 ", await client.AskAsync(new string('A', 12292)));
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"));
    }

    [Fact]
    public async Task Commands_that_came_with_AUTH_are_answered_behind_it_in_order()
    {
        await using var running = await StartAsync();
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example");
        await client.SendAsync($"NOOP\r\nAUTH PLAIN {Right}\r\nMAIL FROM:<a@c.example>\r\nQUIT\r\n");
        Assert.Equal(["250", "235", "250", "221"], (await client.ReadToEndAsync()).Select(line => line[..3]));
    }

    [Fact]
    public async Task In_clear_AUTH_is_neither_offered_nor_served_unless_it_is_allowed_RFC_4954_4()
    {
        await using var running = await StartAsync(options =>
            options with
            {
                Session = options.Session with { AuthenticatesInClear = false },
            }
        );
        using var client = await Client.GreetedAsync(running.Server);
        await client.SendAsync($"EHLO c.example\r\nAUTH PLAIN {Right}\r\nQUIT\r\n");
        var said = await client.ReadToEndAsync();
        Assert.DoesNotContain(said, line => line[4..].StartsWith("AUTH", StringComparison.Ordinal));
        Assert.StartsWith("538 5.7.11 ", said[^2]);
        Assert.Equal(0, running.Server.Counters.Logins);
    }

    [Fact]
    public async Task The_offer_names_the_mechanisms_RFC_4954_3()
    {
        await using var running = await StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        await client.SendAsync("EHLO c.example\r\nQUIT\r\n");
        Assert.Contains("250-AUTH SCRAM-SHA-256 PLAIN LOGIN CRAM-MD5", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Where_a_login_is_demanded_only_some_commands_are_served_before_it_RFC_4954_6()
    {
        await using var running = await StartAsync(options =>
            options with
            {
                Session = options.Session with { RequiresAuthentication = true },
            }
        );
        using var client = await Client.AfterAsync(running.Server, "NOOP", "HELO c.example", "RSET", "EHLO c.example");
        foreach (var command in new[] { "MAIL FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA", "VRFY b", "ETRN c.example" })
        {
            Assert.Equal("530 5.7.0 Authentication required", await client.AskAsync(command));
        }

        Assert.StartsWith("235 ", await client.AskAsync($"AUTH PLAIN {Right}"));
        Assert.StartsWith("250 ", await client.AskAsync("MAIL FROM:<a@c.example>"));
    }

    [Fact]
    public async Task Failed_logins_are_held_back_longer_each_time_and_the_last_ends_the_connection_RFC_4954_9()
    {
        await using var running = await StartAsync(options =>
            options with
            {
                FailedLoginDelay = TimeSpan.FromSeconds(1),
                MaxFailedLogins = 3,
            }
        );
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example");
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            var reply = client.AskAsync($"AUTH PLAIN {Wrong}");
            await Running.UntilAsync(() => running.Server.Counters.FailedLogins == seconds switch { 1 => 1, 2 => 2, _ => 3 });
            await Running.UntilAsync(() => running.Time.Timers > 1);
            running.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(10));
            Assert.False(reply.IsCompleted);
            running.Time.Advance(TimeSpan.FromMilliseconds(20));
            Assert.StartsWith("535 5.7.8 ", await reply);
        }

        Assert.StartsWith("421 ", await client.ReadReplyAsync());
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task An_authenticator_that_takes_too_long_ends_the_session_with_421()
    {
        var slow = new SlowAuthenticator();
        await using var running = await StartAsync(options => options with { Authenticator = slow });
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example");
        var reply = client.AskAsync($"AUTH PLAIN {Right}");
        await slow.Asked.Task.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        running.Time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));
        Assert.StartsWith("421 ", await reply);
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task An_authenticator_that_throws_is_a_fault_of_the_server_and_nobody_is_let_in()
    {
        await using var running = await StartAsync(options => options with { Authenticator = new BrokenAuthenticator() });
        using var client = await Client.AfterAsync(running.Server, "EHLO c.example");
        Assert.StartsWith("421 ", await client.AskAsync($"AUTH PLAIN {Right}"));
        Assert.Equal("the authenticator failed", Assert.Single(running.Faults).Doing);
    }

    private Task<Running> StartAsync(Func<SmtpServerOptions, SmtpServerOptions>? change = null, IMessageStore? store = null) =>
        Running.StartAsync(store, change: options =>
        {
            var changed = options with
            {
                Profile = "esmtpsa",
                Authenticator = _users,
                FailedLoginDelay = TimeSpan.Zero,
                Session = options.Session with { AuthenticatesInClear = true },
            };
            return change?.Invoke(changed) ?? changed;
        });

    private sealed class SlowAuthenticator : PasswordAuthenticator
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async ValueTask<AuthenticationOutcome> VerifyAsync(
            string name,
            ReadOnlyMemory<byte> password,
            CancellationToken cancellationToken
        )
        {
            Asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return AuthenticationOutcome.Accepted;
        }
    }

    private sealed class BrokenAuthenticator : PasswordAuthenticator
    {
        protected override ValueTask<AuthenticationOutcome> VerifyAsync(
            string name,
            ReadOnlyMemory<byte> password,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException("no directory");
    }
}
