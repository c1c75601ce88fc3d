using System.Runtime.CompilerServices;
using SmtpModel.Spec;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Machines.Tests;

/// <summary>Each check is seen to fire on RFC 821 with one fault put into it.</summary>
public class SoundnessTests
{
    private static readonly Clause Elsewhere = new("RFC 9999", "1.2");
    private static readonly Command JUMP = new("JUMP", InputKind.Line, [], []);

    [Fact]
    public void The_lamp_and_the_match_are_sound()
    {
        Assert.Empty(SoundnessCheck.Run(Lamp.Sound));
        Assert.Empty(SoundnessCheck.Run(Match.Profile));
    }

    [Fact]
    public void SMTP001_two_edges_for_one_exchange()
    {
        var broken = Break(m => m.Configure(Ready).Permit([MAIL / 250], RecipientsGiven, O5));

        Fires(
            broken,
            "SMTP001",
            "Ready",
            "MAIL / 250",
            "MailGiven",
            "RecipientsGiven",
            "O5 (RFC 821 4.1.1)",
            $"SoundnessTests.cs({broken.Line})"
        );
    }

    [Fact]
    public void SMTP001_also_where_the_second_edge_stays()
    {
        var broken = Break(m => m.Configure(Connected).Permit([HELO / 250], null, O1));

        Fires(broken, "SMTP001", "Connected", "HELO / 250", "O1 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP002_a_state_without_an_answer_to_a_command()
    {
        var broken = Break(static _ => { }, v => v.Command(JUMP, Elsewhere, success: [250]));

        Fires(broken with { Line = 0 }, "SMTP002", "states Connected, Ready, MailGiven, RecipientsGiven", "JUMP", "RFC 9999 1.2");
    }

    [Fact]
    public void SMTP003_a_state_that_reads_both_lines_and_data()
    {
        var broken = Break(m => m.Configure(Ready).Accept(EndOfData, Ready, O7, refused: B2, refusedTo: Ready));

        Fires(broken, "SMTP003", "Ready", "end of data", "RFC 821 4.1.1");
    }

    [Fact]
    public void SMTP004_a_state_that_cannot_be_reached()
    {
        var island = new State("Island", "nobody comes here");
        var broken = Break(m => m.Configure(island).SubstateOf(Session).Permit([RSET / 250], Ready, O6));

        Fires(broken with { Line = 0 }, "SMTP004", "Island", "nobody comes here", "Opening");
    }

    [Fact]
    public void SMTP005_a_state_from_which_QUIT_does_not_end_the_session()
    {
        var pit = new State("Pit", "no way out");
        var broken = Break(m => m.Configure(Ready).Permit([JUMP / 250], pit, O5), v => v.Command(JUMP, Elsewhere, success: [250]));

        Fires(broken with { Line = 0 }, "SMTP005", "Pit", "QUIT", "Closed");
    }

    [Fact]
    public void SMTP006_a_final_state_that_goes_on()
    {
        var broken = Break(m => m.Configure(Closed).Permit([NOOP / 250], null, O4));

        Fires(broken, "SMTP006", "Closed", "NOOP / 250", "O4 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP007_a_state_that_holds_other_buffers_than_it_says()
    {
        var broken = Break(m => m.Configure(Ready).Accept(RCPT, RecipientsGiven, O5, refused: R1));

        Fires(
            broken,
            "SMTP007",
            "RecipientsGiven",
            "Ready",
            "RCPT / 250",
            "O5 (RFC 821 4.1.1)",
            "holding forward-path,",
            "holds forward-path, reverse-path"
        );
    }

    [Fact]
    public void SMTP007_a_transaction_that_is_left_without_clearing_its_buffers()
    {
        var broken = Break(m => m.Configure(MailGiven).Permit([NOOP / 250], Ready, O4));

        Fires(broken, "SMTP007", "Ready", "MailGiven", "NOOP / 250", "O4 (RFC 821 4.1.1)", "holding reverse-path", "holds nothing");
    }

    [Fact]
    public void SMTP008_a_refusal_that_moves()
    {
        var broken = Break(m => m.Configure(MailGiven).Permit([HELO / 504], Ready, O3));

        Fires(broken, "SMTP008", "MailGiven", "HELO / 504", "leads to Ready", "O3 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP008_a_refusal_that_changes_the_buffers()
    {
        var forget = new Command("FORGET", InputKind.Line, [], [new Effect(ReversePath, EffectKind.Clear)]);
        var broken = Break(m => m.Configure(MailGiven).Permit([forget / 550], null, R1),
            v => v.Command(forget, Elsewhere, failure: [550])
        );

        Fires(broken, "SMTP008", "MailGiven", "FORGET / 550", "clear reverse-path", "R1 (RFC 821 Appendix E)");
    }

    [Fact]
    public void A_refusal_that_is_listed_as_one_that_moves_may_move()
    {
        var broken = Break(m => m.Configure(MailGiven).Permit([HELO / 504], Ready, O3), v => v.RefusalMoves(O3, HELO));

        Assert.DoesNotContain(SoundnessCheck.Run(broken.Profile), diagnostic => diagnostic.Id == "SMTP008");
    }

    [Fact]
    public void What_a_later_part_puts_in_order_is_no_longer_tolerated()
    {
        var later = Break(m => m.Configure(Ready).Tolerate([MAIL / 250], MailGiven, O5));

        Assert.Empty(SoundnessCheck.Run(later.Profile));
        Assert.Null(later.Profile.Table.FindTolerated(Ready, MAIL / 250));
        Assert.NotNull(Profiles.Rfc5321.Table.FindTolerated(Ready, DATA / 354));
    }

    [Fact]
    public void SMTP018_what_is_tolerated_leads_where_other_buffers_are_held()
    {
        var broken = Break(m => m.Configure(Ready).Discourage([RCPT / 250], MailGiven, O5));
        Fires(broken, "SMTP018", "Ready", "RCPT / 250", "MailGiven", "reverse-path", "forward-path");
        Assert.DoesNotContain(SoundnessCheck.Run(Profiles.Rfc5321), fault => fault.Id == "SMTP018");
    }

    [Fact]
    public void SMTP019_more_states_or_buffers_than_there_is_room_for()
    {
        var states = Enumerable.Range(0, 65).Select(number => new State($"Limbo{number}", "nowhere")).ToList();
        var broken = Break(m => states.ForEach(state => m.Configure(state).Permit([NOOP / 250], null, O4)));
        Fires((broken.Profile, 0), "SMTP019", $"{Profiles.Rfc821.Table.AllStates.Count + 65} states", "room for 64");

        var full = new State("Full", "too much in it", [.. Enumerable.Range(0, 33).Select(number => new DataBuffer($"buffer {number}"))]);
        Fires((Break(m => m.Configure(full).Permit([NOOP / 250], null, O4)).Profile, 0), "SMTP019", "buffers", "room for 32");
    }

    [Fact]
    public void SMTP014_nothing_leads_back_from_what_is_tolerated()
    {
        var limbo = new State("Limbo", "nowhere");
        void Lead(ProtocolMachine m) => m.Configure(limbo).Permit([NOOP / 250], null, O4);
        var broken = Break(m => { Lead(m); m.Configure(Ready).Tolerate([RCPT / 250], limbo, O5); });

        Fires(broken, "SMTP014", "Limbo", "RCPT / 250", "O5 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP009_an_edge_of_a_command_that_has_no_row()
    {
        var broken = Break(m => m.Configure(Ready).Permit([JUMP / 250], null, O4));

        Fires(broken, "SMTP009", "Ready", "JUMP / 250", "O4 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP010_an_edge_without_a_rule()
    {
        var broken = Break(m => m.Configure(MailGiven).Permit(TURN / 250, Closed));

        Fires(broken with { Line = 0 }, "SMTP010", "MailGiven", "TURN / 250", "Accept or Permit");
    }

    [Fact]
    public void SMTP011_a_reply_that_is_not_in_the_row()
    {
        var broken = Break(m => m.Configure(Ready).Permit([MAIL / 299], MailGiven, O5));

        Fires(broken, "SMTP011", "Ready", "MAIL / 299", "RFC 821 4.3", "O5 (RFC 821 4.1.1)");
    }

    [Fact]
    public void SMTP012_a_reply_of_the_row_that_leads_nowhere()
    {
        var broken = Break(m => m.Configure(MailGiven).Permit([TURN / 250], Closed, T1));

        Fires(broken, "SMTP012", "MailGiven", "TURN", "502", "RFC 821 4.3");
    }

    [Fact]
    public void SMTP012_also_for_what_is_no_command_line()
    {
        var broken = Break(static _ => { }, v => v.Command(Connection, Elsewhere, success: [220, 229], failure: [421]));

        Fires(broken with { Line = 0 }, "SMTP012", "Opening", "connection", "229", "RFC 9999 1.2");
    }

    [Fact]
    public void SMTP013_a_guard_that_decides_about_order()
    {
        var broken = Break(m => m.Configure(MailGiven).PermitIf(DATA / 354, ReceivingData, static () => true));

        Fires(broken with { Line = 0 }, "SMTP013", "MailGiven", "DATA / 354", "lambda");
    }

    [Fact]
    public void SMTP013_a_target_that_is_chosen_when_it_is_fired()
    {
        var broken = Break(m =>
            m.Configure(MailGiven).PermitDynamic(DATA / 354, static () => ReceivingData).IgnoreIf(TURN / 502, static () => true)
        );

        Fires(broken with { Line = 0 }, "SMTP013", "MailGiven", "DATA / 354");
        Fires(broken with { Line = 0 }, "SMTP013", "MailGiven", "TURN / 502");
    }

    [Fact]
    public void SMTP021_an_input_that_draws_several_replies_leads_to_several_states_or_is_counted_by_nothing()
    {
        var torn = Break(
            m => m.Configure(ReceivingData).Permit([EndOfData / 299], Connected, O7),
            v => v.AnswersForEach(EndOfData, ForwardPath, O7)
        );
        Fires((torn.Profile, 0), "SMTP021", "ReceivingData", "end of data", "Ready", "Connected");

        Fires(
            (Break(static _ => { }, v => v.AnswersForEach(EndOfData, ReversePath, O7)).Profile, 0),
            "SMTP021",
            "end of data",
            "no command appends"
        );
        Fires((Break(static _ => { }, v => v.AnswersForEach(RCPT, ForwardPath, O5)).Profile, 0), "SMTP021", "RCPT", "has to be the same");
    }

    /// <summary>A message says state, command and clause; the line that build tools read says the file.</summary>
    internal static Diagnostic Fires((Profile Profile, int Line) broken, string id, params string[] words)
    {
        var all = SoundnessCheck.Run(broken.Profile);
        var found = all.FirstOrDefault(diagnostic =>
            diagnostic.Id == id && words.All(word => diagnostic.Message.Contains(word, StringComparison.Ordinal))
        );
        Assert.True(found is not null, $"no {id} that names {string.Join(", ", words)} among\n{string.Join('\n', all)}");
        if (broken.Line > 0)
        {
            Assert.EndsWith(
                $"{nameof(SoundnessTests)}.cs({broken.Line},1): error {id}: [broken] {found.Message}",
                found.ToString(),
                StringComparison.Ordinal
            );
        }

        Assert.Equal($"{found.Place.File}({found.Place.Line},1): warning {id}: [broken] {found.Message}", found.ToCompilerLine("warning"));
        return found;
    }

    private static (Profile Profile, int Line) Break(
        Action<ProtocolMachine> order,
        Action<Vocabulary>? describe = null,
        [CallerLineNumber] int line = 0
    ) => (Profiles.Rfc821.With("broken", "RFC 821 with a fault", new ProfilePart(describe ?? (static _ => { }), order)), line);
}
