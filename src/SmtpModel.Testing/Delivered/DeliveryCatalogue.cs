using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The cases about what is delivered. They are played where it can be seen: with <see cref="TestOptions.Delivered"/>.</summary>
public static class DeliveryCatalogue
{
    private static readonly DeliveryFaultKind[] Content = [DeliveryFaultKind.Data];

    /// <summary>The cases of a profile; none where what it asks of deliveries is not known.</summary>
    /// <param name="profile">The profile.</param>
    public static IReadOnlyList<TestCase> Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. Cases(profile.Table).Select(one => one.Case)];
    }

    /// <summary>
    /// The session that a case plays, with a server that offers all it needs, without the marks that its messages get; null where it is
    /// about
    /// all messages of a run, or is no case of the profile.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="one">The case.</param>
    /// <param name="palette">What the server is known to take.</param>
    public static TestSession? SessionOf(Profile profile, TestCase one, PaletteOptions palette)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var offer = Protocol.ServiceOffer.Read(new Protocol.Reply(250, ["mx.example.test", Rfc6152.Part.Extension!.Keyword]));
        var scene = Cases(profile.Table)
            .FirstOrDefault(other => other.Case == one)
            ?.Play?.Invoke(new SceneWriter(profile.Table, new Palette(profile.Table, palette with { Offer = offer })));
        return scene is null ? null : new TestSession([.. scene.Moves.Select(move => new Step(move))]);
    }

    internal static IReadOnlyList<DeliveryCase> Cases(TransitionTable table) =>
        Profiles.BaseOf(table.Profile) == Profiles.Rfc821 ? [] : [.. OfAll(), .. OfData(), .. OfEnds(), .. OfPaths(table)];

    // what is held against every message that was sent in the run
    private static IEnumerable<DeliveryCase> OfAll() =>
        [
            All(
                DeliveryRules.Kept,
                "what-was-taken-is-delivered",
                "Every message of the test whose end of data drew 250 is delivered.",
                DeliveryFaultKind.Lost
            ),
            All(DeliveryRules.Once, "what-was-taken-is-delivered-once", "None is delivered twice.", DeliveryFaultKind.Twice),
            All(
                DeliveryRules.Refused,
                "what-was-refused-is-not-delivered",
                "None is delivered whose end of data was refused.",
                DeliveryFaultKind.Refused
            ),
            All(
                DeliveryRules.Content,
                "what-was-taken-is-delivered-as-it-was-sent",
                "All are delivered octet by octet as they were sent.",
                DeliveryFaultKind.Data
            ),
            All(
                DeliveryRules.ReversePath,
                "reverse-path-is-delivered",
                "All are delivered with the reverse-path that MAIL gave.",
                DeliveryFaultKind.ReversePath
            ),
            All(
                DeliveryRules.ForwardPaths,
                "forward-paths-are-delivered",
                "All are delivered to those whom RCPT named, and to nobody else.",
                DeliveryFaultKind.ForwardPaths
            ),
        ];

    private static IEnumerable<DeliveryCase> OfData()
    {
        yield return Data(
            DeliveryRules.Dots,
            "lines-of-dots",
            "Lines that begin with dots are delivered as they were before dots were doubled.",
            ".\r\n..\r\n...\r\n.a\r\n. \r\na.\r\n\r\n.\r\n.end\r\n"
        );
        yield return Data(
            DeliveryRules.Dots,
            "dots-in-a-long-message",
            "In a long message too, wherever a dot falls in the blocks that it is read in.",
            string.Concat(Enumerable.Range(0, 700).Select(line => $".{new string((char)('a' + (line % 26)), line % 67)}\r\n"))
        );
        yield return Scene(
            DeliveryRules.Dots,
            "dots-at-the-edges-of-packets",
            "Also where a packet ends behind a CR, an LF or a dot.",
            Content,
            scene => new Scene(scene.Message(scene.Data(scene.Text(".\r\n..\r\n.a\r\n\r\n.\r\nend\r\n")))) { Manner = DataManner.InPieces }
        );
        yield return Data(
            DeliveryRules.LongLine,
            "lines-of-998-octets",
            "Lines of 998 octets are delivered whole, also one that begins with a dot.",
            $"{new string('x', 998)}\r\n.{new string('y', 997)}\r\nend\r\n"
        );
        yield return Scene(
            DeliveryRules.EightBit,
            "octets-over-127",
            "A message with octets over 127 is delivered with them.",
            Content,
            scene =>
            {
                var moves = scene.Message(
                    scene.Data(
                        scene.Text(
                            $"{string.Concat(Enumerable.Range(0xa0, 0x60).Select(octet => (char)octet))}\r\n",
                            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n"
                        )
                    )
                );
                var mail = moves.FindIndex(move => move.Command == Rfc821.MAIL);
                moves[mail] = new Move(moves[mail].Command, MoveKind.Valid, $"{moves[mail].Text} {Rfc6152.BODY.Keyword}=8BITMIME");
                return scene.Offer.Lists(Rfc6152.Part.Extension!.Keyword) ? new Scene(moves) : null;
            }
        );
        yield return Scene(
            DeliveryRules.Content,
            "message-without-text",
            "A message without any octet is delivered so, and not lost.",
            [DeliveryFaultKind.Data, DeliveryFaultKind.Lost],
            scene => new Scene(scene.Message(scene.Data(""), SceneWriter.Beside(scene.Options.From, Marking.Place)))
        );
        yield return Scene(
            DeliveryRules.Content,
            "header-without-a-body",
            "A header with nothing behind it is delivered so.",
            Content,
            scene => new Scene(scene.Message(scene.Data(scene.Text("")[..^2])))
        );
        yield return Data(
            DeliveryRules.Content,
            "empty-lines-at-the-end",
            "Empty lines at the end of a message are delivered.",
            "text\r\n\r\n\r\n"
        );
        yield return Data(
            DeliveryRules.Content,
            "blanks-at-the-ends-of-lines",
            "Spaces and tabs at the ends of lines, and lines of nothing else, are delivered.",
            "text \r\n\t\r\n  \r\n-- \r\nend\t \r\n"
        );
        yield return Data(
            DeliveryRules.Content,
            "lines-like-commands",
            "Lines that read like commands, or like the beginning of an mbox's message, are delivered.",
            "RSET\r\nQUIT\r\nFrom the beginning\r\n\r\nDATA\r\n>From the end\r\n"
        );
        yield return Scene(
            DeliveryRules.Trace,
            "Received-lines-are-kept",
            "Received lines that are there are delivered as they are.",
            Content,
            scene => new Scene(
                scene.Message(
                    scene.Data(
                        "Received: from a.example.test by b.example.test; Mon, 01 Jan 2024 00:00:02 +0000\r\nReceived: from "
                            + "c.example.test\r\n\tby a.example.test;\r\n\tMon, 01 Jan 2024 00:00:01 +0000\r\n"
                            + scene.Text("text\r\n")
                    )
                )
            )
        );
    }

    private static IEnumerable<DeliveryCase> OfEnds()
    {
        DeliveryFaultKind[] about = [DeliveryFaultKind.Unfinished, DeliveryFaultKind.Lost];
        yield return Scene(
            DeliveryRules.Unfinished,
            "data-without-its-end",
            "Mail data that ends with the channel is not delivered, and what was completed before is.",
            about,
            scene => new Scene(Twice(scene)) { Manner = DataManner.WithoutEnd }
        );
        yield return Scene(
            DeliveryRules.Unfinished,
            "data-that-ends-with-a-dot",
            "Nor is mail data that ends with a dot without its CRLF.",
            about,
            scene => new Scene(Twice(scene)) { Manner = DataManner.WithoutLastLineEnd }
        );
    }

    private static List<Move> Twice(SceneWriter scene)
    {
        var data = scene.Data(scene.Text("text\r\n"));
        var first = scene.Message(data);
        return [.. first, .. first.SkipWhile(move => move.Command != Rfc821.MAIL).SkipLast(1), scene.Data(scene.Text("unfinished\r\n"))];
    }

    private static IEnumerable<DeliveryCase> OfPaths(TransitionTable table)
    {
        DeliveryFaultKind[] paths = [DeliveryFaultKind.ReversePath, DeliveryFaultKind.ForwardPaths, DeliveryFaultKind.Twice];
        foreach (var (state, edge) in SceneWriter.Clearings(table))
        {
            var rule = DeliveryRules.ReversePath;
            yield return Scene(
                rule,
                $"nothing-is-left-behind-{edge.Exchange.Command.Name.Replace(' ', '-')}-in-{state}",
                $"Behind {edge.Exchange.Command} in {state} a message has the sender and the recipients of its own transaction only.",
                paths,
                scene => new Scene([
                    .. scene.To(state),
                    scene.Plain(edge.Exchange.Command),
                    .. scene.From(edge.To, SceneWriter.Beside(scene.Options.From, "other.sender")),
                    scene.Data(scene.Text("text\r\n")),
                ])
            );
        }

        yield return Scene(
            DeliveryRules.ReversePath,
            "refused-MAIL-changes-no-sender",
            "A MAIL that is refused in a transaction leaves its sender as it was.",
            paths,
            scene =>
            {
                var moves = scene.PlainMessage();
                var mail = moves.FindIndex(move => move.Command == Rfc821.MAIL);
                moves.Insert(mail + 1, scene.Sender(SceneWriter.Beside(scene.Options.From, "other.sender")));
                return new Scene(moves) { Refused = [mail + 1] };
            }
        );
        yield return Scene(
            DeliveryRules.ReversePath,
            "null-reverse-path",
            "A message with the null reverse-path is delivered with it.",
            paths,
            scene => new Scene(scene.PlainMessage(""))
        );
        yield return Scene(
            DeliveryRules.ForwardPaths,
            "refused-recipient-gets-nothing",
            "Of several recipients one that was refused gets nothing, and the others do.",
            [DeliveryFaultKind.ForwardPaths, DeliveryFaultKind.Lost],
            scene =>
            {
                var moves = scene.Message(
                    scene.Data(scene.Text("text\r\n")),
                    null,
                    [scene.Options.BadRecipient, scene.Options.Recipient, scene.Options.BadRecipient]
                );
                var first = moves.FindIndex(move => move.Command == Rfc821.RCPT);
                return new Scene(moves) { Refused = [first, first + 2] };
            }
        );
        yield return Several(
            DeliveryRules.ForwardPaths,
            "each-of-several-recipients",
            "Each of several recipients gets the message.",
            [DeliveryFaultKind.ForwardPaths, DeliveryFaultKind.Lost, DeliveryFaultKind.Twice],
            2,
            options => [options.Recipient, .. "abc".Select(letter => SceneWriter.With(options.Recipient, local => $"{local}+{letter}"))]
        );
        yield return Several(
            DeliveryRules.ForwardPaths,
            "recipient-given-twice",
            "A recipient who is given twice gets the message.",
            [DeliveryFaultKind.ForwardPaths, DeliveryFaultKind.Lost, DeliveryFaultKind.Twice],
            2,
            options => [options.Recipient, options.Recipient]
        );
        yield return Several(
            DeliveryRules.LocalPart,
            "case-of-a-recipient",
            "The local-part of a recipient is delivered in its case.",
            [DeliveryFaultKind.RecipientCase],
            1,
            options => [SceneWriter.With(options.Recipient, Palette.Mixed)]
        );
        yield return Scene(
            DeliveryRules.LocalPart,
            "case-of-a-sender",
            "The local-part of the sender is delivered in its case.",
            [DeliveryFaultKind.SenderCase],
            scene => new Scene(scene.PlainMessage(SceneWriter.With(scene.Options.From, Palette.Mixed)))
        );
    }

    private static DeliveryCase Several(
        Rule rule,
        string name,
        string requirement,
        IReadOnlyList<DeliveryFaultKind> about,
        int least,
        Func<PaletteOptions, IReadOnlyList<string>> recipients
    ) => Scene(rule, name, requirement, about, scene =>
        {
            var moves = scene.PlainMessage(null, recipients(scene.Options));
            return new Scene(moves)
            {
                Free = [.. Enumerable.Range(0, moves.Count).Where(at => moves[at].Command == Rfc821.RCPT)],
                Recipients = least,
            };
        });

    private static DeliveryCase Data(Rule rule, string name, string requirement, string body) =>
        Scene(rule, name, requirement, Content, scene => new Scene(scene.Message(scene.Data(scene.Text(body)))));

    private static DeliveryCase All(Rule rule, string name, string requirement, DeliveryFaultKind about) =>
        new(Case(rule, name, requirement), [about], null);

    private static DeliveryCase Scene(
        Rule rule,
        string name,
        string requirement,
        IReadOnlyList<DeliveryFaultKind> about,
        Func<SceneWriter, Scene?> play
    ) => new(Case(rule, name, requirement), about, play);

    private static TestCase Case(Rule rule, string name, string requirement) =>
        new(CaseName.Of(rule.Clause, name), CaseKind.Delivered, rule, requirement, Depth.Data);
}
