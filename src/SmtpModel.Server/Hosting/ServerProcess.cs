namespace SmtpModel.Server;

/// <summary>Settings of a process that does nothing but serve.</summary>
public static class ServerProcess
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>
    /// Lets the threads that wait for the network run the sessions too, which saves a change of threads for each exchange
    /// (Linux and macOS; docs/decisions/transport.md has the figures). Call it before the process uses any socket; later
    /// it does nothing. It holds for all sockets of the process, so it is for programs and not for libraries: a policy or
    /// store that blocks then holds up other connections. What the environment says already is left as it is.
    /// </summary>
    public static void TuneSockets()
    {
        SetDefault(Inline, "1");
        SetDefault(Threads, Math.Max(1, Environment.ProcessorCount / 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
