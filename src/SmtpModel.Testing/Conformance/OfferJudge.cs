using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>The verdicts on what a server lists in its reply to EHLO.</summary>
internal static class OfferJudge
{
    /// <summary>The verdict on one extension.</summary>
    /// <param name="one">The case.</param>
    /// <param name="listed">A session that ends with the reply that lists it; null when there was none.</param>
    /// <param name="isLoggedIn">Whether the session is behind a login, so that AUTH was offered in front of it.</param>
    public static CaseResult Judge(TestCase one, ProbeResult? listed, bool isLoggedIn)
    {
        if (one.Demanded is { } demanded)
        {
            return demanded.Keyword == Entrance.Keyword && isLoggedIn
                ? new CaseResult(one, CaseVerdict.Pass, "the session has logged in with it")
                : Demanded(one, demanded, listed);
        }

        var extension = one.Extension!;
        if (
            listed?.Last is not { Came.Reply: { } reply } last
            || ServiceOffer.Read(reply) is not { } offer
            || offer[extension.Keyword] is not { } service
        )
        {
            return new CaseResult(one, CaseVerdict.NotApplicable, $"{extension} is not listed");
        }

        foreach (var (needed, rule) in extension.Needs.Where(need => need.Value.Id == one.Rule.Id))
        {
            return needed == Entrance.Keyword && isLoggedIn ? new CaseResult(one, CaseVerdict.Pass, "the session has logged in with it")
                : offer.Lists(needed) ? Result(one, CaseVerdict.Pass, "", listed, "", last)
                : Result(one, CellJudge.Of(rule), $"{service} is listed and {needed} is not", listed, $"{needed} among the lines", last);
        }

        return IsWritten(extension, service) ? Result(one, CaseVerdict.Pass, "", listed, "", last)
            : Result(one, CellJudge.Of(one.Rule), $"'{Printable.Text(service.ToString())}' is listed", listed, Line(extension), last);
    }

    /// <summary>Whether what is listed is written as the standard of its keyword has it.</summary>
    internal static bool IsWritten(ServiceExtension extension, OfferedService service) =>
        string.Join(' ', service.Parameters) is var argument && (extension.Argument?.Fits(argument) ?? argument.Length == 0);

    /// <summary>How the line that lists an extension is written.</summary>
    internal static string Line(ServiceExtension extension) =>
        extension.Argument is { } syntax ? $"{extension} {syntax.Syntax}" : $"{extension} alone";

    // what every server offers, or none; where there was no list nothing is known
    private static CaseResult Demanded(TestCase one, DemandedOffer demanded, ProbeResult? listed)
    {
        if (listed?.Last is not { Came.Reply: { } reply } last)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"{one.Command} was not accepted anywhere, so that there is no list");
        }

        var isListed = ServiceOffer.Read(reply).Lists(demanded.Keyword);
        var (found, expected) = demanded.IsForbidden ? ($"{demanded.Keyword} is listed", $"no {demanded.Keyword} among the lines")
            : ($"{demanded.Keyword} is not listed", $"{demanded.Keyword} among the lines");
        return isListed != demanded.IsForbidden ? Result(one, CaseVerdict.Pass, "", listed, "", last)
            : Result(one, CellJudge.Of(one.Rule), found, listed, expected, last);
    }

    private static CaseResult Result(
        TestCase one,
        CaseVerdict verdict,
        string reason,
        ProbeResult listed,
        string expected,
        ProbeStep last
    ) => new(one, verdict, reason) { Evidence = CellJudge.Evidence(listed, expected, last.Came.ToString()) };
}
