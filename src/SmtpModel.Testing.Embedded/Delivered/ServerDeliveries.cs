using System.Net;

namespace SmtpModel.Testing;

/// <summary>A server of the tester's own as the place where it can be seen what is delivered.</summary>
public static class ServerDeliveries
{
    extension(Deliveries)
    {
        /// <summary>What is sent on to a server that is started for it, which takes all mail.</summary>
        /// <param name="listen">Where it listens; port 0 lets the system choose.</param>
        /// <exception cref="IOException">It cannot listen there.</exception>
        public static async Task<Deliveries> SmtpAsync(IPEndPoint listen) => await SinkDeliveries.StartAsync(listen, isLmtp: false);

        /// <summary>The same with LMTP (RFC 2033).</summary>
        /// <param name="listen">Where it listens; port 0 lets the system choose.</param>
        /// <exception cref="IOException">It cannot listen there.</exception>
        public static async Task<Deliveries> LmtpAsync(IPEndPoint listen) => await SinkDeliveries.StartAsync(listen, isLmtp: true);
    }
}
