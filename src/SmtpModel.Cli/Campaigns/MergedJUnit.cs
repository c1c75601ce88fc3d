using System.Globalization;
using System.Text;
using System.Xml;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// A merged campaign as JUnit XML, in the dialect that Jenkins reads: a test case for each share, an error where it is not complete, and a
/// failure for each finding and each mutant that survived.
/// </summary>
internal static class MergedJUnit
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static string Write(Merged merged)
    {
        var failures = Failures(merged).ToList();
        using var octets = new MemoryStream();
        using (var xml = XmlWriter.Create(octets, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = Utf8 }))
        {
            xml.WriteStartElement("testsuites");
            Head(xml, "smtpmodel merge", failures.Count + merged.Shards.Count, failures.Count, merged.Open.Count(),
                merged.Shards.Sum(shard => shard.Seconds));
            xml.WriteStartElement("testsuite");
            Head(xml, "findings", failures.Count, failures.Count, 0, 0);
            foreach (var (name, message, text) in failures)
            {
                Case(xml, $"{merged.Begin.Command}.findings", name, 0, ("failure", message, text));
            }

            xml.WriteEndElement();
            xml.WriteStartElement("testsuite");
            Head(xml, "shares", merged.Shards.Count, 0, merged.Open.Count(), merged.Shards.Sum(shard => shard.Seconds));
            foreach (var shard in merged.Shards)
            {
                Case(xml, $"{merged.Begin.Command}.shares", $"share {shard.Number} of {merged.Shards.Count}", shard.Seconds,
                    shard.Again is { } again ? ("error", $"it is {shard.State}", $"run it with: {again}") : null);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return Utf8.GetString(octets.ToArray()) + "\n";
    }

    private static IEnumerable<(string Name, string Message, string Text)> Failures(Merged merged)
    {
        foreach (var (finding, plays) in merged.Findings)
        {
            yield return Failure(finding.Violation,
                $"{finding.Transcript}\n{(finding.Repeats is { } repeats ? $"{repeats}\n" : "")}", merged.Replay(plays));
        }

        foreach (var round in merged.Rounds)
        {
            yield return Failure(round.Finding.Violation, $"{round.Seen}\n{round.Finding.Transcript}\n", merged.Replay(round.Plays));
        }

        foreach (var one in merged.Learning?.Server.Violations ?? [])
        {
            yield return ($"{one.State.Name}, {one.Input}, {one.Outputs[^1]}", $"expected {one.Expected}, came {one.Outputs[^1]}",
                $"{one.Rule?.Id}, {one.Rule?.Clause}: {one.Rule?.Asks}\n\n{Output.LearnPrinter.Session(one)}\n");
        }

        foreach (var hunted in merged.Score?.Survivors ?? [])
        {
            yield return ($"survivor {hunted.Mutant.Id}", hunted.Mutant.Does, $"{hunted.Mutant.Rule}");
        }

        foreach (var hunted in merged.Score?.Accused ?? [])
        {
            yield return ($"accused wrongly {hunted.Mutant.Id}", hunted.Mutant.Does, "it breaks no rule");
        }
    }

    private static (string Name, string Message, string Text) Failure(Testing.Violation violation, string shown, string replay) =>
        ($"{violation.State}, {violation.Command} ({violation.Key})", $"expected {violation.Expected}, came {violation.Came}",
            $"{violation.Rule?.Id}, {violation.Rule?.Clause}: {violation.Rule?.Asks}\n\n{shown}replay with: {replay}\n");

    private static void Head(XmlWriter xml, string name, int tests, int failures, int errors, double seconds)
    {
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", Number(tests));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("errors", Number(errors));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    private static void Case(XmlWriter xml, string group, string name, double seconds, (string Kind, string Message, string Text)? wrong)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", group);
        xml.WriteAttributeString("name", Printable.Text(name, 500));
        xml.WriteAttributeString("time", Seconds(seconds));
        if (wrong is var (kind, message, text))
        {
            xml.WriteStartElement(kind);
            xml.WriteAttributeString("message", Printable.Text(message, 1000));
            // what a server said has been made safe when it was read; a character that XML has not may come from the command line
            xml.WriteString(string.Join('\n', text.Split('\n').Select(line => Printable.Text(line, 8000))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
