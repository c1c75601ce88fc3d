using System.Security.Cryptography;
using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Reports;

/// <summary>
/// Reports as one page of HTML that needs nothing else: verdicts by clause for one server or several beside each other,
/// the machine as a table and as a picture, and the transcript behind each of them. It can be read without JavaScript,
/// which adds the filters and opens transcripts in place.
/// </summary>
public static class HtmlReport
{
    private static readonly string Script = Resource("page.js");
    private static readonly string Styles = Resource("page.css");

    /// <summary>
    /// The page, with <c>\n</c> line ends. Where a machine is not known, the page says so and has its table alone.
    /// </summary>
    /// <param name="servers">The reports, one for each server; at least one.</param>
    /// <param name="find">Finds a profile by its name; <see cref="Profiles.Find"/> when left out.</param>
    /// <exception cref="ArgumentException">There is no server.</exception>
    public static string Write(IReadOnlyList<ServerReport> servers, Func<string, Profile?>? find = null)
    {
        ArgumentNullException.ThrowIfNull(servers);
        return servers.Count == 0 ? throw new ArgumentException("there is no server to report on", nameof(servers))
            : Page(Safe.Servers(servers), profile => MachinePicture.Draw(profile, find ?? Profiles.Find));
    }

    /// <summary>The page with pictures of one's own.</summary>
    internal static string Page(IReadOnlyList<ServerReport> servers, Func<ServerReport, Markup> draw)
    {
        var machines = new List<Markup>();
        for (var index = 0; index < servers.Count; index++)
        {
            machines.Add(MachineTable.Write(servers[index], index, draw(servers[index]), isOpen: index == 0, isAlone: servers.Count == 1));
        }

        var styles = $":root{{--servers:{servers.Count}}}\n{Styles}";
        var title = servers.Count == 1 ? $"SMTP conformance of {servers[0].Target}" : $"SMTP conformance of {servers.Count} servers";
        // nothing is loaded, and no script runs but ours: a hole in the escaping would still run nothing
        var policy =
            $"default-src 'none'; style-src 'sha256-{Digest(styles)}'; script-src 'sha256-{Digest(Script)}'; base-uri 'none'; form-action "
                + $"'none'";
        return Markup
            .Of(
                $$"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="{{policy}}">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>{{title}}</title>
                <style>{{new Markup(styles)}}</style>
                </head>
                <body>
                {{PageHead.Write(servers)}}
                <main>
                {{(servers.Count == 1 ? FailureList.Write(servers) : ClauseMatrix.Write(servers))}}
                {{(servers.Count == 1 ? ClauseMatrix.Write(servers) : FailureList.Write(servers))}}
                <section id="machine" aria-labelledby="machine-title">
                <h2 id="machine-title">The machine</h2>
                <p class="lead">Each cell is a command in a state, in the colour of the verdict to act on first;
                the bar under it is the share of its replies that were seen. Choose a cell for its cases and transcripts.</p>
                {{machines}}
                </section>
                {{EvidenceList.Write(servers)}}
                </main>
                <footer>Written by SmtpModel, {{servers.Max(server => server.Started).UtcDateTime.ToString(
                    "yyyy-MM-dd HH:mm",
                    System.Globalization.CultureInfo.InvariantCulture
                )}} UTC. Characters of a server that are not printable ASCII are shown as escapes.</footer>
                <dialog id="shown" aria-label="Evidence"><form method="dialog">
                <button class="close" aria-label="Close">Close</button></form><div id="shown-content"></div></dialog>
                <script>{{new Markup(Script)}}</script>
                </body>
                </html>

                """
            )
            .Html;
    }

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
