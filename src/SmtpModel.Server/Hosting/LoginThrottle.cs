using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Server;

/// <summary>
/// How long a failed login is held back: longer with each failure from an address, whatever the connection, so that many connections at
/// once do not guess faster than one. An IPv6 network of 64 bits counts as one address, since its owner has all of it.
/// </summary>
internal sealed class LoginThrottle(SmtpServerOptions options)
{
    private const int MostDoublings = 3;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Failures> _addresses = [];

    /// <summary>How many addresses are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _addresses.Count;
            }
        }
    }

    /// <summary>Counts a failure and says how long its reply is held back.</summary>
    public TimeSpan DelayAfterFailure(IPAddress? client)
    {
        var address = NetworkOf(client ?? IPAddress.None);
        var now = options.TimeProvider.GetTimestamp();
        lock (_lock)
        {
            var known = _addresses.GetValueOrDefault(address);
            var count = known.Count == 0 || IsForgotten(known, now) ? 1 : known.Count + 1;
            if (known.Count == 0 && _addresses.Count >= MostAddresses)
            {
                Forget(now);
            }

            _addresses[address] = new Failures(count, now);
            return options.FailedLoginDelay * (1 << Math.Min(count - 1, MostDoublings));
        }
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        octets[8..].Clear();
        return new IPAddress(octets);
    }

    private bool IsForgotten(Failures failures, long now) => options.TimeProvider.GetElapsedTime(failures.Last, now) > Memory;

    // those that are old, or all: a client with as many addresses is not slowed down by this anyhow
    private void Forget(long now)
    {
        foreach (var (address, failures) in _addresses)
        {
            if (IsForgotten(failures, now))
            {
                _addresses.Remove(address);
            }
        }

        if (_addresses.Count >= MostAddresses)
        {
            _addresses.Clear();
        }
    }

    private readonly record struct Failures(int Count, long Last);
}
