using System.Diagnostics;
using System.Security.Authentication;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>What keeps one out is said in a line of our own, soon, and never with the password.</summary>
public class RefusedEntranceTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_certificate_of_nobody_known() => IsSaidAsync(new Submission(), TlsMode.StartTls,
        "the server's certificate is signed by itself; --ca FILE", tls: new TlsClientOptions());

    [Fact]
    public Task A_certificate_that_has_expired()
    {
        var expired = Certificates.Make("localhost", Now.AddDays(-30), Now.AddDays(-2));
        return IsSaidAsync(
            new Submission { Certificate = expired },
            TlsMode.StartTls,
            $"the server's certificate expired on {Now.AddDays(-2):yyyy-MM-dd}; --ca FILE"
        );
    }

    [Fact]
    public Task A_certificate_that_is_not_valid_yet()
    {
        var early = Certificates.Make("localhost", Now.AddDays(2), Now.AddDays(30));
        return IsSaidAsync(
            new Submission { Certificate = early },
            TlsMode.StartTls,
            $"the server's certificate is not valid before {Now.AddDays(2):yyyy-MM-dd}; --ca FILE"
        );
    }

    [Fact]
    public Task A_certificate_for_another_name() =>
        IsSaidAsync(
            new Submission(),
            TlsMode.StartTls,
            "the server's certificate is for localhost, 127.0.0.1 and not for mx.example.test; --ca FILE",
            tls: new TlsClientOptions { Authorities = [Certificates.OfLocalhost], ServerName = "mx.example.test" }
        );

    [Fact]
    public Task All_that_is_wrong_with_a_certificate_is_said() =>
        IsSaidAsync(
            new Submission(),
            TlsMode.Implicit,
            "the server's certificate is signed by itself, and is for localhost, 127.0.0.1 and not for mx.example.test;",
            tls: new TlsClientOptions
            {
                Authorities = [Certificates.Make("other.example.test", Now.AddDays(-1), Now.AddDays(1))],
                ServerName = "mx.example.test",
            },
            isImplicit: true,
            isSame: false
        );

    [Fact]
    public async Task Any_certificate_will_do_where_that_is_asked_for()
    {
        await using var server = new SubmissionServer(
            new Submission { Certificate = Certificates.Make("other.example.test", Now.AddDays(-30), Now.AddDays(-2)) }
        );
        await using var target = server.Target(TlsMode.StartTls, tls: new TlsClientOptions { TakesAnyCertificate = true });

        await using var session = await target.ConnectAsync(0, Cancellation);

        Assert.NotNull(session.Greeting.Note);
        Assert.EndsWith("; the certificate is not checked", Assert.Single(target.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_version_of_TLS_that_is_put_away()
    {
#pragma warning disable SYSLIB0039, CA5397 // the old version is what this is about
        return IsSaidAsync(new Submission { Versions = SslProtocols.Tls11 }, TlsMode.StartTls, "the server ");
#pragma warning restore SYSLIB0039, CA5397
    }

    [Fact]
    public Task A_handshake_with_a_plain_port() => IsSaidAsync(new Submission { Certificate = null }, TlsMode.Implicit,
        "the server speaks no TLS, but says 220 submission.example.test; --tls none or --tls starttls", isImplicit: false);

    [Fact]
    public Task A_handshake_that_hangs() =>
        IsSaidAsync(new Submission { IsStuck = true }, TlsMode.StartTls, "the TLS handshake is not over within 2 s; --reply-timeout");

    [Fact]
    public async Task Plain_text_to_a_port_that_speaks_TLS()
    {
        await using var server = new SubmissionServer(new Submission { IsImplicit = true });
        await using var target = server.Target(TlsMode.None);

        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(async () => await target.ConnectAsync(0, Cancellation));

        Assert.Contains("(--tls implicit)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task STARTTLS_that_is_not_offered()
    {
        await using var server = new SubmissionServer(new Submission { Certificate = null });
        await using var target = server.Target(TlsMode.StartTls);

        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(async () => await target.ConnectAsync(0, Cancellation));

        Assert.Contains("does not offer STARTTLS; --tls implicit", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("454 4.7.0 not now\r\n", "STARTTLS is offered and draws 454 4.7.0 not now; wait and try again")]
    [InlineData("502 no\r\n", "STARTTLS is offered and draws 502 no")]
    [InlineData("220 go\r\n250 in clear\r\n", "the server says something in clear behind the reply that begins TLS")]
    public Task STARTTLS_that_is_not_taken(string reply, string said) =>
        IsSaidAsync(new Submission { StartTls = reply }, TlsMode.StartTls, said);

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_never_again()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, new Login(Submission.User, "wrong") { Mechanism = "PLAIN" });

        var first = await LoginFaultAsync(target);
        Assert.EndsWith(
            "the server refuses the login of alice with PLAIN: 535 5.7.8 no; it is not tried again",
            first.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            first.Message,
            (await Assert.ThrowsAsync<TargetUnreachableException>(async () => await target.ConnectAsync(0, Cancellation))).Message
        );
        Assert.Equal(1, server.Logins);
    }

    [Fact]
    public async Task A_whole_test_with_a_wrong_password_tries_it_once_on_however_many_connections()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, new Login(Submission.User, "wrong"));

        await Assert.ThrowsAsync<TargetUnreachableException>(() =>
            new ConformanceTest(Profiles.Rfc5321, new TestOptions { Connections = 4 }).RunAsync(target, null, Cancellation)
        );

        Assert.Equal(1, server.Logins);
    }

    [Fact]
    public async Task A_login_that_was_taken_and_is_refused_later_is_given_up_at_the_third_refusal()
    {
        await using var server = new SubmissionServer(
            new Submission { Login = (number, right) => number == 1 ? right : "535 5.7.8 locked" }
        );
        await using var target = server.Target(TlsMode.StartTls, server.Login());

        await Assert.ThrowsAsync<TargetUnreachableException>(() =>
            new ConformanceTest(Profiles.Rfc5321, new TestOptions { Connections = 4 }).RunAsync(target, null, Cancellation)
        );

        Assert.Equal(4, server.Logins);
    }

    [Fact]
    public async Task A_login_that_is_put_off_now_and_then_leaves_those_sessions_undecided_and_the_server_not_accused()
    {
        await using var server = new SubmissionServer(
            new Submission { Login = (number, right) => number % 5 == 3 ? "454 4.7.0 busy" : right }
        );
        await using var target = server.Target(TlsMode.StartTls, server.Login("PLAIN"));

        var report = await new ConformanceTest(
            Profiles.Rfc5321,
            new TestOptions { Select = one => one.Kind is not CaseKind.Wire }
        ).RunAsync(target, null, Cancellation);

        Assert.Empty(report.Failures);
        Assert.True(report.IsConclusive);
    }

    [Theory]
    [InlineData("CRAM-MD5", "the server does not offer the mechanism CRAM-MD5; it offers PLAIN, LOGIN")]
    [InlineData(null, "a password is not sent as it is outside TLS, and PLAIN does that; --tls starttls", false)]
    public async Task A_mechanism_that_cannot_be_had(string? mechanism, string said, bool isSecure = true)
    {
        await using var server = new SubmissionServer(new Submission { InTls = "PLAIN LOGIN", InClear = "PLAIN LOGIN" });
        await using var target = server.Target(isSecure ? TlsMode.StartTls : TlsMode.None, server.Login(mechanism));

        Assert.Contains(said, (await LoginFaultAsync(target)).Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Logins);
    }

    [Theory]
    [InlineData("", "the server offers no AUTH in clear; --tls starttls logs in inside TLS, so alice cannot log in", false)]
    [InlineData(
        "GSSAPI NTLM",
        "the server offers none of SCRAM-SHA-256, CRAM-MD5, PLAIN, LOGIN, but GSSAPI, NTLM; --mechanism names another",
        true
    )]
    public async Task A_login_that_is_not_offered(string mechanisms, string said, bool isSecure)
    {
        await using var server = new SubmissionServer(new Submission { InTls = mechanisms });
        await using var target = server.Target(isSecure ? TlsMode.StartTls : TlsMode.None, server.Login());

        Assert.Contains(said, (await LoginFaultAsync(target)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_the_password_is_not_quoted_with_it()
    {
        const string Password = "Recognizable-7f3a";
        await using var server = new SubmissionServer(
            new Submission
            {
                Login = (_, _) =>
                    $"535 {Password} is wrong, and so is "
                        + $"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0alice\0{Password}"))}",
            }
        );
        await using var target = server.Target(TlsMode.StartTls, new Login(Submission.User, Password) { Mechanism = "PLAIN" });

        Assert.EndsWith(
            "535 *** is wrong, and so is ***; it is not tried again",
            (await LoginFaultAsync(target)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "the server closes the connection")]
    [InlineData("454 4.7.0 later", "the server puts the login of alice off: 454 4.7.0 later; wait and try again")]
    [InlineData("334 AAAA", "the server refuses the login of alice with PLAIN: 500 what")]
    [InlineData("250 what", "the login of alice with PLAIN is not over: 250 what")]
    public async Task A_login_that_comes_to_no_end(string? reply, string said)
    {
        await using var server = new SubmissionServer(new Submission { Login = (_, _) => reply });
        await using var target = server.Target(TlsMode.StartTls, server.Login("PLAIN"));

        Assert.Contains(said, (await LoginFaultAsync(target)).Message, StringComparison.Ordinal);
    }

    private static async Task<TargetUnreachableException> LoginFaultAsync(TcpTarget target)
    {
        await using var session = await target.ConnectAsync(0, Cancellation);
        return await Assert.ThrowsAsync<TargetUnreachableException>(async () =>
            await session.SendAsync("EHLO client.example.test\r\n"u8.ToArray(), 0, Cancellation)
        );
    }

    private static async Task IsSaidAsync(
        Submission what,
        TlsMode mode,
        string said,
        TlsClientOptions? tls = null,
        bool? isImplicit = null,
        bool isSame = true
    )
    {
        await using var server = new SubmissionServer(what with { IsImplicit = isImplicit ?? what.IsImplicit });
        await using var target = server.Target(mode, tls: tls);
        var clock = Stopwatch.StartNew();

        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(async () => await target.ConnectAsync(0, Cancellation));

        TestRun.Print(fault.Message);
        Assert.StartsWith($"{target.Name} cannot be tested inside TLS: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.True(isSame || fault.Message.Contains(", and ", StringComparison.Ordinal));
    }
}
