namespace SmtpModel.Machines;

/// <summary>Reads a machine from JSON and says it again as a part of a profile would.</summary>
internal sealed class MachineReader(JsonPlace root)
{
    private readonly Dictionary<string, DataBuffer> _buffers = [];
    private readonly Dictionary<string, State> _states = [];
    private readonly Dictionary<string, Rule> _rules = [];
    private readonly Dictionary<string, Command> _commands = [];

    public Profile Read()
    {
        root.Object(
            "$schema?",
            "version",
            "name",
            "title",
            "grammar?",
            "start",
            "final",
            "ending?",
            "states",
            "rules",
            "lineRules?",
            "commands",
            "listed?",
            "extensions?",
            "parameters?",
            "replyTexts?",
            "listing?",
            "greeting?",
            "securing?",
            "delivering?",
            "grouping?",
            "forEach?",
            "countLimits?",
            "demandedOffers?",
            "forbiddenOffers?",
            "utf8Paths?",
            "anyCommandMayDraw?",
            "optionalCommandsMayDraw?",
            "placedByTheOrder?",
            "conditions?",
            "acceptanceDemands?",
            "malformedDemands?",
            "keepsBuffers?",
            "failuresCount?",
            "faults?",
            "conduct?",
            "refusalMoves?",
            "regions?",
            "tags?",
            "forgetting?",
            "edges",
            "outOfOrder?",
            "tolerated?",
            "doubts?",
            "learned?"
        );
        if (root["version"].Number(1, int.MaxValue) is var version && version != MachineJson.Version)
        {
            throw root["version"].Wrong($"this is version {version} of the format; this program reads version {MachineJson.Version}");
        }

        Action<Vocabulary> describe = static _ => { };
        Action<ProtocolMachine> order = static _ => { };
        foreach (var item in root.Items("states"))
        {
            item.Object("name", "meaning", "in?", "holds?");
            var state = new State(item["name"].Name(), item["meaning"].Text(), [.. item.Items("holds").Select(Buffer)]);
            Add(_states, item["name"], state);
        }

        foreach (var item in root.Items("rules"))
        {
            var rule = Rule(item);
            describe += vocabulary => vocabulary.State(rule);
        }

        foreach (var item in root.Items("lineRules"))
        {
            var rule = Rule(item);
            describe += vocabulary => vocabulary.StateOfLines(rule);
        }

        foreach (var item in root.Items("commands"))
        {
            describe += Command(item);
        }

        describe += Lists();
        describe += new ExtensionReader(root, _rules, _commands).Read();
        foreach (var item in root.Items("states"))
        {
            order += Configure(item);
        }

        foreach (var item in root.Items("regions"))
        {
            item.Object("name", "states");
            var (name, states) = (item["name"].Text(), item.Items("states").Select(state => state.In(_states, "state")).ToList());
            if (states.Count == 0)
            {
                throw item["states"]
                    .Wrong("at least one state is needed: the first one is that of a session about which nothing is known");
            }

            order += machine => machine.Region(name, states);
        }

        foreach (var item in root.Items("tags"))
        {
            item.Object("name", "meaning", "states");
            var tag = new Tag(item["name"].Name(), item["meaning"].Text());
            List<State> states = [.. item.Items("states").Select(state => state.In(_states, "state"))];
            describe += vocabulary => vocabulary.Means(tag, states);
        }

        foreach (var item in root.Items("forgetting"))
        {
            item.Object("command", "codes", "rule");
            var (command, codes, rule) = (
                item["command"].In(_commands, "command"),
                item["codes"].Codes(),
                item["rule"].In(_rules, "rule")
            );
            order += machine => machine.Forget(codes.Select(code => command / code), rule);
        }

        order += Bounds();
        Edges(
            "edges",
            (machine, edge) => machine.Configure(edge.From).Permit(edge.Exchanges, edge.To, edge.Rule, edge.File, 0),
            ref order
        );
        Edges(
            "tolerated",
            (machine, edge) =>
                _ =
                    edge.IsOneOfSeveral
                        ? machine.Configure(edge.From).MayAlsoLead(edge.Exchanges, edge.To ?? edge.From, edge.Rule, edge.File, 0)
                    : edge.IsDiscouraged
                        ? machine.Configure(edge.From).Discourage(edge.Exchanges, edge.To ?? edge.From, edge.Rule, edge.File, 0)
                    : machine.Configure(edge.From).Tolerate(edge.Exchanges, edge.To ?? edge.From, edge.Rule, edge.File, 0),
            ref order
        );
        foreach (var item in root.Items("outOfOrder"))
        {
            item.Object("in", "command", "codes", "rule", "demands?");
            var demands = item.Find("demands")?.In(_rules, "rule");
            var (state, command, codes, rule) = (
                item["in"].In(_states, "state"),
                item["command"].In(_commands, "command"),
                item["codes"].Codes(),
                item["rule"].In(_rules, "rule")
            );
            if (codes.Length == 0)
            {
                throw item["codes"].Wrong("at least one code is needed");
            }

            order += machine => machine.Configure(state).OutOfOrder(codes, rule, [command], demands, item.Path, 0);
        }

        return new Profile(root["name"].Name(), root["title"].Text(), new ProfilePart(describe, order));
    }

