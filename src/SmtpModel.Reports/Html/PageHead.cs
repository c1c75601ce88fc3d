using System.Globalization;

namespace SmtpModel.Reports;

/// <summary>The top of the page: the verdict in a sentence, and each server at a glance.</summary>
internal static class PageHead
{
    public static Markup Write(IReadOnlyList<ServerReport> servers)
    {
        var (tone, headline) = Headline(servers);
        var profiles = string.Join("; ", servers.Select(server => server.ProfileTitle).Distinct());
        return Markup.Of($$"""
            <header class="page">
            <p class="kicker">SMTP conformance, held against {{profiles}}</p>
            <h1><span class="verdict v-{{tone.Name}}" aria-hidden="true">{{tone.Sign}}</span>{{headline}}</h1>
            <nav aria-label="Parts of this page"><a href="#failures">Failures</a><a href="#clauses">Clauses</a>
            <a href="#machine">Machine</a><a href="#evidence">Evidence</a></nav>
            <div class="cards">{{servers.Select(Card)}}</div>
            </header>
            """);
    }

    private static (Mark Tone, string Words) Headline(IReadOnlyList<ServerReport> servers)
    {
        var failing = servers.Count(server => server.Failures.Any());
        if (servers.Count > 1)
        {
            return failing > 0
                    ? (Like("fail"), $"{failing} of {servers.Count} servers {(failing == 1 ? "breaks" : "break")} a requirement")
                : servers.All(server => server.IsConclusive) ? (Like("pass"), $"{servers.Count} servers, no requirement broken")
                : (
                    Like("inconclusive"),
                    $"{servers.Count(server => !server.IsConclusive)} of {servers.Count} servers let nothing be decided"
                );
        }

        var one = servers[0];
        var known = one.Cases.Count(result => result.Known is not null);
        var aside = known > 0 ? $" ({Wording.Count(known, "known deviation")})" : "";
        return failing > 0 ? (Like("fail"), $"{one.Target} breaks {Wording.Count(one.Failures.Count(), "requirement")}{aside}")
            : one.IsConclusive ? (Like("pass"), $"{one.Target} breaks no {(known > 0 ? "further requirement" : "requirement")}{aside}")
            : (Like("inconclusive"), $"{one.Target}: nothing could be decided");
    }

    private static Mark Like(string name) => Mark.All.First(mark => mark.Name == name);

    private static Markup Card(ServerReport server) =>
        Markup.Of(
            $$"""
            <article class="card">
            <h2>{{server.Target}}</h2>
            <p class="greeting">{{(server.Greeting.Length > 0 ? server.Greeting : "no greeting")}}</p>
            {{Bar(server)}}
            <ul class="counts">{{Mark.All.Select(mark => Count(server, mark))}}</ul>
            <dl class="facts">
            {{Markup.If(server.Address is not null, $"<dt>Address</dt><dd>{server.Address}</dd>")}}
            <dt>Depth</dt><dd>{{server.Depth.ToString().ToLowerInvariant()}}</dd>
            <dt>Played</dt><dd>{{Wording.Count((int)server.Sessions, "session")}}, {{Wording.Count(
                (int)server.Exchanges,
                "exchange"
            )}} in {{server.Seconds:0.0}} s, {{server.Waiting * 100:0}} % of it waiting</dd>
            <dt>Covered</dt><dd>{{Share("states", server.Coverage.States)}}{{Share("edges", server.Coverage.Edges)}}{{Share(
                "pairs",
                server.Coverage.Pairs
            )}}{{Share("cells", server.Coverage.Cells)}}</dd>
            {{Found(server)}}
            <dt>EHLO</dt><dd class="mono">{{(server.Extensions.Count > 0 ? string.Join(", ", server.Extensions) : "no keywords")}}</dd>
            <dt>Begun</dt><dd>{{server.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}} UTC</dd>
            </dl>
            {{server.Notes.Select(note => Markup.Of($"<p class=\"note\">{note}</p>"))}}
            </article>
            """
        );

    // 0 states: an older report, or a test that did not look
    private static Markup Found(ServerReport server) =>
        Markup.If(
            server.FoundStates > 0,
            $"<dt>Found to be</dt><dd>{Wording.Count(server.FoundStates, "state")}, {Wording.Count(server.FoundInputs, "input")}; "
                + $"the suite is {Complete(server.Gaps)}</dd>"
        );

    private static string Complete(IReadOnlyList<string> gaps) =>
        gaps.Count switch
        {
            0 => "complete for that machine",
            1 => $"not complete for it: {gaps[0]}",
            _ => $"not complete for it: {gaps[0]}, and {gaps.Count - 1} more",
        };

    private static Markup Share(string what, Share share) => Markup.Of(
        $"<span class=\"share\">{what} <b>{share.Covered}/{share.All}</b></span>");

    private static Markup Count(ServerReport server, Mark mark)
    {
        var count = server.Cases.Count(one => Mark.Of(one) == mark);
        return count == 0 && mark.Name is not ("fail" or "pass") ? Markup.None
            : Markup.Of($"<li class=\"t-{(count == 0 ? "notapplicable" : mark.Name)}\"><b>{count}</b> {mark.Word}</li>");
    }

    /// <summary>The counts as one bar.</summary>
    private static Markup Bar(ServerReport server)
    {
        var parts = new List<Markup>();
        var at = 0d;
        foreach (var mark in Mark.All)
        {
            var width = 1000d * server.Cases.Count(one => Mark.Of(one) == mark) / Math.Max(1, server.Cases.Count);
            if (width > 0)
            {
                parts.Add(
                    Markup.Of(
                        $"<rect class=\"f-{mark.Name}\" x=\"{at:0.##}\" y=\"0\" width=\"{Math.Max(width - 2, 1):0.##}\" height=\"10\"/>"
                    )
                );
            }

            at += width;
        }

        return Markup.Of($"<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{parts}</svg>");
    }
}
