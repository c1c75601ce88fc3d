namespace SmtpModel.Reports;

/// <summary>All cases of all servers with what was said: what the cells of the page lead to.</summary>
internal static class EvidenceList
{
    public static Markup Write(IReadOnlyList<ServerReport> servers) =>
        Markup.Of(
            $$"""
            <section id="evidence" aria-labelledby="evidence-title">
            <h2 id="evidence-title">Evidence</h2>
            {{servers.Select(
                (server, index) =>
                    Markup.Of(
                        $"""
                        <details class="store"><summary>{server.Target}: {Wording.Count(server.Cases.Count, "case")}</summary>{server.Cases.Select((one, at) => Of(one, index, at))}</details>
                        """
                    )
            )}}
            </section>
            """
        );

    /// <summary>A link to a case, marked with its verdict.</summary>
    public static Markup Link(ReportedCase one, int server, int index, Markup words)
    {
        var mark = Mark.Of(one);
        return Markup.Of(
            $"<a class=\"case v-{mark.Name}\" href=\"#e{server}-{index}\"><span class=\"sign\" aria-hidden=\"true\">{mark.Sign}</span> "
                + $"{words}</a>"
        );
    }

    private static Markup Of(ReportedCase one, int server, int index)
    {
        var mark = Mark.Of(one);
        return Markup.Of($$"""
            <article class="evidence" id="e{{server}}-{{index}}" tabindex="-1">
            <h3><span class="badge v-{{mark.Name}}">{{mark.Sign}} {{mark.Word}}</span> {{one.Requirement}}</h3>
            <p class="id">{{one.Id}}</p>
            <dl>
            <dt>Clause</dt><dd>{{one.Clause}}, {{one.Rule}}, <b>{{Wording.Of(one.Level)}}</b>: {{one.Asks}}</dd>
            {{Pair("Note", one.Note ?? "")}}
            {{Pair(
                "Where",
                one.State is null && one.Command is null ? "" : $"{one.State ?? "any state"}, {one.Command ?? "any command"}"
            )}}
            {{Pair("Reason", one.Reason)}}
            {{Pair("Known", one.Known is { } known ? Wording.Of(known) : "")}}
            {{(one.Evidence is { } evidence ? Of(evidence) : Markup.None)}}
            </dl>
            {{(one.Evidence is { } said ? Said(said) : Markup.Of($"<p class=\"none\">No session was played for it.</p>"))}}
            </article>
            """);
    }

    private static Markup Of(ReportedEvidence evidence) =>
        Markup.Of($"{Pair("Expected", evidence.Expected)}{Pair("Came", evidence.Came)}");

    private static Markup Pair(string head, string words) => Markup.If(words.Length > 0, $"<dt>{head}</dt><dd>{words}</dd>");

    private static Markup Said(ReportedEvidence evidence) =>
        Markup.Of(
            $$"""
            <div class="scroll" tabindex="0" role="region" aria-label="Transcript"><table class="transcript"><thead><tr>
            <th scope="col">State</th><th scope="col"><span class="unseen">Who</span></th><th scope="col">Line</th></tr></thead>
            <tbody>{{evidence.Transcript.Select(Line)}}</tbody></table></div>
            {{Command("Say it again from a shell", evidence.Shell)}}
            {{Command("Play it again and judge it", evidence.Replay is { } replay ? ReproduceWith.Replay(replay) : null)}}
            """
        );

    private static Markup Line(ReportedLine line)
    {
        var tone = line.Verdict switch
        {
            Verdict.Fail => "fail",
            Verdict.NonStrict => "nonstrict",
            _ => "fine",
        };
        return Markup.Of(
            $$"""
            {{Markup.If(
                line.Sent is not null,
                $"<tr class=\"sent\"><th scope=\"row\">{line.State}</th><td>C</td><td>{line.Sent}</td></tr>"
            )}}
            <tr class="came l-{{tone}}"><th scope="row">{{(
                line.Sent is null ? line.State : ""
            )}}</th><td>S</td><td>{{line.Came}}{{Markup.If(
                tone != "fine",
                $" <em>{(tone == "fail" ? "not allowed" : "not strict")}</em>"
            )}}</td></tr>
            """
        );
    }

    private static Markup Command(string head, string? command) =>
        Markup.If(command is not null, $"<p class=\"again\"><span>{head}</span><code class=\"command\">{command}</code></p>");
}
