namespace SmtpModel.Protocol;

// The address forms of RFC 5321 4.1.3, nothing of what other notations allow (no zone, no prefix length).
internal static class IPAddressGrammar
{
    // RFC 4291 addresses have eight groups; a trailing IPv4 address stands for two, and "::" for two at least
    private const int Groups = 8;
    private const int GroupsOfIPv4 = 2;
    private const int GroupsOfGap = 2;

    public static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        int at = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0 && (at == text.Length || text[at++] != '.'))
                return false;
            int start = at;
            int value = 0;
            while (at < text.Length && at - start < 3 && Octets.IsDigit(text[at]))
                value = (value * 10) + text[at++] - '0';
            if (at == start || value > 255)
                return false;
        }
        return at == text.Length;
    }

    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        int groups = 0;
        bool hasGap = false;
        int at = 0;
        if (text.StartsWith("::"u8))
        {
            hasGap = true;
            at = 2;
        }
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && Octets.IsHexDigit(text[end]))
                end++;
            if (end < text.Length && text[end] == '.')
                return IsIPv4(text[at..]) && IsWhole(groups + GroupsOfIPv4, hasGap);
            if (end == at || end - at > 4)
                return false;
            groups++;
            if (end == text.Length)
                return IsWhole(groups, hasGap);
            if (text[end] != ':' || end + 1 == text.Length)
                return false;
            at = end + 1;
            if (text[at] != ':')
                continue;
            if (hasGap)
                return false;
            hasGap = true;
            at++;
        }
        return hasGap && IsWhole(groups, hasGap);
    }

    private static bool IsWhole(int groups, bool hasGap) =>
        hasGap ? groups <= Groups - GroupsOfGap : groups == Groups;
}
