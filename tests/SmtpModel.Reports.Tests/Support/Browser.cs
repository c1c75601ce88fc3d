using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>A headless Chromium with one page, driven by its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const string Missing = "the package chromium is not installed";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly ClientWebSocket _socket = new();
    private string? _session;
    private int _last;

    private Browser(Process process, string folder) => (_process, _folder) = (process, folder);

    public static bool IsHere { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "chromium")));

    /// <summary>What the page complained about: messages of the console that are no plain ones, exceptions, and what the policy
    /// stopped.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> OpenAsync(
        string page,
        int width = 1280,
        int height = 900,
        bool isDark = false,
        bool hasScript = true
    )
    {
        var folder = Directory.CreateTempSubdirectory("smtpmodel-browser-").FullName;
        // the sandbox needs rights that a container does not have; the page is our own
        string[] arguments =
        [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            $"--user-data-dir={folder}",
            "about:blank",
        ];
        var process = Process.Start(
            new ProcessStartInfo("chromium", arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        var browser = new Browser(process, folder);
        try
        {
            await browser.ConnectAsync();
            await browser.SendAsync("Page.enable");
            await browser.SendAsync("Runtime.enable");
            await browser.SendAsync("Log.enable");
            await browser.SendAsync(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject
                {
                    ["width"] = width,
                    ["height"] = height,
                    ["deviceScaleFactor"] = 1,
                    ["mobile"] = false,
                }
            );
            await browser.SendAsync(
                "Emulation.setEmulatedMedia",
                new JsonObject
                {
                    ["features"] = new JsonArray(
                        new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }
                    ),
                }
            );
            await browser.SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !hasScript });
            var file = Path.Combine(folder, "page.html");
            await File.WriteAllTextAsync(file, page);
            await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
            await browser.UntilAsync("Page.loadEventFired");
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of a JavaScript expression in the page, as JSON.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new JsonObject
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        return answer["exceptionDetails"] is { } fault
            ? throw new InvalidOperationException($"{expression}: {fault.ToJsonString()}")
            : answer["result"]!["value"];
    }

    public async Task<T> EvaluateAsync<T>(string expression) => (await EvaluateAsync(expression))!.GetValue<T>();

    /// <summary>A PNG of the window, or of the whole page.</summary>
    public async Task<byte[]> PictureAsync(bool isWhole = false) => Convert.FromBase64String(
        (await SendAsync("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = isWhole }))["data"]!.GetValue<string>());

    /// <summary>A key pressed and let go.</summary>
    public async Task PressAsync(string key, int code)
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            var press = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
            if (key == "Enter")
            {
                press["text"] = "\r";
            }

            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>A command of the editor, as <c>selectAll</c>, <c>cut</c> or <c>paste</c>, as its keys would give it.</summary>
    public Task EditAsync(string command) =>
        SendAsync(
            "Input.dispatchKeyEvent",
            new JsonObject
            {
                ["type"] = "keyDown",
                ["key"] = "Unidentified",
                ["commands"] = new JsonArray(command),
            }
        );

    /// <summary>A click with the mouse in the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        var at = (
            await EvaluateAsync(
                $"(() => {{ const element = document.querySelector('{selector}'); element.scrollIntoView({{ block: 'center' }}); const "
                    + $"box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
            )
        )!;
        foreach (var type in (string[])["mousePressed", "mouseReleased"])
        {
            await SendAsync(
                "Input.dispatchMouseEvent",
                new JsonObject
                {
                    ["type"] = type,
                    ["x"] = at[0]!.GetValue<double>(),
                    ["y"] = at[1]!.GetValue<double>(),
                    ["button"] = "left",
                    ["clickCount"] = 1,
                }
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (var tries = 0; Directory.Exists(_folder); tries++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                // its children may still be writing for a moment
                await Task.Delay(100);
            }
        }
    }

    private async Task ConnectAsync()
    {
        const string Marker = "DevTools listening on ";
        using var limit = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException("chromium ended before it listened");
        } while (!line.StartsWith(Marker, StringComparison.Ordinal));

        // nobody else reads on, and a full pipe would stop it
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await _socket.ConnectAsync(new Uri(line[Marker.Length..]), limit.Token);
        var targets = await SendAsync("Target.getTargets");
        var page = targets["targetInfos"]!.AsArray().First(target => target!["type"]!.GetValue<string>() == "page")![
            "targetId"
        ]!.GetValue<string>();
        _session = (await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = page, ["flatten"] = true }))[
            "sessionId"
        ]!.GetValue<string>();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        using var limit = new CancellationTokenSource(Patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var answer = await ReceiveAsync(limit.Token);
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
            }
        }
    }

    private async Task UntilAsync(string happened)
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((await ReceiveAsync(limit.Token))["method"]?.GetValue<string>() != happened)
        {
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellation)
    {
        using var octets = new MemoryStream();
        var piece = new byte[1 << 16];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(piece.AsMemory(), cancellation);
            octets.Write(piece, 0, received.Count);
        }
        while (!received.EndOfMessage);

        var message = JsonNode.Parse(octets.ToArray())!;
        if (
            message["method"]?.GetValue<string>()
            is "Runtime.exceptionThrown"
                or "Log.entryAdded"
                or "Runtime.consoleAPICalled"
                or "Page.javascriptDialogOpening"
        )
        {
            Complaints.Add(message["params"]!.ToJsonString());
        }

        return message;
    }
}
