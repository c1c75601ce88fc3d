using System.Text.Json;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Reads the part of a machine's file that says what was learned. All of it is looked at, also what no reader needs.</summary>
internal sealed class LearnedReader
{
    private const int Most = int.MaxValue;
    private readonly JsonPlace _root;
    private readonly JsonPlace _part;
    private readonly HashSet<string> _states;
    private readonly HashSet<string> _inputs;

    // what is told of a server's beginning is told of the command that stands for its greeting
    private readonly HashSet<string> _told;

    private LearnedReader(JsonPlace root, JsonPlace part)
    {
        _root = root;
        _part = part.Object("server", "base", "certificate", "inputs", "states", "transitions", "differences", "violations", "notes");
        _states = Names("states", "state");
        _inputs = Names("inputs", "input");
        _told = [.. _inputs, .. root.Items("commands").Select(command => command.Find("name")?.Text() ?? "")];
    }

    /// <summary>What a text has; null where it has no such part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the part.</param>
    /// <exception cref="FormatException">It is not as it was written; the message says where and what is wrong.</exception>
    public static LearnedAutomaton? Read(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text, MachineJson.Reading);
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty(name, out var part))
            {
                return null;
            }

            return new LearnedReader(new JsonPlace(document.RootElement, "$"), new JsonPlace(part, $"$.{name}")).Read();
        }
        catch (JsonException fault)
        {
            throw new FormatException(JsonFault.Describe(text, fault));
        }
        catch (JsonPlaceException fault)
        {
            throw new FormatException($"{fault.Path}: {fault.Message}");
        }
    }

    private LearnedAutomaton Read()
    {
        var profile = Spec.Profiles.Find(_part["base"].Text())
            ?? throw _part["base"].Wrong($"there is no profile '{Printable.Text(_part["base"].Text(), 60)}'");
        var isWhole = Certificate(_part["certificate"]);
        var inputs = _part["inputs"].Items()
            .Select(input => KeyValuePair.Create(input.Object("name", "line")["name"].Name(), input["line"].Text())).ToList();
        HashSet<string> specified = [.. profile.Table.AllStates.Select(state => state.Name)];
        var states = _part["states"].Items().Select(item => State(item, specified)).ToList();
        var transitions = _part["transitions"].Items().Select(Transition).ToList();
        if (transitions.Count == 0 && isWhole)
        {
            throw _part["transitions"].Wrong("there is no transition, and the certificate says that all are known");
        }

        foreach (var (at, item) in _part["transitions"].Items().Index())
        {
            if (transitions.FindIndex(one => (one.From, one.Input) == (transitions[at].From, transitions[at].Input)) is var first
                && first != at)
            {
                throw item.Wrong($"the transition from {transitions[at].From} by {transitions[at].Input} is there before, at {first}");
            }
        }

        Leading(states, transitions);
        if (isWhole && Gap(transitions) is { } gap)
        {
            throw _part["transitions"].Wrong($"there is none from {gap}, and the certificate says that all are known");
        }

        var places = inputs.Index().ToDictionary(input => input.Item.Key, input => input.Index);
        LearnedEdges.Check(_root, [.. transitions.Zip(_part["transitions"].Items()).OrderBy(one => places[one.First.Input])], states);
        var steps = transitions.ToDictionary(one => (one.From, one.Input));
        _part["differences"].Items().Concat(_part["violations"].Items()).ToList().ForEach(item => Shown(item, states[0], steps));
        List<LearnedMark> differences = [.. _part["differences"].Items().SelectMany(Differences)];
        _ = _part["violations"].Items().Sum(item => Differences(item).Count);
        _part["notes"].Items().ToList().ForEach(note => note.Text());
        return new LearnedAutomaton(_part["server"].Text(), states, inputs, transitions)
        {
            Base = profile.Name,
            IsWhole = isWhole,
            Differences = differences,
        };
    }

    // a state that reads commands takes each of them, and one that reads something else takes little but that
    private static string? Gap(List<LearnedTransition> transitions)
    {
        var rows = transitions.ToLookup(one => one.From, one => one.Input);
        return (
            from row in rows
            from other in rows
            where row.Intersect(other).Count() * 2 > other.Count()
            from input in other.Except(row)
            select $"{row.Key} by {input}"
        ).FirstOrDefault();
    }

    private HashSet<string> Names(string list, string what)
    {
        HashSet<string> names = [];
        foreach (var item in _part[list].Items())
        {
            var name = (item.Find("name") ?? throw item.Wrong("the property 'name' is missing")).Name();
            if (!names.Add(name))
            {
                throw item["name"].Wrong($"there is a {what} '{name}' before");
            }
        }

        return names.Count > 0 ? names : throw _part[list].Wrong($"there is no {what}");
    }

    private bool Certificate(JsonPlace item)
    {
        item.Object("states", "extraStates", "middles", "sessions", "inputs", "seconds", "isWhole", "stopped");
        if (item["states"].Number(0, Most) is var states && states != _states.Count)
        {
            throw item["states"].Wrong($"it says {states}, and there are {_states.Count}");
        }

        foreach (var name in (string[])["middles", "sessions", "inputs"])
        {
            item[name].Number(0, Most);
        }

        var (extra, isWhole, stopped) = (item["extraStates"].Number(-1, Most), item["isWhole"].Truth(), item.Find("stopped")?.Text());
        item["seconds"].Amount();
        return isWhole == extra >= 0 && isWhole == stopped is null ? isWhole
            : throw item["isWhole"].Wrong("what it says does not go with extraStates, which is -1 where not all is known, and stopped, "
                + "which says why");
    }

    // what is said to lead to a state leads there by the transitions, as far as these are known
    private void Leading(List<string> states, List<LearnedTransition> transitions)
    {
        var steps = transitions.ToDictionary(one => (one.From, one.Input), one => one.To);
        foreach (var item in _part["states"].Items())
        {
            var at = item["access"].Items()
                .Aggregate((string?)states[0], (from, input) => from is null ? null : steps.GetValueOrDefault((from, input.Text())));
            if (at is not null && at != item["name"].Text())
            {
                throw item["access"].Wrong($"the transitions lead by it to {at}, not to {item["name"].Text()}");
            }
        }
    }

    private string State(JsonPlace item, HashSet<string> specified)
    {
        Known(item.Object("name", "like", "isExtra", "access")["like"], specified, "state of the specification");
        item["isExtra"].Truth();
        item["access"].Items().ToList().ForEach(input => Known(input, _inputs, "input"));
        return item["name"].Name();
    }

    private LearnedTransition Transition(JsonPlace item)
    {
        item.Object("from", "input", "output", "to");
        return new LearnedTransition(Known(item["from"], _states, "state"), Known(item["input"], _inputs, "input"),
            Output(item["output"]), item.Find("to") is { } to ? Known(to, _states, "state") : null);
    }

    // a code, or a word for what came instead of one
    private static string Output(JsonPlace item) =>
        int.TryParse(item.Name(), out var code) && code is < 200 or > 599
            ? throw item.Wrong($"{code} is no reply code: those go from 200 to 599")
            : TargetSystem.IsOutput(item.Name()) ? item.Name()
            : throw item.Wrong($"no server draws '{Printable.Text(item.Name(), 60)}': that is a code, as 250, with what came behind it, as "
                + $"'221{TargetSystem.ThenClosed}' or '250 and 550', or {TargetSystem.Closed}, {TargetSystem.Silence}, "
                + $"{TargetSystem.NoReply}");

    // a session that shows a difference draws what the transitions say, as far as these are known
    private static void Shown(JsonPlace item, string first, Dictionary<(string, string), LearnedTransition> steps)
    {
        var state = first;
        foreach (var step in item.Items("session"))
        {
            if (state is null || step.Text().Split(" / ") is not [var sent, var drew]
                || !steps.TryGetValue((state, sent), out var transition))
            {
                return;
            }

            if (transition.Output != drew)
            {
                throw step.Wrong($"it draws {Printable.Text(drew, 60)}, and by the transitions {sent} draws {transition.Output} "
                    + $"from {state}");
            }

            state = transition.To;
        }
    }

    // one that is told once is the same in other states
    private List<LearnedMark> Differences(JsonPlace item)
    {
        item.Object("kind", "state", "input", "expected", "rule", "verdict", "session", "alsoIn");
        var (kind, input) = (Word<LearnedKind>(item["kind"]), Known(item["input"], _told, "input"));
        Word<Verdict>(item["verdict"]);
        item["expected"].Text();
        item.Find("rule")?.Text();
        foreach (var step in item["session"].Items())
        {
            if (step.Text().Split(" / ") is not [var sent, { Length: > 0 }] || !_told.Contains(sent))
            {
                throw step.Wrong($"'{Printable.Text(step.Text(), 60)}' is no input with what it drew, as EHLO / 250");
            }
        }

        return [.. item["alsoIn"].Items().Prepend(item["state"])
            .Select(state => new LearnedMark(Known(state, _states, "state"), input, kind))];
    }

    private static string Known(JsonPlace item, HashSet<string> names, string what) => names.Contains(item.Text()) ? item.Text()
        : throw item.Wrong($"there is no {what} '{Printable.Text(item.Text(), 60)}'");

    private static T Word<T>(JsonPlace item) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(item.Text()) ? Enum.Parse<T>(item.Text())
            : throw item.Wrong($"'{Printable.Text(item.Text(), 60)}' is none of {string.Join(", ", Enum.GetNames<T>())}");
}
