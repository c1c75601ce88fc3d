using AnotherProtocol;
using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.AnotherProtocol.Tests;

/// <summary>The machine of docs/another-protocol.md: the engine takes it, proves it, and makes a session of it that speaks.</summary>
public class Pop3Tests
{
    [Fact]
    public void It_is_sound_and_its_property_holds()
    {
        var report = Verifier.Verify(Pop3.Profile, [Pop3.LockedOnlyAfterPass]);

        Assert.All(report.Invariants, invariant => Assert.Empty(invariant.Faults));
        Assert.Equal(PropertyVerdict.Holds, Assert.Single(report.Properties).Verdict);
    }

    [Fact]
    public void A_property_that_does_not_hold_is_shown_by_a_session()
    {
        var pass = Pop3.Profile.Table.Commands.Single(use => use.Command.Name == "PASS").Command;

        var result = Assert.Single(
            Verifier.Verify(Pop3.Profile, [Property.Never("no-password", new Clause("none", "0"), "It.", When.Accepted(pass))]).Properties
        );

        Assert.Equal(
            ["C: (greeting)", "S: 200", "C: USER", "S: 200", "C: PASS", "S: 200"],
            result.Counterexample!.Lines.Select(line => $"{line.Side} {line.Text}")
        );
    }

    [Fact]
    public void The_page_shows_this_file_and_it_has_less_than_sixty_lines()
    {
        var file = Read("tests", "SmtpModel.AnotherProtocol.Tests", "Pop3.cs");
        var page = Read("docs", "another-protocol.md");

        Assert.Contains($"```csharp\n{file}```\n", page, StringComparison.Ordinal);
        Assert.True(file.Count(letter => letter == '\n') < 60);
    }

    [Fact]
    public void The_generated_session_is_the_one_that_is_compiled_here()
    {
        var generated = HandlerExport.Write(Pop3.Profile.Table, "SmtpModel.AnotherProtocol.Tests");
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Path.Combine(Root(), "tests", "SmtpModel.AnotherProtocol.Tests", "Pop3Session.g.cs"), generated);
        }

        Assert.Equal(Read("tests", "SmtpModel.AnotherProtocol.Tests", "Pop3Session.g.cs"), generated);
    }

    [Fact]
    public void The_generated_session_speaks()
    {
        var session = new Pop3Session((state, command, argument) => (state, command, argument) switch
        {
            (_, Pop3Command.PASS, not "secret") => 500,
            (Pop3State.Transaction, Pop3Command.QUIT, _) => 300,
            _ => 200,
        });

        Assert.Equal(200, session.Receive(Pop3Command.Greeting));
        Assert.Equal(500, Send(session, "STAT"));
        Assert.Equal(200, Send(session, "user mrose"));
        Assert.Equal(["mrose"], session.MailboxName);
        Assert.Equal(500, Send(session, "PASS wrong"));
        Assert.Equal((Pop3State.Authorization, 0), (session.State, session.MailboxName.Count));
        Assert.Equal(500, Send(session, "PASS secret"));
        Assert.Equal(200, Send(session, "USER mrose"));
        Assert.Equal(200, Send(session, "PASS secret"));
        Assert.Equal(200, Send(session, "RETR 1"));
        Assert.Equal(500, Send(session, "USER other"));
        Assert.Equal(["mrose"], session.MailboxName);
        Assert.Equal(300, Send(session, "QUIT"));
        Assert.Equal((Pop3State.Update, false), (session.State, session.IsOver));
        Assert.Equal(200, session.Receive(Pop3Command.Removal));
        Assert.True(session.IsOver);
        Assert.Throws<InvalidOperationException>(() => Send(session, "NOOP"));
    }

    [Fact]
    public void A_reply_that_the_machine_does_not_permit_is_a_broken_contract()
    {
        var session = new Pop3Session((_, _, _) => 299);

        Assert.Contains(
            "Opening does not permit Greeting / 299",
            Assert.Throws<InvalidOperationException>(() => session.Receive(Pop3Command.Greeting)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(Pop3State.Opening, session.State);
    }

    [Fact]
    public void The_generated_session_is_the_table_in_every_state_with_every_command_and_code()
    {
        var table = Pop3.Profile.Table;
        foreach (var (state, at) in table.States.Select((state, index) => (state, index)))
        {
            foreach (var (use, index) in table.Commands.Select((use, index) => (use, index)))
            {
                Assert.Equal(
                    table.OutOfOrder(state, use.Command)?.Codes[0] ?? 0,
                    Pop3Session.OutOfOrder((Pop3State)at, (Pop3Command)index)
                );
                for (var code = 200; code < 600; code++)
                {
                    Assert.Equal(
                        table.Find(state, use.Command / code)?.To.Name,
                        Pop3Session.Next((Pop3State)at, (Pop3Command)index, code)?.ToString()
                    );
                }
            }
        }
    }

    private static int Send(Pop3Session session, string line)
    {
        var words = line.Split(' ', 2);
        return session.Receive(Pop3Session.Recognize(words[0])!.Value, words.ElementAtOrDefault(1) ?? "");
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root(), .. path])).ReplaceLineEndings("\n");

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
