using System.Text.RegularExpressions;

namespace SmtpModel.Protocol.Tests;

// The productions written down once more, as regular expressions; the hand-written parser is held against them.
public static class ReferencePathGrammar
{
    private const string Atext = @"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]";
    private const string Snum = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
    private const string IPv4 = $@"{Snum}(?:\.{Snum}){{3}}";
    private const string Ldh = "[A-Za-z0-9-]";
    private const string LetDig = "[A-Za-z0-9]";

    private const string Domain5321 = $@"{LetDig}(?:{Ldh}*{LetDig})?(?:\.{LetDig}(?:{Ldh}*{LetDig})?)*";
    private const string Local5321 = $@"(?:{Atext}+(?:\.{Atext}+)*|""(?:[ !#-\[\]-~]|\\[ -~])*"")";

    // our reading of RFC 821: a name may have one or two characters too
    private const string Element821 = $@"(?:[A-Za-z](?:{Ldh}*{LetDig})?|#[0-9]+|\[{IPv4}\])";
    private const string Domain821 = $@"{Element821}(?:\.{Element821})*";
    private const string String821 = $@"(?:{Atext}|\\[ -~])+";
    private const string Local821 = $@"(?:{String821}(?:\.{String821})*|""(?:[ !#-\[\]-~]|\\[ -~])+"")";

    private static readonly string IPv6 = string.Join('|', IPv6Forms());
    private static readonly string Literal5321 =
        $@"\[(?:{IPv4}|[Ii][Pp][Vv]6:(?:{IPv6})|(?![Ii][Pp][Vv]6:){Ldh}*{LetDig}:[!-Z^-~]+)\]";

    private static readonly Regex Path5321 = Whole(
        $@"<(?<route>@{Domain5321}(?:,@{Domain5321})*:)?(?<local>{Local5321})@(?<domain>{Domain5321}|{Literal5321})>");

    private static readonly Regex Path821 = Whole(
        $@"<(?<route>@{Domain821}(?:,@{Domain821})*:)?(?<local>{Local821})@(?<domain>{Domain821})>");

    private static readonly Regex Hello5321 = Whole($"(?<domain>{Domain5321}|{Literal5321})");
    private static readonly Regex Hello821 = Whole($"(?<domain>{Domain821})");

    public static bool IsPath(string text, Dialect dialect)
    {
        var match = (dialect == Dialect.Rfc821 ? Path821 : Path5321).Match(text);
        return match.Success
            && text.Length <= 256
            && match.Groups["local"].Length <= 64
            && match.Groups["domain"].Length <= Longest(dialect)
            && match.Groups["route"].Value.TrimEnd(':').Split(',').All(host => host.Length - 1 <= Longest(dialect));
    }

    public static bool IsDomain(string text, Dialect dialect) =>
        (dialect == Dialect.Rfc821 ? Hello821 : Hello5321).IsMatch(text) && text.Length <= Longest(dialect);

    private static int Longest(Dialect dialect) => dialect == Dialect.Rfc821 ? 64 : 255;

    private static Regex Whole(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // every split of the groups around the gap, as RFC 5321 4.1.3 counts them
    private static IEnumerable<string> IPv6Forms()
    {
        const string group = "[0-9A-Fa-f]{1,4}";
        yield return $"{group}(?::{group}){{7}}";
        yield return $"{group}(?::{group}){{5}}:{IPv4}";
        for (int before = 0; before <= 6; before++)
        {
            string head = before == 0 ? "" : $"{group}(?::{group}){{{before - 1}}}";
            for (int after = 0; before + after <= 6; after++)
            {
                yield return head + "::" + (after == 0 ? "" : $"{group}(?::{group}){{{after - 1}}}");
                if (before + after <= 4)
                    yield return $"{head}::(?:{group}:){{{after}}}{IPv4}";
            }
        }
    }
}
