using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>Reads what extensions say of a machine, as <see cref="ExtensionJson"/> writes it.</summary>
internal sealed class ExtensionReader(
    JsonPlace root,
    IReadOnlyDictionary<string, Rule> rules,
    IReadOnlyDictionary<string, Command> commands
)
{
    public Action<Vocabulary> Read()
    {
        Action<Vocabulary> say = static _ => { };
        if (root.Find("greeting") is { } greeting)
        {
            var greets = Commands(greeting);
            say += v => v.Greets(greets);
        }

        if (root.Find("securing") is { } securing)
        {
            var secures = Commands(securing);
            say += v => v.Secures(secures);
        }

        if (root.Find("delivering") is { } delivering)
        {
            var delivers = Commands(delivering);
            say += v => v.Delivers(delivers);
        }

        if (root.Find("listing")?.In(commands, "command") is { } listing)
        {
            say += v => v.Lists(listing);
        }

        var parameters = new Dictionary<string, Parameter>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in root.Items("parameters"))
        {
            var parameter = Parameter(item);
            parameters[parameter.Keyword] = parameter;
            say += v => v.Parameter(parameter);
        }

        foreach (var item in root.Items("extensions"))
        {
            var extension = Extension(item);
            say += v => v.Extension(extension);
        }

        foreach (var item in root.Items("replyTexts"))
        {
            item.Object("rule", "pattern", "except");
            var text = new ReplyTextRule(Rule(item["rule"]), Pattern(item["pattern"]), Commands(item["except"]));
            say += v => v.ReplyText(text);
        }

        if (root.Find("grouping") is { } grouping)
        {
            grouping.Object("rule", "answered", "anywhere");
            var (rule, answered, anywhere) = (Rule(grouping["rule"]), Rule(grouping["answered"]), Commands(grouping["anywhere"]));
            say += v => v.Groups(rule, answered, anywhere);
        }

        foreach (var item in root.Items("forEach"))
        {
            item.Object("command", "buffer", "rule");
            var (command, buffer, rule) = (
                item["command"].In(commands, "command"),
                new DataBuffer(item["buffer"].Name()),
                Rule(item["rule"])
            );
            say += v => v.AnswersForEach(command, buffer, rule);
        }

        foreach (var item in root.Items("countLimits"))
        {
            item.Object("extension", "name", "counted", "anew", "rule");
            var limit = new CountLimit(item["name"].Name(), Commands(item["counted"]), Commands(item["anew"]), Rule(item["rule"]))
            {
                Extension = item["extension"].Name(),
            };
            say += v => v.MayLimit(limit);
        }

        foreach (var item in root.Items("demandedOffers"))
        {
            item.Object("keyword", "rule");
            var (keyword, rule) = (item["keyword"].Name(), Rule(item["rule"]));
            say += v => v.DemandsOffers(rule, keyword);
        }

        foreach (var item in root.Items("forbiddenOffers"))
        {
            item.Object("keyword", "rule");
            var (keyword, rule) = (item["keyword"].Name(), Rule(item["rule"]));
            say += v => v.ForbidsOffers(rule, keyword);
        }

        if (root.Find("utf8Paths") is { } utf8)
        {
            utf8.Object("rule", "parameter");
            var (rule, parameter) = (Rule(utf8["rule"]), utf8["parameter"].In(parameters, "parameter"));
            say += v => v.PathsMayBeUtf8(rule, parameter);
        }

        return say;
    }

    private Parameter Parameter(JsonPlace item)
    {
        item.Object(
            "keyword",
            "commands",
            "extension?",
            "value?",
            "taken",
            "malformed?",
            "twice?",
            "limit?",
            "bound?",
            "offeredAt?",
            "group?",
            "mayRefuse?",
            "limitRefusing?",
            "refusing?"
        );
        var parameter = new Parameter(item["keyword"].Name(), Commands(item["commands"]), Value(item.Find("value")), Rule(item["taken"]))
        {
            Malformed = item.Find("malformed") is { } malformed ? Rule(malformed) : null,
            Twice = item.Find("twice") is { } twice ? Rule(twice) : null,
            Limit = item.Find("limit") is { } limit ? Rule(limit) : null,
            Bound = item.Find("bound") is { } bound ? Bound(bound) : OfferedBound.Most,
            OfferedAt = item.Find("offeredAt")?.Number(0, 100),
            Group = item.Find("group")?.Name() ?? "",
            MayRefuse = item.Find("mayRefuse")?.Codes() ?? [],
            LimitRefusing = item.Find("limitRefusing")?.Codes() ?? [],
            Extension = item.Find("extension")?.Name() ?? "",
        };
        if (item.Find("refusing") is not { } refusing)
        {
            return parameter;
        }

        int[] codes = refusing.Codes();
        return codes.Length > 0 ? parameter with { Refusing = codes } : throw refusing.Wrong("at least one code is needed");
    }

    private static OfferedBound Bound(JsonPlace item)
    {
        item.Object("word", "offered", "given", "beyond", "isLeast?");
        return new OfferedBound(item["word"].Number(0, 100), Pattern(item["offered"]), Pattern(item["given"]), item["beyond"].Text())
        {
            IsLeast = item.Find("isLeast")?.Truth() ?? false,
        };
    }

    private ServiceExtension Extension(JsonPlace item)
    {
        item.Object("keyword", "title", "document", "section", "argument?", "fromSite?", "form?", "isForTls?", "servedFirst?", "needs?");
        return new ServiceExtension(
            item["keyword"].Name(),
            item["title"].Text(),
            new Clause(item["document"].Name(), item["section"].Name())
        )
        {
            Argument = Value(item.Find("argument")),
            FromSite = item.Find("fromSite") is { } site ? Site(site) : null,
            Form = item.Find("form") is { } form ? Rule(form) : null,
            IsForTls = item.Find("isForTls")?.Truth() ?? false,
            ServedFirst = item.Find("servedFirst") is { } served ? Commands(served) : [],
            Needs = item.Items("needs")
                .Select(need => need.Object("keyword", "rule"))
                .ToDictionary(need => need["keyword"].Name(), need => Rule(need["rule"])),
        };
    }

    private static SiteValue Site(JsonPlace item)
    {
        item.Object("name", "before?", "most?");
        return new SiteValue(item["name"].Name())
        {
            Before = item.Find("before")?.Text() ?? "",
            Most = item.Find("most")?.Number(0, int.MaxValue) ?? int.MaxValue,
        };
    }

    internal static ValueSyntax? Value(JsonPlace? item)
    {
        if (item is null)
        {
            return null;
        }

        item.Object("syntax", "pattern", "valid", "malformed?");
        var valid = item["valid"].Items().Select(text => text.Text()).ToList();
        return new ValueSyntax(item["syntax"].Text(), Pattern(item["pattern"]))
        {
            Valid = valid.Count > 0 ? valid : throw item["valid"].Wrong("at least one example is needed"),
            Malformed = [.. item.Items("malformed").Select(text => text.Text())],
        };
    }

    // a pattern of somebody's own may be no pattern
    internal static string Pattern(JsonPlace item)
    {
        try
        {
            _ = new Regex(item.Text(), RegexOptions.CultureInvariant);
            return item.Text();
        }
        catch (ArgumentException)
        {
            throw item.Wrong($"'{item.Text()}' is no regular expression");
        }
    }

    private Rule Rule(JsonPlace item) => item.In(rules, "rule");

    private List<Command> Commands(JsonPlace item) => [.. item.Items().Select(name => name.In(commands, "command"))];
}
