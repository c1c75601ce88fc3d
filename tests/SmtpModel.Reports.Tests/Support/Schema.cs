using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using NJsonSchema;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>Holds reports against the schemas of their formats.</summary>
internal static class Schema
{
    /// <summary>What is wrong with some JSON by a schema; empty when it is valid.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string json, string schema) =>
        [
            .. (await JsonSchema.FromFileAsync(Place(schema), TestContext.Current.CancellationToken))
                .Validate(json)
                .Select(fault => fault.ToString()),
        ];

    /// <summary>What is wrong with a JUnit report; empty when it is valid.</summary>
    public static IReadOnlyList<string> JUnitFaults(string xml)
    {
        var faults = new List<string>();
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Place("junit.xsd"));
        using var reader = XmlReader.Create(new StringReader(xml));
        XDocument.Load(reader).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }

    private static string Place(string schema) => Path.Combine(AppContext.BaseDirectory, "Schemas", schema);
}
