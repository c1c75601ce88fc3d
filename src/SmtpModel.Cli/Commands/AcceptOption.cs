using System.CommandLine;
using System.Globalization;

namespace SmtpModel.Cli.Commands;

/// <summary><c>--accept CASE=CODE,CODE</c>: replies that one case takes as right though the profile does not list them.</summary>
internal static class AcceptOption
{
    public static Option<string[]> Create() =>
        new("--accept")
        {
            Description = "Replies that count as right for one case, as rfc5321/4.1.4/HELP-in-Ready=250; may be given several times.",
            HelpName = "CASE=CODES",
        };

    /// <exception cref="UsageException">A case is unknown or a code is none.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Read(Profile profile, IReadOnlyList<string> texts)
    {
        var cases = ExtensionsOption.Possible(profile);
        Dictionary<string, IReadOnlyList<int>> accepted = [];
        foreach (var text in texts)
        {
            var split = text.LastIndexOf('=');
            var id = split < 0 ? text : text[..split];
            var one = cases.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--accept {text}: there is no case '{id}' in {profile.Name}{CaseSelection.Near(id, cases)}");
            accepted[one.Id] =
            [
                .. text[(split + 1)..]
                    .Split(',')
                    .Select(code =>
                        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 200 and <= 599
                            ? number
                            : throw new UsageException(
                                $"--accept {text}: '{code}' is no reply code; write {one.Id}=250 or {one.Id}=250,502"
                            )
                    ),
            ];
        }

        return accepted;
    }
}
