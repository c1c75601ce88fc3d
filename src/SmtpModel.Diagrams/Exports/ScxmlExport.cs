using System.Globalization;
using System.Text;
using System.Xml;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// A machine as SCXML, the state chart notation of the W3C, superstates and all. An exchange is one event,
/// <c>MAIL.250</c>, with the command's argument as its data; the buffers are arrays of the data model.
/// </summary>
public static class ScxmlExport
{
    private const string Namespace = "http://www.w3.org/2005/07/scxml";

    /// <summary>The text of the document.</summary>
    /// <param name="table">The machine.</param>
    public static string Write(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var tree = new StateTree(table);
        var buffers = StateSpace.Explore(table).Buffers;
        var names = new Symbols([], [], buffers, "In", "_event", "_name", "_sessionid");
        var ids = Ids(table, tree);
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("scxml", Namespace);
            xml.WriteAttributeString("version", "1.0");
            xml.WriteAttributeString("name", Symbols.Plain(table.Profile.Name));
            xml.WriteAttributeString("initial", ids[table.Start]);
            xml.WriteAttributeString("datamodel", "ecmascript");
            xml.WriteComment($" {Comment(table.Profile.Title)} ({Comment(table.Profile.Name)}), from the specification. Do not edit. ");
            xml.WriteStartElement("datamodel", Namespace);
            foreach (var buffer in buffers)
            {
                xml.WriteStartElement("data", Namespace);
                xml.WriteAttributeString("id", names[buffer]);
                xml.WriteAttributeString("expr", "[]");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            tree.Roots.ForEach(root => State(xml, root));
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();

        void State(XmlWriter xml, State state)
        {
            xml.WriteStartElement(state == table.Final ? "final" : "state", Namespace);
            xml.WriteAttributeString("id", ids[state]);
            if (tree.IsSuperstate(state))
            {
                xml.WriteAttributeString("initial", ids[tree.Leaves(state).First()]);
            }

            foreach (var group in Leaving(state).GroupBy(edge => (edge.Exchange.Command, edge.To, edge.Rule, edge.Exchange.IsAccepted)))
            {
                Transition(
                    xml,
                    group.Select(edge => Event(edge.Exchange)),
                    group.Key.To is { } to ? ids[to] : null,
                    group.Key.Rule,
                    group.First().Exchange.Effects
                );
            }

            if (!tree.IsSuperstate(state))
            {
                foreach (var refusal in table.Commands.Select(use => table.OutOfOrder(state, use.Command)).OfType<Refusal>())
                {
                    Transition(xml, refusal.Codes.Select(code => Event(refusal.Command / code)), null, refusal.Rule, []);
                }
            }

            tree.Children(state).ToList().ForEach(child => State(xml, child));
            xml.WriteEndElement();
        }

        // what a session knows multiplies the states and not the superstates around them, so that each state has its edges itself then
        IEnumerable<DeclaredEdge> Leaving(State state) => state == table.Final ? []
            : table.Regions.Count == 0 ? table.DeclaredEdges.Where(edge => edge.From == state)
            : tree.IsSuperstate(state) ? []
            : table
                .From(state)
                .Select(edge => new DeclaredEdge(state, edge.Exchange, edge.To == state ? null : edge.To, edge.Rule!, edge.Place));

        void Transition(XmlWriter xml, IEnumerable<string> events, string? target, Rule? rule, IReadOnlyList<Effect> effects)
        {
            xml.WriteComment($" {Comment(rule?.ToString() ?? "no rule")} ");
            xml.WriteStartElement("transition", Namespace);
            xml.WriteAttributeString("event", string.Join(' ', events));
            if (target is not null)
            {
                xml.WriteAttributeString("target", target);
            }

            foreach (var effect in effects)
            {
                xml.WriteStartElement("assign", Namespace);
                xml.WriteAttributeString("location", names[effect.Buffer]);
                xml.WriteAttributeString("expr", effect.Kind switch
                {
                    EffectKind.Clear => "[]",
                    EffectKind.Set => "[_event.data]",
                    _ => $"{names[effect.Buffer]}.concat([_event.data])",
                });
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }

    /// <summary>The event of an exchange, as <c>end_of_data.250</c>.</summary>
    internal static string Event(Exchange exchange) =>
        string.Create(CultureInfo.InvariantCulture, $"{Symbols.Plain(exchange.Command.Name)}.{exchange.Code}");

    // -- would end a comment, and is not allowed in one
    private static string Comment(string text) => text.Replace("--", "- -", StringComparison.Ordinal);

    private static Dictionary<State, string> Ids(TransitionTable table, StateTree tree)
    {
        Dictionary<State, string> ids = [];
        foreach (var state in table.States.SelectMany(state => table.Around(state).Prepend(state)).Distinct())
        {
            var id = Symbols.Plain(state.Name);
            ids[state] = ids.ContainsValue(id) ? $"{id}_{ids.Count}" : id;
        }

        return ids;
    }
}
