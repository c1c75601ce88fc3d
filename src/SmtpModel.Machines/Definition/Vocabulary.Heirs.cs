namespace SmtpModel.Machines;

// inputs that are another command in all but what tells them from it
public sealed partial class Vocabulary
{
    private readonly Dictionary<Command, ProfilePart?> _heirs = [];

    /// <summary>
    /// Describes an input that is the command of its verb in all but its mark (<see cref="CommandVariant.Mark"/>): argument, replies,
    /// parameters, and where it is in order. The part that describes it says by name what is its own.
    /// </summary>
    /// <param name="heir">The input.</param>
    /// <param name="clause">Where the standard defines it.</param>
    /// <exception cref="SpecificationException">It has no mark, or its verb is no command.</exception>
    public void Inherits(Command heir, Clause clause)
    {
        ArgumentNullException.ThrowIfNull(heir);
        if (heir.Variant is not { Mark.Length: > 0 } variant || _order.Find(known => known.Name == variant.Keyword) is not { } command)
        {
            throw new SpecificationException(
                $"{heir} inherits from no command; give it a variant with a mark, of a verb that is described"
            );
        }

        var use = _commands[command];
        Command(
            heir,
            clause,
            use.Argument,
            [.. use.Replies.Success],
            [.. use.Replies.Intermediate],
            [.. use.Replies.Failure],
            [.. use.Replies.Error]
        );
        _heirs[heir] = Speaking;
    }

    /// <summary>What a line of the order says of exchanges it says of these: of the same of each input that inherits a command,
    /// too.</summary>
    /// <param name="exchanges">The exchanges of the line.</param>
    internal IEnumerable<Exchange> Meant(IEnumerable<Exchange> exchanges) =>
        exchanges
            .SelectMany(exchange => WithHeirs(exchange.Command).Select(command => command / exchange.Code))
            .Distinct()
            .Where(exchange => IsMeant(exchange.Command));

    /// <summary>The same of commands.</summary>
    /// <param name="commands">The commands of the line.</param>
    internal IEnumerable<Command> Meant(IEnumerable<Command> commands) => commands.SelectMany(WithHeirs).Distinct().Where(IsMeant);

    // the part that describes an input that inherits speaks of it by name
    private IEnumerable<Command> WithHeirs(Command command) =>
        _heirs.Count == 0
            ? [command]
            :
            [
                command,
                .. _heirs
                    .Where(heir => heir.Key != command && heir.Key.Is(command) && !ReferenceEquals(heir.Value, Speaking))
                    .Select(heir => heir.Key),
            ];

    // what was said of a command, by whichever part, is said of what inherits it; a parameter that an heir has of its own is not
    internal void Inherit()
    {
        foreach (var heir in _heirs.Keys)
        {
            var command = _order.Find(known => known != heir && heir.Is(known))!;
            if (_added.TryGetValue(command, out var codes))
            {
                MayAlsoDraw([heir], [.. codes]);
            }

            var own = ParametersOf(heir).Select(parameter => parameter.Keyword).ToHashSet(StringComparer.OrdinalIgnoreCase);
            for (var at = 0; at < _parameters.Count; at++)
            {
                _parameters[at] = Inherited(_parameters[at], heir, command, own);
            }

            Utf8Paths = Utf8Paths is { } utf8 ? (utf8.Rule, Inherited(utf8.Parameter, heir, command, own)) : null;
            for (var at = 0; at < _countLimits.Count; at++)
            {
                _countLimits[at] = _countLimits[at] with
                {
                    Counted = With(_countLimits[at].Counted, heir, command),
                    Anew = With(_countLimits[at].Anew, heir, command),
                };
            }

            _ = _grouped.Contains(command) && _grouped.Add(heir);
            foreach (var rules in new[] { _demanded, _demandedOfMalformed, _keeping })
            {
                _ = rules.TryGetValue(command, out var rule) && rules.TryAdd(heir, rule);
            }

            if (_withdrawn.TryGetValue(command, out var part))
            {
                _withdrawn[heir] = part;
            }
        }
    }

    private static Parameter Inherited(Parameter parameter, Command heir, Command command, HashSet<string> own) =>
        own.Contains(parameter.Keyword) ? parameter : parameter with { Commands = With(parameter.Commands, heir, command) };

    private static IReadOnlyList<Command> With(IReadOnlyList<Command> commands, Command heir, Command command) =>
        commands.Contains(command) && !commands.Contains(heir) ? [.. commands, heir] : commands;
}
