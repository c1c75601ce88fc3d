using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>A page in a headless Chromium, driven by its DevTools protocol: no other page shares its window, files or settings.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const string Missing = "the package chromium is not installed";

    private readonly ClientWebSocket _socket = new();
    private string? _context;
    private string? _session;
    private string? _file;
    private int _last;

    private Browser()
    {
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static bool IsHere => Chromium.IsHere;

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
        var browser = new Browser();
        try
        {
            await browser.ConnectAsync(width, height);
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
            browser._file = Path.Combine(Path.GetTempPath(), $"smtpmodel-page-{Guid.NewGuid():N}.html");
            await File.WriteAllTextAsync(browser._file, page);
            await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(browser._file).AbsoluteUri });
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
        if (_context is not null && _socket.State is WebSocketState.Open)
        {
            _session = null;
            await SendAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = _context });
        }

        _socket.Dispose();
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }

    private async Task ConnectAsync(int width, int height)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _socket.ConnectAsync((await Chromium.RunningAsync()).Place, limit.Token);
        _context = (await SendAsync("Target.createBrowserContext"))["browserContextId"]!.GetValue<string>();
        var made = await SendAsync(
            "Target.createTarget",
            new JsonObject
            {
                ["url"] = "about:blank",
                ["browserContextId"] = _context,
                ["newWindow"] = true,
                ["width"] = width,
                ["height"] = height,
            }
        );
        var page = made["targetId"]!.GetValue<string>();
        _session = (await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = page, ["flatten"] = true }))[
            "sessionId"
        ]!.GetValue<string>();
        // there are other windows, and keys go to the one that has the focus: each thinks that it has it
        await SendAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
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
