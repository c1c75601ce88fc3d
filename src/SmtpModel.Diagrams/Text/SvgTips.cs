using System.Text.RegularExpressions;

namespace SmtpModel.Diagrams;

/// <summary>
/// Graphviz writes what is to be said on demand as links that lead nowhere, and its own names as the titles of all parts.
/// Browsers and screen readers take the title for it; so it becomes that.
/// </summary>
internal static partial class SvgTips
{
    /// <summary>The SVG with each tip as the title of its part, and no other titles.</summary>
    /// <param name="svg">What Graphviz drew, with <c>\n</c> line ends.</param>
    public static string Place(string svg) => LinkEnd().Replace(LinkStart().Replace(OwnTitle().Replace(svg, ""), "$1<title>${tip}</title>\n"), "");

    // the name of a node, an edge or a cluster; that of the whole picture too
    [GeneratedRegex("<title>[^<]*</title>\n")]
    private static partial Regex OwnTitle();

    [GeneratedRegex("""(<g id="a_[^"]*">)<a xlink:title="(?<tip>[^"]*)">\n""")]
    private static partial Regex LinkStart();

    [GeneratedRegex("</a>\n")]
    private static partial Regex LinkEnd();
}
