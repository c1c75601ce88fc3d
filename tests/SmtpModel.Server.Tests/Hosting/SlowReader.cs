using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

internal static class SlowReader
{
    /// <summary>Sends commands whose replies are not read, until the server takes no more because nobody takes what it sends.</summary>
    /// <returns>The number of octets sent; the last command may be cut.</returns>
    public static async Task<long> StallAsync(Client client, SmtpServer server)
    {
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HELP\r\n", 2000)));
        client.Socket.Blocking = false;
        var sent = 0L;
        var at = 0;
        while (true)
        {
            var count = client.Socket.Send(block.AsSpan(at), SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock)
            {
                if (await IsAtStandstillAsync(client, server))
                {
                    client.Socket.Blocking = true;
                    return sent;
                }

                continue;
            }

            Assert.Equal(SocketError.Success, error);
            sent += count;
            at = (at + count) % block.Length;
        }
    }

    // nothing received and no room to send, several times in a row: one look could fall into a pause of the machine's
    private static async Task<bool> IsAtStandstillAsync(Client client, SmtpServer server)
    {
        var received = server.Counters.OctetsReceived;
        for (var look = 0; look < 5; look++)
        {
            await Task.Delay(60);
            if (received != server.Counters.OctetsReceived || client.Socket.Poll(0, SelectMode.SelectWrite))
            {
                return false;
            }
        }

        return true;
    }
}
