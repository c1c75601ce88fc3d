using System.Net;
using System.Runtime.InteropServices;

namespace SmtpModel.Server;

/// <summary>The connections that are open, the limits on them, and the one sweep that looks after all their deadlines.</summary>
internal sealed class ConnectionRegistry : IDisposable
{
    // more refused ones than this at once are not waited for until they have closed
    private const int MostRefusedInOrder = 100;
    private readonly ServerContext _server;
    private readonly Lock _lock = new();
    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<IPAddress, int> _addresses = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _sweep;
    private int _refused;
    private bool _isStopping;

    public ConnectionRegistry(ServerContext server) => _server = server;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    public void StartSweep() =>
        _sweep = _server.Time.CreateTimer(_ => Sweep(), null, _server.Limits.SweepInterval, _server.Limits.SweepInterval);

    /// <summary>Takes the connection in; gives why it is to be refused, or null.</summary>
    public Refusal? Add(Connection connection)
    {
        lock (_lock)
        {
            _open.Add(connection);
            var address = AddressOf(connection);
            var ofAddress = _addresses.GetValueOrDefault(address);
            if (_open.Count - _refused > _server.Options.MaxConnections)
            {
                return Refuse(connection, "Too many connections");
            }

            if (ofAddress >= _server.Options.MaxConnectionsPerAddress)
            {
                return Refuse(connection, "Too many connections from your address");
            }

            _addresses[address] = ofAddress + 1;
            return null;
        }
    }

    public void Remove(Connection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
            if (connection.IsRefused)
            {
                _refused--;
            }
            else if (--CollectionsMarshal.GetValueRefOrNullRef(_addresses, AddressOf(connection)) is 0)
            {
                _addresses.Remove(AddressOf(connection));
            }

            if (_isStopping && _open.Count is 0)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Tells all connections to end, complete when there is none left.</summary>
    public Task StopAll(string goodbye)
    {
        Connection[] open;
        lock (_lock)
        {
            _isStopping = true;
            open = [.. _open];
            if (open.Length is 0)
            {
                _empty.TrySetResult();
            }
        }

        foreach (var connection in open)
        {
            connection.Stop(goodbye);
        }

        return _empty.Task;
    }

    public void CutAll()
    {
        Connection[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        foreach (var connection in open)
        {
            connection.Act(Overdue.Cut);
        }
    }

    public void Dispose() => _sweep?.Dispose();

    private static IPAddress AddressOf(Connection connection) => connection.Client?.Address ?? IPAddress.None;

    private Refusal Refuse(Connection connection, string reason)
    {
        connection.IsRefused = true;
        _refused++;
        return new Refusal(_server.Goodbye(reason), IsHurried: _refused > MostRefusedInOrder);
    }

    private void Sweep()
    {
        var now = _server.Time.GetTimestamp();
        lock (_lock)
        {
            foreach (var connection in _open)
            {
                if (connection.Check(now) is not Overdue.Nothing and var overdue)
                {
                    // not here: stores may run code of theirs when they are cancelled
                    ThreadPool.UnsafeQueueUserWorkItem(
                        static late => late.connection.Act(late.overdue),
                        (connection, overdue),
                        preferLocal: false
                    );
                }
            }
        }
    }
}

/// <summary>What a connection is refused with.</summary>
/// <param name="Goodbye">The text of the 421.</param>
/// <param name="IsHurried">Whether to close without waiting for the client to have read it.</param>
internal sealed record Refusal(string Goodbye, bool IsHurried);
