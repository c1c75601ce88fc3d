namespace SmtpModel.Reports;

/// <summary>
/// Makes text from a server, or from a file, safe for every format at once: what is not printable ASCII becomes an escape.
/// Each format then escapes only its own few characters.
/// </summary>
internal static class Safe
{
    public static string Text(string text) => Printable.Text(text, int.MaxValue);

    /// <summary>Reports with every text made safe, whoever made them.</summary>
    public static IReadOnlyList<ServerReport> Servers(IReadOnlyList<ServerReport> servers) =>
        [.. servers.Select(server => server.Clean())];

    public static string? OrNull(string? text) => text is null ? null : Text(text);

    public static IReadOnlyList<string> Texts(IReadOnlyList<string> texts) => [.. texts.Select(Text)];
}
