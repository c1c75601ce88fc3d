using AnotherProtocol;
using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.AnotherProtocol.Tests;

/// <summary>One verb that is two inputs, and counted blocks, in a protocol that is no SMTP: proved, drawn, written down, generated, and
/// spoken.</summary>
public class DepotTests
{
    [Fact]
    public void It_is_sound_and_its_property_holds_and_fails_where_the_crate_is_not_emptied()
    {
        var report = Verifier.Verify(Depot.Profile, [Depot.EmptyBehindClose]);

        Assert.All(report.Invariants, invariant => Assert.Empty(invariant.Faults));
        Assert.Equal(PropertyVerdict.Holds, Assert.Single(report.Properties).Verdict);

        // the crate stays as it is, and so does the state
        var kept = MachineJson
            .Write(Depot.Profile)
            .Replace(
                "\"command\":\"PUT CLOSE\",\"codes\":[200],\"to\":\"Inside\"",
                "\"command\":\"PUT CLOSE\",\"codes\":[200],\"to\":\"Filling\"",
                StringComparison.Ordinal
            )
            .Replace(
                "(?=\\\\z| )\",\"onAccept\":[{\"do\":\"clear\"",
                "(?=\\\\z| )\",\"onAccept\":[{\"do\":\"append\"",
                StringComparison.Ordinal
            );
        var broken = Assert.IsType<MachineRead>(MachineJson.Read(kept)).Profile;
        Assert.Equal(PropertyVerdict.Violated, Assert.Single(Verifier.Verify(broken, [Depot.EmptyBehindClose]).Properties).Verdict);
    }

    [Fact]
    public void Written_down_and_read_again_it_is_the_same_machine()
    {
        var json = MachineJson.Write(Depot.Profile);

        var again = Assert.IsType<MachineRead>(MachineJson.Read(json)).Profile;

        Assert.Equal(json, MachineJson.Write(again));
        Assert.Equal(Depot.PUTCLOSE.Variant, again.Table.Recognize("put 5 CLOSE")!.Command.Variant);
        Assert.Equal(Depot.PUT.Block, again.Table.Recognize("put 5")!.Command.Block);
        Assert.True(again.Table.Delivers(Depot.PUTCLOSE));
        Assert.False(again.Table.Delivers(Depot.PUT));
    }

    [Fact]
    public void A_picture_has_both_inputs_of_the_verb() =>
        Assert.All(["PUT / 200", "PUT CLOSE / 200"], label =>
            Assert.Contains(label, MermaidDiagram.Write(Depot.Profile.Table), StringComparison.Ordinal)
        );

    [Fact]
    public void The_generated_session_is_the_one_that_is_compiled_here()
    {
        var generated = HandlerExport.Write(Depot.Profile.Table, "SmtpModel.AnotherProtocol.Tests");
        var file = Path.Combine(Root(), "tests", "SmtpModel.AnotherProtocol.Tests", "DepotSession.g.cs");
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, generated);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), generated);
    }

    // what is in the blocks are commands, which nobody obeys
    [Theory]
    [InlineData("ENTER\r\nPUT 6\r\nQUIT\r\nPUT 6 CLOSE\r\nQUIT\r\nPUT 5 CLOSE\r\nthere", "200 200 200 200", "QUIT\r\nQUIT\r\n|there")]
    [InlineData("PUT 6\r\nQUIT\r\nPUT 6 CLOSE\r\nQUIT\r\nENTER\r\n", "503 503 200", "")]
    [InlineData("ENTER\r\nPUT 6 OPEN\r\nQUIT\r\nPUT many\r\nQUIT\r\n", "200 501 501 200", "")]
    [InlineData("ENTER\r\nPUT 0 CLOSE\r\nENTER\r\n", "200 200 503", "")]
    public void A_block_is_taken_before_its_command_is_answered_whatever_the_answer_is(string octets, string replies, string crates)
    {
        var (session, closed, said) = (new DepotSession(Decide), new List<string>(), new List<int>());
        Assert.Equal(200, session.Receive(DepotCommand.Arrival));
        for (var at = 0; at < octets.Length;)
        {
            var line = octets[at..octets.IndexOf("\r\n", at, StringComparison.Ordinal)];
            var (keyword, argument) = line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
                ? (line[..space], line[(space + 1)..])
                : (line, "");
            var command = DepotSession.Recognize(keyword, argument)!.Value;
            at += line.Length + 2;
            var block = octets.Substring(at, (int)DepotSession.OctetsBehind(command, argument));
            at += block.Length;
            var before = string.Concat(session.Crate);
            said.Add(
                session.Receive(command, command is DepotCommand.PUT or DepotCommand.PUTCLOSE && IsWritten(argument) ? block : argument)
            );
            if (command is DepotCommand.PUTCLOSE && said[^1] == 200 && before.Length + block.Length > 0)
            {
                closed.Add(before + block);
            }
        }

        Assert.Equal(replies, string.Join(' ', said));
        Assert.Equal(crates, string.Join('|', closed));

        int Decide(DepotState state, DepotCommand command, string argument) =>
            command switch
            {
                DepotCommand.Unknown => 500,
                DepotCommand.PUT or DepotCommand.PUTCLOSE when argument.Contains("OPEN", StringComparison.Ordinal) || argument == "many" =>
                    501,
                _ => 200,
            };

        static bool IsWritten(string argument) => Depot.Profile.Table.Recognize($"PUT {argument}")!.Argument.Value!.Fits(argument);
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
