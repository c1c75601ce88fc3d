using System.Net;
using System.Security.Cryptography;
using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// Draws a machine as a page to click through, which needs no other file and no network: an exchange is chosen or a transcript is
/// pasted, and the page shows where it leads, what the buffers hold and which clause says so.
/// </summary>
public static class HtmlDiagram
{
    private static readonly string Script = Resource("lookup.js") + Resource("explorer.js");
    private static readonly string Styles = Resource("explorer.css");

    /// <summary>The page, with <c>\n</c> line ends. The same table and options always give the same text.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture on the page shows; <see cref="DiagramOptions.Default"/> when left out.</param>
    public static string Write(TransitionTable table, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var svg = SvgDiagram.Write(table, options);
        var title = WebUtility.HtmlEncode(table.Profile.Title);
        // nothing is loaded, and no script runs but ours
        var policy =
            $"default-src 'none'; style-src 'sha256-{Digest(Styles)}'; script-src 'sha256-{Digest(Script)}'; base-uri 'none'; form-action "
                + $"'none'";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <style>{Styles}</style>
            </head>
            <body>
            <header>
            <h1>{title}</h1>
            <p>Choose an exchange, or a state to begin in, or paste a transcript. Keys: ↑ ↓ go through the exchanges, Enter takes one,
            ← → walk through the session.</p>
            <noscript><p>To be clicked through, this page needs JavaScript.</p></noscript>
            </header>
            <main>
            <div>
            <figure tabindex="0" aria-label="The machine, drawn">
            {svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].TrimEnd()}
            </figure>
            <section aria-labelledby="transcript-title"><h2 id="transcript-title">A transcript</h2>
            <p id="hint">C: before what the client says, S: before what the server says; mail data too, up to its dot.</p>
            <textarea id="transcript" aria-labelledby="transcript-title" aria-describedby="hint" spellcheck="false"></textarea>
            <div class="tools"><button type="button" id="run">Run it</button>
            <button type="button" id="write">Write the session down</button></div>
            <p id="verdict" role="status"></p></section>
            </div>
            <div class="panel" id="page" hidden>
            <section aria-labelledby="state"><div aria-live="polite"><h2 id="state"></h2><p id="meaning"></p><ul id="buffers"></ul></div>
            <div class="tools"><button type="button" id="back">← Back</button><button type="button" id="forward">Forward →</button>
            <button type="button" id="play">Play</button><button type="button" id="forget">Start again</button></div></section>
            <section id="step" aria-labelledby="step-title"><div aria-live="polite"><h2 id="step-title"></h2><p id="step-way"></p>
            <table><thead><tr><th scope="col">buffer</th><th scope="col">before</th><th scope="col">effect</th>
            <th scope="col">after</th></tr></thead>
            <tbody id="step-buffers"></tbody></table>
            <p id="step-rule"></p></div></section>
            <section aria-labelledby="choices-title"><h2 id="choices-title">What may follow</h2><ul id="choices"></ul>
            <p id="over">Nothing is read here.</p></section>
            <section aria-labelledby="session-title"><h2 id="session-title">The session</h2><p id="began"></p>
            <ol id="session"></ol></section>
            </div>
            </main>
            <script type="application/json" id="machine">{ExplorerData.Write(table)}</script>
            <script>{Script}</script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlDiagram).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
