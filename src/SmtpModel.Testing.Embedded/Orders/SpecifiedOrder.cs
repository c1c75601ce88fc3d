using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes the session's order of a profile when a test runs: the rows that the generator writes when the server is
/// built.</summary>
internal static class SpecifiedOrder
{
    private static readonly ConditionalWeakTable<Profile, StrongBox<TableOrder>> Known = [];

    /// <summary>The order of a profile; made once.</summary>
    /// <param name="profile">The profile.</param>
    /// <exception cref="SpecificationException">The session cannot serve such a machine.</exception>
    public static TableOrder Of(Profile profile) =>
        Known.GetValue(profile, static profile => new StrongBox<TableOrder>(Of(profile.Table))).Value;

    /// <summary>The order as the specification has it.</summary>
    /// <param name="table">The profile's table.</param>
    /// <exception cref="SpecificationException">The session cannot serve such a machine.</exception>
    public static TableOrder Of(TransitionTable table) =>
        TableOrder.Of(Rows(table), table.Commands.SelectMany(use => use.Replies.All));

    private static OrderRows Rows(TransitionTable table)
    {
        var dialect = Named<Dialect>(table, table.Grammar, "grammar");
        if (!table.Commands.Any(use => OrderNames.Of(use.Command) is Verb.Unknown))
        {
            throw new SpecificationException(
                $"{table.Profile} has no input 'unknown': a session needs an answer to a line that is no command"
            );
        }

        return new OrderRows(table.Profile.Name, dialect, OrderNames.Of(table.Start))
        {
            Faults = new FaultCodes(
                table.Faults.Unrecognized,
                table.Faults.NotAcceptable,
                table.Faults.NotImplemented,
                table.Faults.Closing
            ),
            States =
            [
                .. table.States.Select(state => new StateRow(
                    OrderNames.Of(state),
                    Enum.Parse<SessionReading>(table.Reads(state).ToString())
                )),
            ],
            Commands = [.. table.Commands.Select(use => Row(table, use))],
            Refusals =
            [
                .. from state in table.States
                from use in table.Commands
                let refusal = table.OutOfOrder(state, use.Command)
                where refusal is not null
                select new RefusalRow(OrderNames.Of(state), refusal.Codes[0], OrderNames.Of(use.Command)),
            ],
            Exchanges =
            [
                .. table.Edges.Select(edge => new ExchangeRow(
                    OrderNames.Of(edge.From),
                    OrderNames.Of(edge.Exchange.Command),
                    OrderNames.Of(edge.To),
                    Effects(table, edge.Exchange),
                    edge.Exchange.Code
                )),
            ],
            Parameters =
            [
                .. table.Parameters.Select(parameter => new ParameterRow(
                    parameter.Keyword,
                    parameter.Syntax,
                    parameter.Value is { } value ? new Regex(value.WholePattern, RegexOptions.CultureInvariant) : null,
                    parameter.Refusing[0],
                    [.. parameter.Commands.Select(OrderNames.Of)]
                )
                {
                    Group = parameter.Group,
                    Bound = Bound(table, parameter),
                    Most = table.MostOfSite(parameter) is { } site ? new MostRow(site, parameter.LimitRefusing[0]) : null,
                })],
            Extensions = [.. table.Extensions.Select(extension => new ExtensionRow(extension.Keyword, extension.Argument is not null)
            {
                Argument = extension.FromSite is null ? extension.Argument?.Valid[0] ?? "" : "",
                Site = Site(table, extension),
                IsForTls = extension.IsForTls,
                Demand = Demand(table, extension),
            })],
            Utf8Parameter = table.Utf8Paths?.Parameter.Keyword,
            HasEnhancedCodes = table.ReplyTexts.Count > 0,
        };
    }

    private static CommandRow Row(TransitionTable table, CommandUse use) =>
        new(
            OrderNames.Of(use.Command),
            use.Command.Name,
            use.Argument.Value is null
                ? Named<ArgumentKind>(table, OrderNames.Pascal(use.Argument.Name), $"argument of {use.Command}")
                : ArgumentKind.Patterned,
            use.Replies.Accepting.FirstOrDefault(),
            use.Syntax
        )
        {
            IsLine = use.Command.Kind is InputKind.Line,
            Required = use.Required,
            Keyword = use.Command.Variant?.Keyword,
            Variant = use.Command.Variant is { } variant ? new Regex(variant.Argument, RegexOptions.CultureInvariant) : null,
            IsHeir = use.Command.Variant is { Mark.Length: > 0 },
            Block = use.Command.Block is { } block ? new Regex(block.Number, RegexOptions.CultureInvariant) : null,
            Delivers = use.Command.Kind is InputKind.Line && table.Delivers(use.Command),
            Value = use.Argument.Value is { } value ? new Regex(value.WholePattern, RegexOptions.CultureInvariant) : null,
            Extension = use.Extension,
            ForEach = table.ForEach.TryGetValue(use.Command, out var each)
                ? OrderNames.Effects([new Effect(each.Buffer, EffectKind.Append)])
                : BufferEffects.None,
        };

    // the bounds that are listed, where they are no site's own
    private static BoundRow? Bound(TransitionTable table, Parameter parameter) =>
        parameter.Limit is not null
        && parameter.Bound != OfferedBound.Most
        && table.Extensions.FirstOrDefault(extension => extension.Keyword == parameter.Extension)?.Argument is { } listed
        && parameter.Bound.In(listed.Valid[0].Split(' ')) is { } bound
            ? new BoundRow(value => parameter.Bound.IsOverstepped(value, bound), parameter.LimitRefusing[0])
            : null;

    private static SiteRow? Site(TransitionTable table, ServiceExtension extension) => extension.FromSite is not { } site ? null
        : SiteValues.Names.Contains(site.Name) ? new SiteRow(site.Name, site.Before, site.Most)
        : throw new SpecificationException($"{table.Profile}: {extension} lists the site's value '{site.Name}', which no site has; "
            + $"there are {string.Join(", ", SiteValues.Names)}");

    private static DemandRow? Demand(TransitionTable table, ServiceExtension extension) =>
        extension.ServedFirst.Count == 0 || table.Conditions.Count == 0
            ? null
            : new DemandRow(table.Conditions[0], [.. table.ServedFirst(extension).Select(OrderNames.Of)]);

    private static BufferEffects Effects(TransitionTable table, Exchange exchange)
    {
        var effects = OrderNames.Effects(exchange.Effects);
        effects |= table.Secures(exchange) ? BufferEffects.Secure : BufferEffects.None;
        return table.LearnsOffer(exchange) is not { } learns
            ? effects
            : effects | (learns ? BufferEffects.LearnOffer : BufferEffects.ForgetOffer);
    }

    private static T Named<T>(TransitionTable table, string name, string what)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var known)
            ? known
            : throw new SpecificationException(
                $"{table.Profile}: the session does not know the {what}, '{name}'; it knows {string.Join(", ", Enum.GetNames<T>())}"
            );
}
