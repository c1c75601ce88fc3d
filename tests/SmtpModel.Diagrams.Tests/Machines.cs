using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>Machines that are made for these tests.</summary>
internal static class Machines
{
    private static readonly Clause Page = new("Lamp 1", "2");
    private static readonly Rule Given = new("L1", Page, Level.Must, "It is as it is.");

    /// <summary>A lamp: two states, another protocol.</summary>
    public static Profile Lamp { get; } =
        new(
            "lamp",
            "A lamp \"one\"; <two>",
            new ProfilePart(
                v =>
                {
                    v.Command(Input("switch & go"), Page, success: [200]);
                    v.Command(Input("break"), Page, success: [201], failure: [400]);
                    v.State(Given);
                },
                m =>
                {
                    var (dark, broken) = (new State("state", "no light"), new State("out of use", "never again"));
                    m.Configure(dark)
                        .Permit([Input("switch & go") / 200], dark, Given)
                        .Permit([Input("break") / 201], broken, Given)
                        .Permit([Input("break") / 400], null, Given);
                    m.Configure(broken);
                    m.Vocabulary.Bounds(dark, broken, Input("break"));
                }
            )
        );

    /// <summary>RFC 5321 and a command that leads from one state to a new one, which says itself what QUIT does.</summary>
    public static Profile Changed { get; } = Profiles.Rfc5321.With("changed", "RFC 5321, changed", new ProfilePart(
        v =>
        {
            v.Command(Input("WANDER"), Page, success: [298]);
            v.State(Given);
        },
        m =>
        {
            var afield = new State("Afield", "far away");
            m.Configure(Rfc821.Connected).Accept(Input("WANDER"), afield, Given, refused: Rfc821.R1);
            m.Configure(afield).SubstateOf(Rfc821.Session).Permit([Rfc821.QUIT / 221], Rfc821.Connected, Given);
        }));

    /// <summary>
    /// A hall with two rooms: "home" leads from everywhere in it to the first room, but stops in the second one; "out"
    /// of the hall never counts, as each room says itself what it does.
    /// </summary>
    public static Profile Hall { get; } =
        new(
            "hall",
            "A hall",
            new ProfilePart(
                v =>
                {
                    v.Command(Input("home"), Page, success: [200]);
                    v.Command(Input("out"), Page, success: [200]);
                    v.Command(Input("on"), Page, success: [200]);
                    v.State(Given);
                },
                m =>
                {
                    var (hall, first, second, third) = (
                        new State("Hall", "all"),
                        new State("First", "1"),
                        new State("Second", "2"),
                        new State("Third", "3")
                    );
                    var (outside, garden) = (new State("Outside", "over"), new State("Garden", "between"));
                    m.Configure(hall).Permit([Input("home") / 200], first, Given).Permit([Input("out") / 200], garden, Given);
                    m.Configure(first)
                        .SubstateOf(hall)
                        .Permit([Input("on") / 200], second, Given)
                        .Permit([Input("out") / 200], outside, Given);
                    m.Configure(second)
                        .SubstateOf(hall)
                        .Permit([Input("on") / 200], third, Given)
                        .Permit([Input("out") / 200], outside, Given)
                        .Permit([Input("home") / 200], null, Given);
                    m.Configure(third)
                        .SubstateOf(hall)
                        .Permit([Input("on") / 200], garden, Given)
                        .Permit([Input("out") / 200], outside, Given);
                    m.Configure(garden).Permit([Input("out") / 200], outside, Given);
                    m.Configure(outside);
                    m.Vocabulary.Bounds(first, outside, Input("out"));
                }
            )
        );

    /// <summary>Every machine the tests draw.</summary>
    public static IReadOnlyList<Profile> All { get; } = [.. Profiles.All, Lamp, Hall, Changed];

    private static Command Input(string name) => new(name, InputKind.Line, [], []);
}
