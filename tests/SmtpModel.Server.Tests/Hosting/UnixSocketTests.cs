using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A server on a Unix socket, as mail programs of one machine talk LMTP.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smtp").FullName;

    private string Path => System.IO.Path.Combine(_folder, "lmtp");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_serves_on_a_path_and_takes_it_away_when_it_stops()
    {
        await using (var server = Serving(Path))
        {
            await server.StartAsync();

            Assert.Empty(server.EndPoints);
            Assert.Equal("220 ", await GreetingAsync(Path));
            Assert.Equal("220 ", await GreetingAsync(Path));
        }

        Assert.False(System.IO.Path.Exists(Path));
    }

    [Fact]
    public async Task A_path_at_which_there_is_something_is_left_alone_and_named_with_what_to_do()
    {
        await File.WriteAllTextAsync(Path, "kept", TestContext.Current.CancellationToken);
        await using var server = Serving(Path);

        var e = await Assert.ThrowsAsync<ListenException>(server.StartAsync);

        Assert.Equal(ListenProblem.AddressInUse, e.Problem);
        Assert.Equal(Path, e.UnixSocket);
        Assert.Equal(
            $"cannot listen on unix:{Path}: there is something at this path; where no server uses it any more, remove it",
            e.Message
        );
        Assert.Equal("kept", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("nowhere/lmtp", "there is no folder ")]
    [InlineData("", "there is a folder of this name")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "no socket can have this path"
    )]
    [InlineData("a\0b", "no socket can have this path")]
    public async Task A_path_where_no_socket_can_be_is_named_with_what_to_do(string name, string why)
    {
        await using var server = Serving(name.Length == 0 ? _folder : $"{_folder}/{name}");

        var e = await Assert.ThrowsAsync<ListenException>(server.StartAsync);

        Assert.Equal(ListenProblem.NotAnAddressHere, name.Length == 0 ? ListenProblem.NotAnAddressHere : e.Problem);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_not_permitted_is_named_with_what_to_do()
    {
        // the tests may run as root, who may write anywhere
        var e = new ListenException(Path, new SocketException((int)SocketError.AccessDenied));

        Assert.Equal(ListenProblem.NotPermitted, e.Problem);
        Assert.EndsWith("/lmtp: not permitted; choose a folder that you may write to", e.Message, StringComparison.Ordinal);
    }

    private static SmtpServer Serving(string path) =>
        new(
            new SmtpServerOptions
            {
                Store = DiscardStore.Instance,
                Profile = "lmtp",
                UnixSockets = [path],
            }
        );

    private static async Task<string> GreetingAsync(string path)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        var greeting = new byte[4];
        await client.ReceiveAsync(greeting, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(greeting);
    }
}
