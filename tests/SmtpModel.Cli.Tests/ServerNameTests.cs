using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Tests;

/// <summary>How people may name a server.</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("mx.example.test", "mx.example.test", 25)]
    [InlineData("mx.example.test:2525", "mx.example.test", 2525)]
    [InlineData("127.0.0.1", "127.0.0.1", 25)]
    [InlineData("::1", "::1", 25)]
    [InlineData("2001:db8::25", "2001:db8::25", 25)]
    [InlineData("[::1]", "::1", 25)]
    [InlineData("[::1]:587", "::1", 587)]
    [InlineData("[::ffff:192.0.2.1]:587", "::ffff:192.0.2.1", 587)]
    [InlineData("b\u00fccher.example", "b\u00fccher.example", 25)]
    public void A_host_or_an_address_is_a_server_with_port_25_when_none_is_given(string text, string host, int port) =>
        Assert.Equal((host, port), ServerName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":25")]
    [InlineData("25")]
    [InlineData("mx.example.test:")]
    [InlineData("mx.example.test:0")]
    [InlineData("mx.example.test:+25")]
    [InlineData("[127.0.0.1]:25")]
    [InlineData("[::1:25")]
    [InlineData("[::1]25")]
    [InlineData("[[::1]]:25")]
    [InlineData("a:b:25")]
    [InlineData("smtp://mx")]
    [InlineData("-mx")]
    [InlineData("mx example")]
    public void What_is_neither_is_none(string text) => Assert.Null(ServerName.Parse(text));
}
