using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>What failed, one line each, before anything else.</summary>
internal static class FailureList
{
    public static Markup Write(IReadOnlyList<ServerReport> servers) => Markup.Of($$"""
        <section id="failures" aria-labelledby="failures-title">
        <h2 id="failures-title">What failed</h2>
        {{servers.Select((server, index) => Of(server, index, servers.Count > 1))}}
        </section>
        """);

    private static Markup Of(ServerReport server, int index, bool isNamed)
    {
        var failures = server.Cases.Index().Where(pair => pair.Item.Verdict is CaseVerdict.Fail).ToList();
        return Markup.Of($$"""
            {{Markup.If(isNamed, $"<h3>{server.Target}</h3>")}}
            {{(
                failures.Count == 0
                    ? Markup.Of($"<p>Nothing.</p>")
                    : Markup.Of($"<ul class=\"failures\">{failures.Select(pair => Item(pair.Item, index, pair.Index))}</ul>")
            )}}
            """
        );
    }

    private static Markup Item(ReportedCase one, int server, int index) =>
        Markup.Of(
            $$"""
            <li>{{EvidenceList.Link(
                one,
                server,
                index,
                Markup.Of($"{one.Requirement}")
            )}} <span class="clause">{{one.Clause}}, {{Wording.Of(one.Level)}}</span>
            {{(
                one.Evidence is { } evidence
                    ? Markup.Of(
                        $"""
                        <span class="versus"><span>expected <b>{evidence.Expected}</b></span>
                        <span>came <code>{evidence.Came}</code></span></span>
                        """
                    )
                    : Markup.None
            )}}
            {{(one.Known is { } known ? Markup.Of($"<span class=\"known-words\">{Wording.Of(known)}</span>") : Markup.None)}}</li>
            """
        );
}
