using System.Net;

namespace SmtpModel.Server;

/// <summary>What all connections of a server share.</summary>
internal sealed class ServerContext(SmtpServerOptions options, ServerCounters counters) : IDisposable
{
    public SmtpServerOptions Options { get; } = options;

    public ServerCounters Counters { get; } = counters;

    public TimeLimits Limits { get; } = new(options);

    public LoginThrottle Throttle { get; } = new(options);

    public SessionKitPool Kits { get; } = new(options);

    public TimeProvider Time { get; } = options.TimeProvider;

    public string Goodbye(string reason) => $"{Options.Session.HostName} {reason}, closing transmission channel";

    public void Report(string doing, Exception exception, EndPoint? client)
    {
        Counters.AddFault();
        var fault = new ServerFault(doing, exception, client);
        try
        {
            Options.OnFault(fault);
        }
        catch (Exception e)
        {
            // the last place to say anything
            Console.Error.WriteLine($"{fault}{Environment.NewLine}and {nameof(SmtpServerOptions.OnFault)} threw: {e}");
        }
    }

    public void Dispose() => Kits.Dispose();
}