    private Action<Vocabulary> Command(JsonPlace item)
    {
        item.Object(
            "name",
            "kind",
            "document",
            "section",
            "required?",
            "extension?",
            "argument?",
            "variant?",
            "block?",
            "onAccept?",
            "onRefuse?",
            "success?",
            "intermediate?",
            "failure?",
            "error?"
        );
        var command = new Command(
            item["name"].Name(),
            item["kind"].Word<InputKind>(),
            [.. item.Items("onAccept").Select(Effect)],
            [.. item.Items("onRefuse").Select(Effect)]
        )
        {
            Variant = item.Find("variant")?.Object("keyword", "argument", "mark?") is not { } variant
                ? null
                : new CommandVariant(variant["keyword"].Name(), ExtensionReader.Pattern(variant["argument"]))
                {
                    Mark = variant.Find("mark")?.Text() ?? "",
                },
            Block = item.Find("block") is { } block ? new CountedBlock(ExtensionReader.Pattern(block)) : null,
        };
        Add(_commands, item["name"], command);
        var argument = Argument.None;
        if (item.Find("argument") is { } given)
        {
            given.Object("name", "syntax", "required", "value?");
            argument = new Argument(given["name"].Name(), given["syntax"].Text(), given["required"].Truth())
            {
                Value = ExtensionReader.Value(given.Find("value")),
            };
        }

        var (clause, required) = (ClauseOf(item), item.Find("required")?.Truth() ?? false);
        var (success, intermediate) = (Codes(item, "success"), Codes(item, "intermediate"));
        var (failure, error) = (Codes(item, "failure"), Codes(item, "error"));
        var extension = item.Find("extension")?.Name();
        return vocabulary => vocabulary.Command(command, clause, argument, success, intermediate, failure, error, required, extension);
    }

    private Action<Vocabulary> Lists()
    {
        var (general, optional, placed) = (
            Codes(root, "anyCommandMayDraw"),
            Codes(root, "optionalCommandsMayDraw"),
            Codes(root, "placedByTheOrder")
        );
        List<Command> listed = [.. root.Items("listed").Select(item => item.In(_commands, "command"))];
        var conditions = Codes(root, "conditions");
        var grammar = root.Find("grammar")?.Text() ?? "";
        var faults = Faults(root.Find("faults")?.Object("unrecognized", "notAcceptable", "notImplemented", "closing"));
        var conduct = Conduct(root.Find("conduct")?.Object("oneReply", "form", "closing", "minimum"));
        var (moves, demands, malformed) = (
            CommandsOfRules("refusalMoves"),
            CommandsOfRules("acceptanceDemands"),
            CommandsOfRules("malformedDemands")
        );
        var keeping = CommandsOfRules("keepsBuffers");
        List<Command> attempts = [.. root.Items("failuresCount").Select(item => item.In(_commands, "command"))];
        List<Doubt> doubts = [.. root.Items("doubts").Select(item => item.Object("question", "clauses", "reading", "reason"))
            .Select(item => new Doubt(item["question"].Text(), item["clauses"].Text(), item["reading"].Text(), item["reason"].Text()))];
        return vocabulary =>
        {
            vocabulary.AnyCommandMayDraw(general);
            vocabulary.OptionalCommandsMayDraw(optional);
            vocabulary.PlacedByTheOrder(placed);
            vocabulary.ArgumentsFollow(grammar);
            if (listed.Count > 0)
            {
                vocabulary.List(listed);
            }

            vocabulary.FaultsDraw(faults);
            vocabulary.Doubt(doubts);
            vocabulary.ConditionsDraw(conditions);
            demands.ForEach(demand => vocabulary.AcceptanceDemands(demand.Rule, demand.Command));
            malformed.ForEach(demand => vocabulary.MalformedDemands(demand.Rule, demand.Command));
            keeping.ForEach(keeps => vocabulary.KeepsBuffers(keeps.Rule, keeps.Command));
            vocabulary.FailuresCount(attempts);
            moves.ForEach(move => vocabulary.RefusalMoves(move.Rule, move.Command));
            if (conduct is not null)
            {
                vocabulary.Conducts(conduct);
            }
        };
    }

