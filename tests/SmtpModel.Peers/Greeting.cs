using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Peers;

/// <summary>The greeting of a server that is being started.</summary>
internal static class Greeting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);

    /// <summary>Connects until a greeting comes. Ends by itself only with a 2yz one, otherwise when cancelled.</summary>
    internal static async Task Await(IPEndPoint server, Action<string> tell, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(server, cancellation);
                var line = await LastLine(client.GetStream(), cancellation);
                if (line.StartsWith('2'))
                {
                    await Leave(client, cancellation);
                    return;
                }

                tell($"greeting: '{line}'");
            }
            catch (Exception problem) when (problem is SocketException or IOException)
            {
                // not listening yet, or closed while it starts: the caller hears of it if the time runs out
                tell(problem.Message);
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private static async Task<string> LastLine(NetworkStream stream, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        while (true)
        {
            var line = await reader.ReadLineAsync(cancellation) ?? throw new IOException("closed without a greeting");
            if (line.Length < 4 || line[3] != '-')
                return line;
        }
    }

    /// <summary>Leaves as a client should, so that the server is done with this connection before a test begins.</summary>
    private static async Task Leave(TcpClient client, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(GoodbyeLimit);
        var stream = client.GetStream();
        var rest = new byte[256];
        try
        {
            await stream.WriteAsync("QUIT\r\n"u8.ToArray(), time.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(rest, time.Token) > 0)
            {
            }
        }
        catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException)
        {
            // It greeted, which is all that was asked; how it takes a goodbye is for the tests to say.
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
