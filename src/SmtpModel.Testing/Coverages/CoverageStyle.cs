namespace SmtpModel.Testing.Engine;

/// <summary>How the page of a coverage looks.</summary>
internal static class CoverageStyle
{
    // three colours mean something; each also differs in its border, for those who do not tell colours apart
    public const string Sheet = """
        :root { --hit: #d3efdb; --hit-line: #3f9a5c; --client: #ffe2b0; --client-line: #c77700; --server: #eceef2;
        --server-line: #8a93a3; --ink: #1d2733; --soft: #5c6877; --line: #dfe3e9 }
        body { font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink);
        background: #fff; max-width: 1240px; margin: 0 auto; padding: 24px 28px 60px }
        h1 { font-size: 26px; margin: 0 0 2px } h2 { font-size: 19px; margin: 34px 0 6px }
        header p, .note { color: var(--soft); margin: 0 0 12px }
        .bars { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 14px; margin: 20px 0 14px }
        .bar { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px 10px }
        .bar b { font-size: 24px } .bar b small { font-size: 14px; font-weight: 400; color: var(--soft) }
        .bar i { float: right; font-style: normal; font-size: 17px; padding-top: 7px }
        .bar div { height: 9px; border-radius: 5px; background: #d9dde4; overflow: hidden; margin: 6px 0; display: flex }
        .bar div span { height: 100%; background: var(--hit-line) } .bar div span.open { background: #f0a93a }
        .bar p { margin: 0; color: var(--soft); font-size: 13px }
        .legend span { margin-right: 10px }
        span.hit, span.client, span.server, span.none { border-radius: 4px; padding: 1px 7px; border: 1px solid; display: inline-block;
        font-size: 13px; margin: 1px 0 }
        .hit { background: var(--hit); border-color: var(--hit-line) !important }
        .client { background: var(--client); border-color: var(--client-line) !important; border-style: dashed !important }
        .server { background: var(--server); border-color: var(--server-line) !important; border-style: dotted !important }
        .none { background: #fff; border-color: var(--line) !important; color: var(--soft) }
        .wide { overflow-x: auto } table { border-collapse: separate; border-spacing: 3px }
        .cells th { font-weight: 600; font-size: 13px; text-align: center; padding: 2px 4px }
        .cells tr > th:first-child { text-align: right; white-space: nowrap; padding-right: 8px }
        .cells td { border: 1px solid; border-radius: 4px; text-align: center; min-width: 44px; padding: 4px 3px;
        font-variant-numeric: tabular-nums; font-size: 13px }
        .cells td.none { border-color: transparent !important; background: repeating-linear-gradient(45deg, #fff 0 5px, #f2f4f7 5px 7px) }
        .cells td.out { font-style: italic; color: var(--soft) }
        details { border: 1px solid var(--line); border-radius: 8px; padding: 7px 14px; margin: 8px 0 }
        summary { cursor: pointer; font-weight: 600 } summary small { font-weight: 400; color: var(--soft); margin-left: 6px }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 14px; margin: 10px 0 4px }
        dt { font-weight: 600; font-size: 13px; padding-top: 2px } dd { margin: 0 }
        .gaps { width: 100%; border-spacing: 0 4px }
        .gaps th { text-align: left; font-weight: 600; font-size: 13px; width: 34%; vertical-align: top; padding: 4px 8px;
        background: none; border-style: none none none solid !important; border-width: 0 0 0 5px }
        .gaps td { vertical-align: top; padding: 4px 10px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
        .gaps td > div { display: inline-block; margin-right: 12px }
        code { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; background: #f5f6f8; border-radius: 3px;
        padding: 1px 4px; white-space: pre-wrap }
        small { color: var(--soft) }
        @media print { details { break-inside: avoid } body { max-width: none } * { print-color-adjust: exact } }
        """;
}