    private List<(Command Command, Rule Rule)> CommandsOfRules(string list) =>
        [
            .. root.Items(list)
                .Select(item => item.Object("command", "rule"))
                .Select(item => (item["command"].In(_commands, "command"), item["rule"].In(_rules, "rule"))),
        ];

    private static FaultReplies Faults(JsonPlace? item) =>
        item is null
            ? new FaultReplies(0, 0, 0, 0)
            : new FaultReplies(
                item["unrecognized"].Number(0, 599),
                item["notAcceptable"].Number(0, 599),
                item["notImplemented"].Number(0, 599),
                item["closing"].Number(0, 599)
            );

    private ConductRules? Conduct(JsonPlace? item) =>
        item is null
            ? null
            : new ConductRules(
                item["oneReply"].In(_rules, "rule"),
                item["form"].In(_rules, "rule"),
                item["closing"].In(_rules, "rule"),
                item["minimum"].In(_rules, "rule")
            );

    private Action<ProtocolMachine> Configure(JsonPlace item)
    {
        var state = item["name"].In(_states, "state");
        if (item.Find("in") is not { } inside)
        {
            return machine => machine.Configure(state);
        }

        var parent = inside.In(_states, "state");
        var parents = root.Items("states").ToDictionary(other => other["name"].Text(), other => other.Find("in")?.Text());
        HashSet<string> above = [];
        for (var at = state.Name; at is not null; at = parents.GetValueOrDefault(at))
        {
            if (!above.Add(at))
            {
                throw inside.Wrong($"the state '{state}' lies in itself");
            }
        }

        return machine => machine.Configure(state).SubstateOf(parent);
    }

    private Action<ProtocolMachine> Bounds()
    {
        var (start, final) = (root["start"].In(_states, "state"), root["final"].In(_states, "state"));
        var ending = root.Find("ending")?.In(_commands, "command");
        return machine => machine.Vocabulary.Bounds(start, final, ending!);
    }

    private void Edges(string list, Action<ProtocolMachine, ReadEdge> say, ref Action<ProtocolMachine> order)
    {
        foreach (var item in root.Items(list))
        {
            item.Object(
                list == "tolerated"
                    ? ["from", "command", "codes", "to?", "rule", "discouraged?", "oneOfSeveral?"]
                    : ["from", "command", "codes", "to?", "rule"]
            );
            var command = item["command"].In(_commands, "command");
            var edge = new ReadEdge(
                item["from"].In(_states, "state"),
                [.. item["codes"].Codes().Select(code => command / code)],
                item.Find("to")?.In(_states, "state"),
                item["rule"].In(_rules, "rule"),
                item.Find("discouraged")?.Truth() ?? false,
                item.Find("oneOfSeveral")?.Truth() ?? false,
                item.Path
            );
            order += machine => say(machine, edge);
        }
    }

    private Effect Effect(JsonPlace item)
    {
        item.Object("do", "buffer");
        return new Effect(Buffer(item["buffer"]), item["do"].Word<EffectKind>());
    }

    private DataBuffer Buffer(JsonPlace item) =>
        _buffers.TryGetValue(item.Name(), out var known) ? known : _buffers[item.Name()] = new DataBuffer(item.Name());

    private static int[] Codes(JsonPlace item, string name) => item.Find(name)?.Codes() ?? [];

    private Rule Rule(JsonPlace item)
    {
        item.Object("id", "document", "section", "level", "asks", "size?");
        var rule = new Rule(item["id"].Name(), ClauseOf(item), item["level"].Word<Level>(), item["asks"].Text())
        {
            Size = item.Find("size")?.Number(1, int.MaxValue),
        };
        Add(_rules, item["id"], rule);
        return rule;
    }

    private static Clause ClauseOf(JsonPlace item) => new(item["document"].Text(), item["section"].Text());

    private static void Add<T>(Dictionary<string, T> known, JsonPlace name, T what)
    {
        if (!known.TryAdd(name.Text(), what))
        {
            throw name.Wrong($"'{name.Text()}' is here twice");
        }
    }

    private sealed record ReadEdge(
        State From,
        IReadOnlyList<Exchange> Exchanges,
        State? To,
        Rule Rule,
        bool IsDiscouraged,
        bool IsOneOfSeveral,
        string File
    );
}
