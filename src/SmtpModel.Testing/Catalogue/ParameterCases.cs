using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The cases about parameters of extensions: each value that a standard's pattern has is taken, each that it has not is refused,
/// and so is what is given twice or is over the limit that EHLO lists. Where the standard says nothing there is no case.
/// </summary>
internal static class ParameterCases
{
    public static IEnumerable<TestCase> Of(TransitionTable table) =>
        table.Parameters.SelectMany(parameter =>
            parameter
                .Commands.Where(command => IsOwn(table, parameter, command))
                .SelectMany(command => Of(table, parameter, command))
                .OfType<TestCase>()
                .Select(one => WhereOffered(parameter, one))
        );

    // a profile may ask for an extension that the server does not offer, and then its parameters are none that it has to know
    private static TestCase WhereOffered(Parameter parameter, TestCase one) => one with
    {
        Sample = one.Sample! with
        {
            Applies = offer => (offer is null || offer.Lists(parameter.Extension)) && one.Sample!.Applies(offer),
        },
    };

    // what is another command in all but its mark takes the parameters of that one, which are tried there
    private static bool IsOwn(TransitionTable table, Parameter parameter, Command command) =>
        command is not { Variant.Mark.Length: > 0 } || table[command].Extension == parameter.Extension;

    private static IEnumerable<TestCase?> Of(TransitionTable table, Parameter parameter, Command command)
    {
        var keyword = parameter.Keyword;
        foreach (var one in parameter.OfferedAt is null ? Taken(table, parameter, command) : [AsOffered(table, parameter, command)])
        {
            yield return one;
        }

        if (parameter.Malformed is { } malformed)
        {
            foreach (var value in parameter.Value?.Malformed ?? ["1"])
            {
                yield return Make(
                    table,
                    command,
                    malformed,
                    $"with-{Named(parameter, value)}-malformed",
                    $"{command} with {keyword}={value} is refused.",
                    $"{keyword}={value}",
                    parameter.Refusing
                );
            }
        }

        if (parameter.Twice is { } twice)
        {
            yield return Make(table, command, twice, $"with-{keyword}-twice", $"{command} with {keyword} given twice is refused.",
                $"{parameter.Plain} {parameter.Plain}", parameter.Refusing);
            foreach (var other in table.Parameters.SkipWhile(other => other != parameter).Skip(1)
                .Where(other => parameter.Group.Length > 0 && other.Group == parameter.Group && other.Commands.Contains(command)))
            {
                yield return Make(
                    table,
                    command,
                    twice,
                    $"with-{keyword}-and-{other}",
                    $"{command} with both {keyword} and {other} is refused.",
                    $"{parameter.Plain} {other.Plain}",
                    parameter.Refusing
                );
            }
        }

        if (parameter.Limit is { } limit && parameter.Value?.Fits(parameter.Bound.Beyond) == true)
        {
            var side = parameter.Bound.IsLeast ? "under" : "over";
            yield return Make(
                table,
                command,
                limit,
                $"with-{keyword}-{side}-the-limit",
                $"{command} with a {keyword} {side} the limit that EHLO lists is refused.",
                $"{keyword}={parameter.Bound.Beyond}",
                parameter.LimitRefusing,
                offer => HasLimit(offer, parameter)
            );
        }

        if (table.Utf8Paths is { } utf8 && utf8.Parameter.Keyword == keyword)
        {
            yield return Make(
                table,
                command,
                utf8.Rule,
                $"with-{keyword}-and-a-mailbox-in-UTF-8",
                $"{command} with {keyword} and a mailbox in UTF-8 is taken.",
                parameter.Plain,
                isUtf8: true
            );
        }
    }

    private static IEnumerable<TestCase?> Taken(TransitionTable table, Parameter parameter, Command command)
    {
        var keyword = parameter.Keyword;
        foreach (var value in parameter.Value?.Valid ?? [""])
        {
            var text = Text(parameter, value);
            yield return Make(
                table,
                command,
                parameter.Taken,
                $"with-{Named(parameter, value)}",
                $"{command} with {Short(text)} is taken.",
                text,
                spared: parameter.MayRefuse
            );
        }

        var lower = Text(parameter, parameter.Value?.Valid[0] ?? "");
        yield return Make(
            table,
            command,
            table.Stated(Spec.Rfc821.S1)!,
            $"with-{keyword}-in-lower-case",
            $"{command} with {keyword} in lower case is the same.",
            keyword.ToLowerInvariant() + lower[keyword.Length..],
            spared: parameter.MayRefuse
        );
    }

