using System.Net;
using SmtpModel.Server;
using SmtpModel.Transports;

// own|kestrel PORT: serves rfc5321 and discards messages, until it is ended
if (args is not [("own" or "kestrel") and var kind, var portText] || !int.TryParse(portText, out var port))
{
    Console.Error.WriteLine("usage: own|kestrel PORT");
    return 2;
}

var endPoint = new IPEndPoint(IPAddress.Loopback, port);
using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    ending.Cancel();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => ending.Cancel();
if (kind is "kestrel")
{
    await KestrelHost.RunAsync(endPoint, ending.Token);
    return 0;
}

await using var server = new SmtpServer(new SmtpServerOptions { EndPoints = [endPoint], Store = DiscardStore.Instance });
await server.StartAsync();
Console.WriteLine("ready");
await Task.Delay(Timeout.Infinite, ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;
