using System.Diagnostics;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>
/// The one headless Chromium of a test run: its start takes nearly a second of processor time. Each page has a profile of its own in it.
/// </summary>
internal sealed class Chromium
{
    private const string Program = "chromium";
    private const string Marker = "DevTools listening on ";
    private static readonly Lazy<Task<Chromium>> One = new(StartAsync);

    private Chromium(Uri place) => Place = place;

    public static bool IsHere { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Where it is driven from.</summary>
    public Uri Place { get; }

    /// <summary>Starts it where it does not run yet; it is ended with the test run.</summary>
    public static Task<Chromium> RunningAsync() => One.Value;

    private static async Task<Chromium> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("smtpmodel-browser-").FullName;
        // the sandbox needs rights that a container does not have; the pages are our own. None is in the background: each is alone in a
        // window
        string[] arguments =
        [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            $"--user-data-dir={folder}",
            "about:blank",
        ];
        var process = Process.Start(
            new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(process, folder);
        using var limit = new CancellationTokenSource(Browser.Patience);
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException("chromium ended before it listened");
        } while (!line.StartsWith(Marker, StringComparison.Ordinal));

        // nobody else reads on, and a full pipe would stop it
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return new Chromium(new Uri(line[Marker.Length..]));
    }

    private static void End(Process process, string folder)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        for (var tries = 0; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                // its children may still be writing for a moment
                Thread.Sleep(100);
            }
        }
    }
}
