using System.Globalization;
using System.Text;
using System.Xml;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>
/// Reports as JUnit XML, in the dialect that Jenkins reads: a test suite for each server and section, a test case for each
/// case. A failure is a failure; a known deviation, and what could not be decided or does not apply, is skipped, with why.
/// </summary>
public static class JUnitReport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The XML of one server or several, with <c>\n</c> line ends.</summary>
    /// <param name="servers">The reports, one for each server.</param>
    public static string Write(IReadOnlyList<ServerReport> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        servers = Safe.Servers(servers);
        using var octets = new MemoryStream();
        using (var xml = XmlWriter.Create(octets, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = Utf8 }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "smtpmodel test");
            xml.WriteAttributeString("tests", Number(servers.Sum(server => server.Cases.Count)));
            xml.WriteAttributeString("failures", Number(servers.Sum(server => server.Failures.Count())));
            xml.WriteAttributeString("errors", "0");
            xml.WriteAttributeString("time", Seconds(servers.Sum(server => server.Seconds)));
            foreach (var server in servers)
            {
                foreach (var section in server.Cases.GroupBy(one => one.Clause))
                {
                    Suite(xml, server, section.Key, [.. section]);
                }
            }

            xml.WriteEndElement();
        }

        return Utf8.GetString(octets.ToArray()) + "\n";
    }

    private static void Suite(XmlWriter xml, ServerReport server, string section, IReadOnlyList<ReportedCase> cases)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"{server.Target}: {section}");
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(one => one is { Verdict: CaseVerdict.Fail, Known: null })));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(cases.Count(one => Skipped(one) is not null)));
        xml.WriteAttributeString("timestamp", server.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        Property(xml, "address", server.Address ?? server.Target);
        Property(xml, "profile", server.Profile);
        Property(xml, "depth", server.Depth.ToString().ToLowerInvariant());
        Property(xml, "greeting", server.Greeting);
        xml.WriteEndElement();
        foreach (var one in cases)
        {
            Case(xml, server, one);
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, ServerReport server, ReportedCase one)
    {
        xml.WriteStartElement("testcase");
        // readers split a class name at its dots into packages
        xml.WriteAttributeString("classname", $"{server.Target.Replace('.', '_')}.{one.Clause.Replace('.', '_')}");
        xml.WriteAttributeString("name", $"{one.Id}: {one.Requirement}");
        if (Skipped(one) is { } why)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", why);
            xml.WriteEndElement();
        }
        else if (one.Verdict is CaseVerdict.Fail)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", $"{Wording.Of(one.Level)} {one.Clause}");
            xml.WriteAttributeString("message", Wording.Why(one));
            xml.WriteString(Wording.Details(one));
            xml.WriteEndElement();
        }

        // what a failure says stands in it, and a plain pass has nothing to say
        if (one is { Verdict: not (CaseVerdict.Pass or CaseVerdict.Fail), Evidence: not null } or { Known: not null })
        {
            xml.WriteElementString("system-out", Wording.Details(one));
        }

        xml.WriteEndElement();
    }

    private static string? Skipped(ReportedCase one) => one switch
    {
        { Verdict: CaseVerdict.Fail, Known: { } known } => Wording.Of(known),
        { Verdict: CaseVerdict.Inconclusive or CaseVerdict.NotApplicable } => $"{Wording.Of(one.Verdict)}: {one.Reason}",
        _ => null,
    };

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
