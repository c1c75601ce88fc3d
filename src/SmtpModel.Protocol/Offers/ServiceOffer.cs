namespace SmtpModel.Protocol;

/// <summary>
/// What a server offers in its reply to EHLO: keywords with their parameters (RFC 5321 4.1.1.1). It is read as far as it can
/// be; what is malformed is kept all the same and told by a remark, and nothing in a reply makes the reading fail.
/// </summary>
public sealed class ServiceOffer
{
    private readonly Dictionary<string, OfferedService> _byKeyword = new(StringComparer.OrdinalIgnoreCase);

    private ServiceOffer(string domain, IReadOnlyList<OfferedService> services, IReadOnlyList<OfferRemark> remarks)
    {
        (Domain, Services, Remarks) = (domain, services, remarks);
        foreach (var service in services)
            _byKeyword[service.Keyword] = service;
    }

    /// <summary>No offer: EHLO was not sent, or was refused.</summary>
    public static ServiceOffer None { get; } = new("", [], []);

    /// <summary>The first word behind the first code, the name that the server gives itself; empty when there is none.</summary>
    public string Domain { get; }

    /// <summary>What is offered, each keyword once, in the order of the reply.</summary>
    public IReadOnlyList<OfferedService> Services { get; }

    /// <summary>What is odd about the lines, in their order; empty when all keep to the grammar.</summary>
    public IReadOnlyList<OfferRemark> Remarks { get; }

    /// <summary>What is offered under a keyword; null when it is not listed.</summary>
    /// <param name="keyword">The keyword, in upper or lower case.</param>
    public OfferedService? this[string keyword] => _byKeyword.GetValueOrDefault(keyword);

    /// <summary>Whether a keyword is listed.</summary>
    /// <param name="keyword">The keyword, in upper or lower case.</param>
    public bool Lists(string keyword) => _byKeyword.ContainsKey(keyword);

    /// <summary>Reads the reply to EHLO.</summary>
    /// <param name="reply">The reply; one that is no success offers nothing.</param>
    public static ServiceOffer Read(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (!reply.IsSuccess)
            return None;
        List<string> order = [];
        Dictionary<string, List<string>> parameters = new(StringComparer.OrdinalIgnoreCase);
        List<OfferRemark> remarks = [];
        for (int line = 1; line < reply.Lines.Count; line++)
        {
            var words = Words(reply.Lines[line], line + 1, remarks);
            if (words.Length == 0)
                continue;
            if (parameters.TryGetValue(words[0], out var known))
            {
                remarks.Add(new OfferRemark(OfferRemarkKind.KeywordTwice, line + 1, words[0]));
            }
            else
            {
                order.Add(words[0]);
                known = parameters[words[0]] = [];
            }
            known.AddRange(words.Skip(1).Where(word => !known.Contains(word, StringComparer.OrdinalIgnoreCase)));
        }
        string domain = reply.Lines[0].Split(' ')[0];
        return new ServiceOffer(domain, [.. order.Select(keyword => new OfferedService(keyword, parameters[keyword]))], remarks);
    }

    // ehlo-line = ehlo-keyword *( SP ehlo-param ): one space, and none behind the last
    private static string[] Words(string text, int line, List<OfferRemark> remarks)
    {
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            remarks.Add(new OfferRemark(OfferRemarkKind.KeywordMissing, line, text));
            return words;
        }
        if (text.Length != words.Sum(word => word.Length) + words.Length - 1 || text.Contains('\t', StringComparison.Ordinal))
            remarks.Add(new OfferRemark(OfferRemarkKind.Spacing, line, text));
        if (!IsKeyword(words[0]))
            remarks.Add(new OfferRemark(OfferRemarkKind.KeywordCharacter, line, words[0]));
        remarks.AddRange(words.Skip(1).Where(word => !word.All(IsGraphic))
            .Select(word => new OfferRemark(OfferRemarkKind.ParameterCharacter, line, word)));
        return words;
    }

    // ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
    private static bool IsKeyword(string word) => word[0] != '-' && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    // ehlo-param = 1*(%d33-126)
    private static bool IsGraphic(char letter) => letter is >= '!' and <= '~';
}
