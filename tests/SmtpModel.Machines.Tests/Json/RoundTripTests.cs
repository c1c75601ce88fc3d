using SmtpModel.Spec;

namespace SmtpModel.Machines.Tests.Json;

/// <summary>A machine written as JSON and read again is the same machine.</summary>
public class RoundTripTests
{
    private static readonly Rule Given = new("X1", new Clause("RFC 9999", "1"), Level.May, "It is \"so\" & <so>.");

    private static readonly Command JUMP = new("JUMP", InputKind.Line, [new Effect(Rfc821.ForwardPath, EffectKind.Clear)], []);

    public static TheoryData<string> Names { get; } = [.. All.Select(profile => profile.Name)];

    // every profile, and every profile with a command, a state and a tolerated exchange more; and machines that are no SMTP
    private static IEnumerable<Profile> All => [.. Profiles.Named, .. Profiles.All.Select(Edited), Lamp.Sound, Match.Profile];

    [Theory, MemberData(nameof(Names))]
    public void The_table_that_comes_out_is_the_one_that_went_in(string name)
    {
        var profile = All.Single(one => one.Name == name);

        var again = Assert.IsType<MachineRead>(MachineJson.Read(MachineJson.Write(profile))).Profile;

        Tables.Same(profile.Table, again.Table);
        Assert.Equal(MachineJson.Write(profile), MachineJson.Write(again));
        Assert.Equal(SoundnessCheck.Run(profile).Select(fault => fault.Message), SoundnessCheck.Run(again).Select(fault => fault.Message));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_line_that_is_taken_out_is_gone_from_the_table(string name)
    {
        var profile = All.Single(one => one.Name == name);
        var lines = MachineJson.Write(profile).Split('\n').ToList();
        var first = lines.FindIndex(line => line.StartsWith("  \"edges\"", StringComparison.Ordinal)) + 1;
        var count = lines.FindIndex(first, line => line == "  ],") - first;

        // not the last one, in front of which the comma would stay
        for (var at = first; at < first + count - 1; at++)
        {
            var fewer = Assert.IsType<MachineRead>(MachineJson.Read(string.Join('\n', lines.Where((_, index) => index != at)))).Profile;

            Assert.True(
                fewer.Table.DeclaredEdges.Count < profile.Table.DeclaredEdges.Count || profile.Table.ToleratedStates.Count > 0,
                lines[at]
            );
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Tables.Same(profile.Table, fewer.Table));
        }
    }

    [Fact]
    public void The_order_of_the_standard_is_written_where_it_is_not_that_in_which_commands_were_named()
    {
        Assert.Contains(
            "\"listed\": [\"connection\",\"EHLO\",\"HELO\",\"MAIL\",",
            MachineJson.Write(Profiles.Rfc5321),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\"listed\"", MachineJson.Write(Profiles.Rfc821), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_machine_it_was_written_on_is_in_it() =>
        Assert.All(All, profile => Assert.DoesNotContain(".cs", MachineJson.Write(profile), StringComparison.Ordinal));

    private static Profile Edited(Profile profile) =>
        profile.With(
            profile.Name + "-edited",
            "edited: " + profile.Title,
            new ProfilePart(
                v =>
                {
                    v.Command(
                        JUMP,
                        Given.Clause,
                        new Argument("height", "<height>", true),
                        success: [299],
                        intermediate: [399],
                        failure: [450],
                        error: [550],
                        required: true
                    );
                    v.Command(Rfc821.NOOP, Given.Clause, success: [250]);
                    v.State(Given, Rfc821.O4 with { Level = Level.Should });
                    v.Doubt(new Doubt("Is it?", "RFC 9999 1", "Yes.", "Since."));
                },
                m =>
                {
                    var (aloft, elsewhere) = (new State("Aloft", "high up", Rfc821.ReversePath), new State("Elsewhere", "not here"));
                    m.Configure(Rfc821.MailGiven).Permit([JUMP / 299, JUMP / 399], aloft, Given).Permit([JUMP / 550], null, Given);
                    m.Configure(aloft)
                        .SubstateOf(Rfc821.Transaction)
                        .Permit([JUMP / 299], Rfc821.MailGiven, Given)
                        .OutOfOrder([503, 504], Given, [Rfc821.MAIL]);
                    m.Configure(Rfc821.Ready).Tolerate([JUMP / 299], elsewhere, Given);
                    m.Configure(elsewhere).Permit([JUMP / 299], Rfc821.Ready, Given);
                    // a part may list a command that the machine it is put into lacks
                    m.Vocabulary.RefusalMoves(Given, JUMP, new Command("SIT", InputKind.Line, [], []));
                }
            )
        );
}
