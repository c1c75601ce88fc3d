using System.Text.RegularExpressions;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>For each case about what is listed, or about the text of replies, a change of the replies that breaks it.</summary>
internal static class OfferFault
{
    public static (string Does, Func<string, string> Reply) Of(TransitionTable table, TestCase one)
    {
        if (one.Extension is not { } extension)
        {
            return ("gives no enhanced code with 250", reply => Regex.Replace(reply, @"(?m)^(250[ -])2\.[0-9]\.[0-9] ", "$1"));
        }

        var missing = extension.Needs.FirstOrDefault(need => need.Value.Id == one.Rule.Id).Key;
        return missing is not null
            ? ($"does not list {missing}", reply => Regex.Replace(reply, $@"(?m)^250-{missing}\r\n", ""))
            : ($"lists {extension} with a word that does not belong there", reply =>
                Regex.Replace(reply, $@"(?m)^(250[ -]{extension})( [0-9]+)?\r$", "$1 odd\r")
            );
    }
}
