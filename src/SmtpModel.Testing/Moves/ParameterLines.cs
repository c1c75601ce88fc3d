using System.Globalization;
using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>The parameters that extensions add to the lines of a command, as far as a server's offer says that it takes them.</summary>
internal static class ParameterLines
{
    // what every server takes in a line (RFC 5321 4.5.3.1.4), without what extensions add to it
    private const int LongestLine = 512;

    /// <summary>
    /// A line with each value that a parameter may have, with numbers around each limit that is offered, with all parameters at
    /// once, and with some of them drawn, in any order and either case.
    /// </summary>
    /// <param name="parameters">The parameters of the command.</param>
    /// <param name="plain">The line without parameters.</param>
    /// <param name="options">What the server is known to take.</param>
    public static IEnumerable<string> Valid(IReadOnlyList<Parameter> parameters, string plain, PaletteOptions options)
    {
        var each = parameters
            .Select(parameter =>
                Values(parameter, options.Offer)
                    .Concat(Around(parameter, options.Offer).Select(value => $"{parameter.Keyword}={value}"))
                    .ToList()
            )
            .Where(values => values.Count > 0)
            .ToList();
        if (each.Count == 0)
        {
            return [];
        }

        return each.SelectMany(values => values)
            .Append(string.Join(' ', each.Select(values => values[0])))
            .Concat(options.Drawn?.Parameters(each, options.Variety / 2, options.Seed) ?? [])
            .Where(text => !IsMixed(parameters, text))
            .Select(text => $"{plain} {text}")
            .Where((line, at) => at == 0 || line.Length <= LongestLine || each.Any(values => values.Contains(line[(plain.Length + 1)..])));
    }

    // two of one group
    private static bool IsMixed(IReadOnlyList<Parameter> parameters, string text) =>
        text.Split(' ')
            .Select(word => word.Split('=')[0])
            .Select(keyword =>
                parameters.First(parameter => string.Equals(parameter.Keyword, keyword, StringComparison.OrdinalIgnoreCase)).Group
            )
            .Where(group => group.Length > 0)
            .GroupBy(group => group)
            .Any(same => same.Count() > 1);

    /// <summary>The value that an offer says is taken, for a parameter of which no other one can be known; null where it says
    /// none.</summary>
    public static string? Offered(Parameter parameter, ServiceOffer? offer) =>
        parameter.OfferedAt is { } at
        && offer?[parameter.Extension]?.Parameters is { } words
        && words.Count > at
        && parameter.Value?.Fits(words[at]) == true
            ? words[at]
            : null;

    /// <summary>The number over which an offer says that a parameter is refused; null where it says none.</summary>
    public static ulong? Limit(Parameter parameter, ServiceOffer? offer) =>
        parameter.Limit is not null && offer?[parameter.Extension]?.Parameters is { } words ? parameter.Bound.In(words) : null;

    /// <summary>The rule by which a line goes over a limit that is offered; null where it does not.</summary>
    /// <param name="parameters">The parameters of the command.</param>
    /// <param name="line">The line.</param>
    /// <param name="offer">What is offered.</param>
    public static Rule? Oversteps(IEnumerable<Parameter> parameters, string line, ServiceOffer? offer) =>
        parameters
            .FirstOrDefault(parameter =>
                Limit(parameter, offer) is { } most
                && line.Split(' ')
                    .Any(word =>
                        word.StartsWith($"{parameter.Keyword}=", StringComparison.OrdinalIgnoreCase)
                        && parameter.Bound.IsOverstepped(word[(parameter.Keyword.Length + 1)..], most)
                    )
            )
            ?.Limit;

    /// <summary>
    /// The rule by which a line is refused for a parameter that is written wrong, or that is given twice; null where no rule says so.
    /// It is read from the text alone, so that a line is judged alike whoever sends it.
    /// </summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="command">The command.</param>
    /// <param name="line">The line.</param>
    public static Rule? Barred(TransitionTable table, Command command, string line)
    {
        var parameters = Of(table, command);
        var given = Words(line)
            .Select(word =>
                (
                    Parameter: parameters.FirstOrDefault(known => IsKeyword(word.Split('=')[0], known)),
                    Value: word.Split('=', 2).ElementAtOrDefault(1)
                )
            )
            .Where(one => one.Parameter is not null)
            .ToList();
        return given.FirstOrDefault(one => !Fits(one.Parameter!, one.Value)).Parameter?.Malformed
            ?? given
                .GroupBy(one => one.Parameter!.Group is { Length: > 0 } group ? group : one.Parameter.Keyword)
                .FirstOrDefault(same => same.Count() > 1)
                ?.First()
                .Parameter!.Twice;
    }

    /// <summary>Whether a line has a parameter of a command, however it is written.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="command">The command.</param>
    /// <param name="line">The line.</param>
    public static bool HasAny(TransitionTable table, Command command, string line) =>
        Of(table, command).Any(parameter => Words(line).Any(word => IsKeyword(word.Split('=')[0], parameter)));

    // what stands behind the path
    private static string[] Words(string line) => line[(line.LastIndexOf('>') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The parameters of a command.</summary>
    public static IEnumerable<Parameter> Of(TransitionTable table, Command command) =>
        table.Parameters.Where(parameter => parameter.Commands.Contains(command));

    private static bool IsKeyword(string word, Parameter parameter) =>
        string.Equals(word, parameter.Keyword, StringComparison.OrdinalIgnoreCase);

    private static bool Fits(Parameter parameter, string? value) =>
        parameter.Value is { } syntax ? value is not null && syntax.Fits(value) : value is null;

    private static IEnumerable<string> Values(Parameter parameter, ServiceOffer? offer) =>
        parameter.OfferedAt is not null ? Offered(parameter, offer) is { } value ? [$"{parameter.Keyword}={value}"] : []
        : parameter.Value?.Valid.Select(value => $"{parameter.Keyword}={value}") ?? [parameter.Keyword];

    // below the limit, at it and above it
    private static IEnumerable<string> Around(Parameter parameter, ServiceOffer? offer) =>
        Limit(parameter, offer) is not { } most || most == ulong.MaxValue ? []
        : new[] { most - 1, most, most + 1 }.Select(number => number.ToString(CultureInfo.InvariantCulture)).Where(parameter.Value!.Fits);
}
