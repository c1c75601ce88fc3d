using System.Xml.Linq;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams.Tests.Exports;

/// <summary>The SCXML export is built as the W3C says, and an interpreter of it goes where the table goes.</summary>
public sealed class ScxmlTests
{
    private static readonly XNamespace W3C = "http://www.w3.org/2005/07/scxml";

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Its_elements_lie_where_the_W3C_has_them_and_its_ids_are_there_once(string name)
    {
        var root = Document(name);
        var ids = root.Descendants().Where(IsState).Select(state => state.Attribute("id")!.Value).ToList();

        Assert.Equal(W3C + "scxml", root.Name);
        Assert.Equal("1.0", root.Attribute("version")!.Value);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*$", id));
        Assert.Contains(root.Attribute("initial")!.Value, ids);
        Assert.Single(root.Descendants(W3C + "final"));
        foreach (var element in root.Descendants())
        {
            Assert.Contains(
                (element.Parent!.Name.LocalName, element.Name.LocalName),
                ((string, string)[])
                    [
                        ("scxml", "datamodel"),
                        ("datamodel", "data"),
                        ("scxml", "state"),
                        ("scxml", "final"),
                        ("state", "state"),
                        ("state", "final"),
                        ("state", "transition"),
                        ("transition", "assign"),
                    ]
            );
            Assert.Equal(W3C, element.Name.Namespace);
        }

        Assert.All(root.Descendants(W3C + "transition"), transition =>
            Assert.True(transition.Attribute("target") is not { } target || ids.Contains(target.Value))
        );
        // the initial state of a compound state lies in it
        Assert.All(root.Descendants(W3C + "state").Where(state => state.Elements().Any(IsState)), state =>
            Assert.Contains(
                state.Attribute("initial")!.Value,
                state.Descendants().Where(IsState).Select(inner => inner.Attribute("id")!.Value)
            )
        );
    }

    [Theory, MemberData(nameof(Names))]
    public void An_interpreter_goes_where_the_table_goes_in_every_state_with_every_exchange(string name)
    {
        var table = Machines.All.Single(profile => profile.Name == name).Table;
        var root = Document(name);
        var codes = table.Commands.SelectMany(use => use.Replies.All).Concat([503, 599]).Distinct().ToList();
        var states = root.Descendants()
            .Where(element => IsState(element) && !element.Elements().Any(IsState))
            .ToDictionary(element => element.Attribute("id")!.Value);
        var ids = table.States.ToDictionary(state => state, state => Symbols.Plain(state.Name));

        foreach (var state in table.States.Where(state => state != table.Final))
        {
            foreach (var exchange in table.Commands.SelectMany(use => codes.Select(code => use.Command / code)))
            {
                var taken = Taken(states[ids[state]], ScxmlExport.Event(exchange));
                var edge = table.From(state, exchange.Command).FirstOrDefault(edge => edge.Exchange == exchange);
                var refused = edge is null && table.OutOfOrder(state, exchange.Command)?.Codes.Contains(exchange.Code) == true;

                Assert.True(taken is not null == (edge is not null || refused), $"{state}: {exchange}");
                if (taken is not null)
                {
                    Assert.Equal(edge is null ? ids[state] : ids[edge.To], taken.Attribute("target")?.Value ?? ids[state]);
                    Assert.Equal(
                        edge is null ? [] : exchange.Effects.Select(Text),
                        taken
                            .Elements(W3C + "assign")
                            .Select(assign => $"{assign.Attribute("location")!.Value} = {assign.Attribute("expr")!.Value}")
                    );
                }
            }
        }
    }

    // the innermost state that has a transition for the event decides; in it the first one in document order
    private static XElement? Taken(XElement state, string name) =>
        state
            .AncestorsAndSelf(W3C + "state")
            .Select(at =>
                at.Elements(W3C + "transition")
                    .FirstOrDefault(transition => transition.Attribute("event")!.Value.Split(' ').Contains(name))
            )
            .FirstOrDefault(found => found is not null);

    private static string Text(Effect effect)
    {
        var buffer = Symbols.Plain(effect.Buffer.Name);
        return buffer
            + effect.Kind switch
            {
                EffectKind.Clear => " = []",
                EffectKind.Set => " = [_event.data]",
                _ => $" = {buffer}.concat([_event.data])",
            };
    }

    private static bool IsState(XElement element) => element.Name.LocalName is "state" or "final";

    private static XElement Document(string name) =>
        XDocument.Parse(ScxmlExport.Write(Machines.All.Single(profile => profile.Name == name).Table)).Root!;
}