    // the one value that is known to be taken
    private static TestCase? AsOffered(TransitionTable table, Parameter parameter, Command command) =>
        Make(
            table,
            command,
            parameter.Taken,
            $"with-{parameter}-as-it-is-offered",
            $"{command} with the {parameter} that EHLO lists is taken.",
            "",
            applies: offer => ParameterLines.Offered(parameter, offer) is not null,
            spared: parameter.MayRefuse
        )
            is { } one
            ? one with
            {
                Sample = one.Sample! with
                {
                    Line = options =>
                        $"{Plain(table[command], options, isUtf8: false)} {parameter}={ParameterLines.Offered(parameter, options.Offer)}",
                },
            }
            : null;

    // where the command is in order: the first such state
    private static TestCase? Make(
        TransitionTable table,
        Command command,
        Rule rule,
        string about,
        string requirement,
        string parameter,
        IReadOnlyList<int>? refusing = null,
        Func<Protocol.ServiceOffer?, bool>? applies = null,
        bool isUtf8 = false,
        IReadOnlyList<int>? spared = null
    )
    {
        var state = table.States.FirstOrDefault(state =>
            table.Reads(state) is Reading.Commands && table.From(state, command).Any(edge => edge.Exchange.IsAccepted)
        );
        return state is null
            ? null
            : new TestCase(
                CaseName.Of(rule.Clause, $"{command}-{about}"),
                CaseKind.Argument,
                rule,
                requirement,
                CaseDepth.Of(table, state, command)
            )
            {
                State = state,
                Command = command,
                Sample = new ArgumentSample(options => $"{Plain(table[command], options, isUtf8)} {parameter}")
                {
                    Refusing = refusing ?? [],
                    Spared = spared ?? [],
                    NeedsOffer = true,
                    Applies = applies ?? (static _ => true),
                },
            };
    }

    private static string Plain(CommandUse use, PaletteOptions options, bool isUtf8)
    {
        var isReverse = use.Argument.Name.StartsWith("reverse", StringComparison.Ordinal);
        var mailbox = isReverse ? options.From : options.Recipient;
        // GREEK SMALL LETTER MU, one character for each octet of its UTF-8
        return $"{use.Command.Keyword} {(isReverse ? "FROM" : "TO")}:<{(isUtf8 ? "\u00ce\u00bc" : "")}{mailbox}>";
    }

    private static bool HasLimit(Protocol.ServiceOffer? offer, Parameter parameter) => offer is null
        || (ParameterLines.Limit(parameter, offer) is { } limit && parameter.Bound.IsOverstepped(parameter.Bound.Beyond, limit));

    private static string Text(Parameter parameter, string value) =>
        parameter.Value is null ? parameter.Keyword : $"{parameter.Keyword}={value}";

    // permanent names hold the value itself, where it is short: its letters and digits
    private static string Named(Parameter parameter, string value) => parameter.Value is null && value.Length == 0 ? parameter.Keyword
        : $"{parameter.Keyword}-" + (value.Length == 0 ? "empty" : value.Length > 40 ? $"of-{value.Length}-characters"
            : IsSpeltOtherwise(parameter, value) ? $"{Word(value.ToUpperInvariant())}-in-lower-case" : Word(value));

    private static string Word(string value) =>
        (value is ['-', >= '0' and <= '9', ..] ? "minus-" : "")
        + string.Concat(value.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');

    // names are the same in either case, so two values that differ in it only need names of their own
    private static bool IsSpeltOtherwise(Parameter parameter, string value) => parameter.Value?.Valid.Any(other =>
        other != value && !value.Any(char.IsAsciiLetterUpper) && string.Equals(other, value, StringComparison.OrdinalIgnoreCase)) == true;

    private static string Short(string text) => text.Length > 60 ? $"{text[..12]}... ({text.Length} characters)" : text;
}
