using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

/// <summary>
/// Makes a process of the tool one that runs many command lines, one after the other: the runtime calls it before the tool's own entry,
/// where the environment names this assembly as a hook. Each line goes through the same entry, with the same outputs; what is saved is
/// that all code is loaded and compiled anew. What is looked at as it is printed, and the exit codes, are of plain processes.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "the runtime asks for this name")]
internal static class StartupHook
{
    /// <summary>The variable that names the socket on which command lines come.</summary>
    public const string Place = "SMTPMODEL_TESTS_WORKER";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Place) is not { Length: > 0 } place)
        {
            return;
        }

        // what the tool starts is no worker
        Environment.SetEnvironmentVariable(Place, null);
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        var entry = Assembly.Load("smtpmodel").EntryPoint!;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(place));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var order = JsonSerializer.Deserialize<Order>(line)!;
            var before = order.Environment.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
            Environment.CurrentDirectory = order.Folder;
            foreach (var (name, value) in order.Environment)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            var code = (int)entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [order.Arguments], null)!;
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            Console.Out.Write(order.Mark);
            Console.Out.Flush();
            Console.Error.Write(order.Mark);
            Console.Error.Flush();
            stream.Write(BitConverter.GetBytes(code));
        }

        Environment.Exit(0);
    }

    /// <summary>A command line, the folder and the variables it is run with, and what is written behind what it says.</summary>
    internal sealed record Order(string[] Arguments, string Folder, IReadOnlyDictionary<string, string> Environment, string Mark);
}
