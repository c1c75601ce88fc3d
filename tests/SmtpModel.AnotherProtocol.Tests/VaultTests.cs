using AnotherProtocol;
using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.AnotherProtocol.Tests;

/// <summary>A challenge, an upgrade, and what a session knows beside where it is, in a protocol that is no SMTP: proved, drawn and written
/// down.</summary>
public class VaultTests
{
    [Fact]
    public void It_is_sound_and_its_properties_hold()
    {
        var report = Verifier.Verify(Vault.Profile, Vault.Properties);

        Assert.All(report.Invariants, invariant => Assert.Empty(invariant.Faults));
        Assert.All(report.Properties, property => Assert.Equal(PropertyVerdict.Holds, property.Verdict));
    }

    [Fact]
    public void Where_the_upgrade_does_not_forget_who_is_known_its_property_fails_and_no_other()
    {
        var report = Verifier.Verify(Vault.Mindful, Vault.Properties);

        Assert.Equal(
            [PropertyVerdict.Holds, PropertyVerdict.Violated, PropertyVerdict.Holds],
            report.Properties.Select(property => property.Verdict)
        );
    }

    // Hall with either acquaintance and either shield, and Asked for a stranger with either
    [Fact]
    public void The_table_is_what_can_be_reached_of_all_that_a_session_knows()
    {
        var table = Vault.Profile.Table;

        Assert.Equal(
            ["Asked", "AskedShielded", "Hall", "HallKnown", "HallKnownShielded", "HallShielded"],
            table
                .States.Where(state => table.Reads(state) is Reading.Commands or Reading.Responses)
                .Select(state => state.Name)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["HallKnown", "HallKnownShielded"],
            table.Edges.Where(edge => edge.Exchange == Vault.TAKE / 200).Select(edge => edge.From.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["Hall: HallShielded", "HallKnown: HallShielded"],
            table
                .Edges.Where(edge => edge.Exchange == Vault.SHIELD / 200)
                .Select(edge => $"{edge.From}: {edge.To}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_line_behind_a_challenge_is_no_command()
    {
        var table = Vault.Profile.Table;
        var asked = table.States.Single(state => state.Name == "Asked");

        Assert.Equal(Reading.Responses, table.Reads(asked));
        Assert.Equal(["word"], table.Edges.Where(edge => edge.From == asked).Select(edge => edge.Exchange.Command.Name).Distinct());
    }

    [Fact]
    public void Written_down_and_read_again_it_is_the_same_machine()
    {
        var json = MachineJson.Write(Vault.Profile);

        var again = Assert.IsType<MachineRead>(MachineJson.Read(json)).Profile;

        Assert.Equal(json, MachineJson.Write(again));
        Assert.Equal(Vault.Profile.Table.Edges.Select(edge => edge.ToString()), again.Table.Edges.Select(edge => edge.ToString()));
        Assert.Equal([2, 2], again.Table.Regions.Select(region => region.States.Count));
    }

    [Fact]
    public void A_picture_shows_it_as_it_is_written_with_the_regions_beside_the_order()
    {
        var picture = MermaidDiagram.Write(Vault.Profile.Written);

        Assert.All(["Stranger", "Known", "Bare", "Shielded", "Asked"], name => Assert.Contains(name, picture, StringComparison.Ordinal));
        Assert.DoesNotContain("HallKnownShielded", picture, StringComparison.Ordinal);
    }
}
