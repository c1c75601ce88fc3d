using System.Text.Json.Nodes;
using static SmtpModel.Machines.MachineWriter;

namespace SmtpModel.Machines;

/// <summary>Writes what extensions say of a machine: keywords, parameters, the text of replies, groups. Nothing is written where there is
/// none.</summary>
internal static class ExtensionJson
{
    public static IEnumerable<(string Name, JsonNode? Value)> Write(TransitionTable table)
    {
        yield return ("extensions", Some(table.Extensions.Select(extension => Extension(table, extension))));
        yield return ("parameters", Some(table.Parameters.Select(Parameter)));
        yield return ("replyTexts", Some(table.ReplyTexts.Select(text => new JsonObject
        {
            ["rule"] = text.Rule.Id,
            ["pattern"] = text.Pattern,
            ["except"] = Names(text.Except),
        })));
        yield return ("listing", table.Listing?.Name);
        yield return ("greeting", table.Greeting.Count == 0 ? null : Names(table.Greeting));
        yield return ("securing", table.Machine.Vocabulary.Securing.Count == 0 ? null : Names(table.Machine.Vocabulary.Securing));
        yield return ("delivering", table.Machine.Vocabulary.Delivering.Count == 0 ? null : Names(table.Machine.Vocabulary.Delivering));
        yield return (
            "grouping",
            table.Grouping is not { } grouping
                ? null
                : new JsonObject
                {
                    ["rule"] = grouping.Id,
                    ["answered"] = table.GroupAnswers!.Id,
                    ["anywhere"] = Names(table.Commands.Select(use => use.Command).Where(table.Grouped.Contains)),
                }
        );
        yield return (
            "forEach",
            Some(
                table.ForEach.Select(pair => new JsonObject
                {
                    ["command"] = pair.Key.Name,
                    ["buffer"] = pair.Value.Buffer.Name,
                    ["rule"] = pair.Value.Rule.Id,
                })
            )
        );
        yield return (
            "countLimits",
            Some(
                table.CountLimits.Select(limit => new JsonObject
                {
                    ["extension"] = limit.Extension,
                    ["name"] = limit.Name,
                    ["counted"] = Names(limit.Counted),
                    ["anew"] = Names(limit.Anew),
                    ["rule"] = limit.Rule.Id,
                })
            )
        );
        yield return ("demandedOffers", Some(table.DemandedOffers.Where(offer => !offer.IsForbidden).Select(Offer)));
        yield return ("forbiddenOffers", Some(table.DemandedOffers.Where(offer => offer.IsForbidden).Select(Offer)));
        yield return (
            "utf8Paths",
            table.Utf8Paths is not { } utf8 ? null : new JsonObject { ["rule"] = utf8.Rule.Id, ["parameter"] = utf8.Parameter.Keyword }
        );
    }

    private static JsonObject Offer(DemandedOffer offer) => new() { ["keyword"] = offer.Keyword, ["rule"] = offer.Rule.Id };

    private static JsonObject Extension(TransitionTable table, ServiceExtension extension) => With(new JsonObject
    {
        ["keyword"] = extension.Keyword,
        ["title"] = extension.Title,
        ["document"] = extension.Clause.Document,
        ["section"] = extension.Clause.Section,
    },
        ("argument", Value(extension.Argument)),
        ("fromSite", Site(extension.FromSite)),
        ("form", extension.Form?.Id),
        ("isForTls", extension.IsForTls ? true : null),
        ("servedFirst", extension.ServedFirst.Count == 0 ? null : Names(table.ServedFirst(extension))),
        ("needs", Some(extension.Needs.Select(need => new JsonObject { ["keyword"] = need.Key, ["rule"] = need.Value.Id }))));

    private static JsonObject? Site(SiteValue? site) => site is null ? null : With(new JsonObject { ["name"] = site.Name },
        ("before", site.Before.Length == 0 ? null : site.Before),
        ("most", site.Most == int.MaxValue ? null : site.Most));

    private static JsonObject Parameter(Parameter parameter) =>
        With(
            new JsonObject { ["keyword"] = parameter.Keyword, ["commands"] = Names(parameter.Commands) },
            ("extension", parameter.Extension.Length == 0 ? null : parameter.Extension),
            ("value", Value(parameter.Value)),
            ("taken", parameter.Taken.Id),
            ("malformed", parameter.Malformed?.Id),
            ("twice", parameter.Twice?.Id),
            ("limit", parameter.Limit?.Id),
            ("bound", parameter.Bound == OfferedBound.Most ? null : Bound(parameter.Bound)),
            ("offeredAt", parameter.OfferedAt),
            ("group", parameter.Group.Length == 0 ? null : parameter.Group),
            ("mayRefuse", parameter.MayRefuse.Count == 0 ? null : MachineWriter.Codes(parameter.MayRefuse)),
            ("limitRefusing", parameter.LimitRefusing.Count == 0 ? null : MachineWriter.Codes(parameter.LimitRefusing)),
            ("refusing", MachineWriter.Codes(parameter.Refusing))
        );

    private static JsonObject Bound(OfferedBound bound) => With(new JsonObject
    {
        ["word"] = bound.Word,
        ["offered"] = bound.Offered,
        ["given"] = bound.Given,
        ["beyond"] = bound.Beyond,
    },
        ("isLeast", bound.IsLeast ? true : null));

    internal static JsonObject? Value(ValueSyntax? value) => value is null ? null : new JsonObject
    {
        ["syntax"] = value.Syntax,
        ["pattern"] = value.Pattern,
        ["valid"] = MachineWriter.List(value.Valid.Select(text => (JsonNode)text)),
        ["malformed"] = MachineWriter.List(value.Malformed.Select(text => (JsonNode)text)),
    };

    private static JsonObject With(JsonObject node, params (string Name, JsonNode? Value)[] more)
    {
        foreach (var (name, value) in more.Where(one => one.Value is not null))
        {
            node[name] = value;
        }

        return node;
    }

    private static JsonArray Names(IEnumerable<Command> commands) =>
        MachineWriter.List(commands.Select(command => (JsonNode)command.Name));
}
