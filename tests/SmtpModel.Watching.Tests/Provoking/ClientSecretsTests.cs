namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>What is secret in a client's command is left out wherever the command is written.</summary>
public sealed class ClientSecretsTests
{
    private const string Secret = "s3cret-Wxyz";
    private const string Mask = "{env:PASSWORD}";

    [Theory]
    [InlineData("swaks --auth-password s3cret-Wxyz --to b@example.test")]
    [InlineData("swaks -ap s3cret-Wxyz --to b@example.test")]
    [InlineData("send --smtp-pass=s3cret-Wxyz b@example.test")]
    [InlineData("env MAIL_PASSWORD=s3cret-Wxyz send b@example.test")]
    [InlineData("curl --user fred:s3cret-Wxyz --url smtp://host:25")]
    [InlineData("curl --oauth2-bearer s3cret-Wxyz --url smtp://host:25")]
    [InlineData("s-nail -S mta=smtp://fred:s3cret-Wxyz@host:25 b@example.test")]
    public void A_password_is_known_by_the_name_of_its_argument(string command)
    {
        var secrets = new ClientSecrets(command.Split(' '));
        Assert.Equal(command.Replace(Secret, Mask, StringComparison.Ordinal), string.Join(' ', secrets.Words));
        Assert.Equal(["PASSWORD"], secrets.Variables);
    }

    [Theory]
    [InlineData("swaks --server host:25 --to b@example.test --auth-user fred")]
    [InlineData("curl --user fred --url smtp://host:25")]
    [InlineData("msmtp --host=127.0.0.1 --passwordeval=cat b@example.test")]
    [InlineData("swaks --auth-password {env:SMTP_PASSWORD} --to b@example.test")]
    public void What_is_no_secret_stays(string command)
    {
        var secrets = new ClientSecrets(command.Split(' '));
        Assert.Equal(command.Split(' '), secrets.Words);
        Assert.Empty(secrets.Variables);
    }

    [Fact]
    public void What_is_given_in_a_login_is_known_from_then_on()
    {
        var secrets = new ClientSecrets(["send", "{port}", Secret, "other", "--key=ab"]);
        Assert.Equal(["send", "{port}", Secret, "other", "--key=ab"], secrets.Words);
        secrets.Learn([Secret, "bm90IHRoZXJl", "ab"]);
        Assert.Equal(["send", "{port}", Mask, "other", "--key={env:PASSWORD_2}"], secrets.Words);
        Assert.Equal(["PASSWORD", "PASSWORD_2"], secrets.Variables);
        Assert.Equal("sent (a secret) and (a secret), about", secrets.Hide($"sent {Secret} and bm90IHRoZXJl, about"));
    }

    [Fact]
    public void What_comes_from_the_environment_is_given_to_the_client_and_hidden_in_what_it_says()
    {
        var name = Environment.GetEnvironmentVariables().Keys.Cast<string>().First(one =>
            Environment.GetEnvironmentVariable(one) is { Length: > 4 } value && one.All(char.IsAsciiLetter) && !value.Contains("a secret"));
        var value = Environment.GetEnvironmentVariable(name)!;
        var secrets = new ClientSecrets(["send", $"-p={{env:{name}}}"]);
        Assert.Equal($"-p={value}", secrets.Filled($"-p={{env:{name}}}"));
        Assert.Equal($"-p={{env:{name}}}", secrets.Words[1]);
        Assert.Equal("I use (a secret)", secrets.Hide($"I use {value}"));
    }

    [Fact]
    public void A_variable_that_is_not_there_is_told_of() =>
        Assert.Equal(
            "{env:NO_SUCH_VARIABLE_HERE} among the client's arguments: there is no variable NO_SUCH_VARIABLE_HERE in the environment; "
                + "set it to what is to stand there",
            Assert.Throws<ClientNotStartedException>(() => new ClientSecrets(["x"]).Filled("{env:NO_SUCH_VARIABLE_HERE}")).Message
        );
}
