using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Server.Tests.Hosting;

public class ListenTests
{
    [Fact]
    public async Task An_address_in_use_is_named_with_what_to_do()
    {
        await using var running = await Running.StartAsync();
        var endPoint = running.Server.EndPoints[0];
        await using var second = new SmtpServer(
            new SmtpServerOptions { Store = DiscardStore.Instance, EndPoints = [FreeEndPoint(), endPoint] }
        );
        var e = await Assert.ThrowsAsync<ListenException>(second.StartAsync);
        Assert.Equal(ListenProblem.AddressInUse, e.Problem);
        Assert.Equal(endPoint, e.EndPoint);
        Assert.Equal(
            $"cannot listen on {endPoint}: another program listens there; stop it, or choose another port (0 lets the system choose)",
            e.Message
        );
        Assert.Empty(second.EndPoints);
        // all or none: the one that could be had is let go
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() =>
            client.ConnectAsync(second.Options.EndPoints[0], TestContext.Current.CancellationToken).AsTask()
        );
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_port_that_only_a_connection_holds_is_not_said_to_be_listened_on()
    {
        // the port that the system gave a client; one that was just closed holds it in the same way, for a minute
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        var endPoint = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)client.LocalEndPoint!).Port);
        await using var server = new SmtpServer(new SmtpServerOptions { Store = DiscardStore.Instance, EndPoints = [endPoint] });

        var e = await Assert.ThrowsAsync<ListenException>(server.StartAsync);
        Assert.Equal(ListenProblem.AddressInUse, e.Problem);
        Assert.StartsWith($"cannot listen on {endPoint}: nobody listens there, and a connection", e.Message, StringComparison.Ordinal);
        Assert.Contains("wait, or choose another port", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named_with_what_to_do()
    {
        // kept for documentation (RFC 5737), so it is no address of this machine
        await using var server = new SmtpServer(
            new SmtpServerOptions { Store = DiscardStore.Instance, EndPoints = [new(IPAddress.Parse("192.0.2.1"), 0)] }
        );
        var e = await Assert.ThrowsAsync<ListenException>(server.StartAsync);
        Assert.Equal(ListenProblem.NotAnAddressHere, e.Problem);
        Assert.Contains("this machine has no such address", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_not_permitted_is_named_with_what_to_do()
    {
        // the tests may run as root, who may listen anywhere
        var e = new ListenException(new IPEndPoint(IPAddress.Any, 25), new SocketException((int)SocketError.AccessDenied));
        Assert.Equal(ListenProblem.NotPermitted, e.Problem);
        Assert.Contains("0.0.0.0:25: not permitted; choose a port from 1024 up", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_listens_on_all_its_end_points()
    {
        await using var running = await Running.StartAsync(change: options => options with
        {
            EndPoints = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)],
        });
        Assert.Equal(2, running.Server.EndPoints.Select(endPoint => endPoint.Port).Where(port => port > 0).Distinct().Count());
        foreach (var endPoint in running.Server.EndPoints)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket
                .ConnectAsync(endPoint, TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
            Assert.Equal(4, await socket.ReceiveAsync(new byte[4]).WaitAsync(Client.Patience, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void A_profile_that_is_not_there_is_found_before_listening()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            new SmtpServer(new SmtpServerOptions { Store = DiscardStore.Instance, Profile = "rfc999" })
        );
        Assert.Contains("there is no profile 'rfc999'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_started_once()
    {
        await using var running = await Running.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(running.Server.StartAsync);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        var options = new SmtpServerOptions { Store = DiscardStore.Instance };
        Assert.Throws<ArgumentOutOfRangeException>("CommandTimeout", () => options with { CommandTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>("MaxConnections", () => options with { MaxConnections = 0 });
        Assert.Throws<ArgumentException>("EndPoints", () => options with { EndPoints = [] });
    }

    private static IPEndPoint FreeEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
