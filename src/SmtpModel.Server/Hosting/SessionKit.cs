using System.Collections.Concurrent;

namespace SmtpModel.Server;

/// <summary>What a connection needs and leaves to the next one: a session, memory to receive into, and the two operations.</summary>
internal sealed class SessionKit : IDisposable
{
    private const int InputSize = 16 * 1024;

    public SessionKit(SmtpServerOptions options)
    {
        Policy = new GreetedPolicy(options.Policy);
        var settings = options.Session with
        {
            OffersStartTls = options.Tls is { Start: TlsStart.OnStartTls },
            Mechanisms = options.Authenticator?.Mechanisms ?? [],
        };
        Session = options.MakeSession is { } make ? make(settings, Policy) : SmtpSession.Create(options.Profile, settings, Policy);
    }

    public GreetedPolicy Policy { get; }

    public SmtpSession Session { get; }

    public byte[] Input { get; } = GC.AllocateUninitializedArray<byte>(InputSize);

    public SocketOperation Receiving { get; } = new();

    public SocketOperation Sending { get; } = new();

    public void Dispose()
    {
        Receiving.Dispose();
        Sending.Dispose();
    }
}

/// <summary>Kits that are free. A kit is given back only when nothing uses it any more; one that is in doubt is left to the
/// collector.</summary>
internal sealed class SessionKitPool(SmtpServerOptions options) : IDisposable
{
    private const int MostKept = 256;
    private readonly ConcurrentStack<SessionKit> _free = new();

    public SessionKit Take() => _free.TryPop(out var kit) ? kit : new SessionKit(options);

    public void Return(SessionKit kit)
    {
        kit.Session.Reset();
        kit.Policy.Reset();
        if (_free.Count < MostKept)
        {
            _free.Push(kit);
        }
        else
        {
            kit.Dispose();
        }
    }

    public void Dispose()
    {
        while (_free.TryPop(out var kit))
        {
            kit.Dispose();
        }
    }
}
