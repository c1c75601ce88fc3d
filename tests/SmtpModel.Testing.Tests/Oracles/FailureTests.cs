using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Oracles;

// What breaks a rule has to be called so.
public class FailureTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_command_of_the_transaction_that_is_accepted_out_of_order_fails_O1_O9(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var state in table.States.Where(state => table.Reads(state) is Reading.Commands))
        {
            foreach (var use in table.Commands.Where(use => table.OutOfOrder(state, use.Command) is { Rule.Level: Level.Must }))
            {
                // but for what the standard knows that some receivers do
                var codes = Enumerable.Range(200, 200).Where(code => table.FindTolerated(state, use.Command / code) is null).ToList();
                Assert.All(codes, code => Assert.Equal(Verdict.Fail, oracle.In(state, use.Command, code).Verdict));
                Assert.Equal(table.OutOfOrder(state, use.Command)!.Rule, oracle.In(state, use.Command, codes[^1]).Rule);
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_required_command_that_is_in_order_and_draws_503_fails_O5(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        (State, Command)[] cells =
        [
            (Connected, HELO),
            (Ready, oracle.Table.Listing ?? HELO),
            (Ready, MAIL),
            (MailGiven, RCPT),
            (RecipientsGiven, RCPT),
            (RecipientsGiven, DATA),
            (MailGiven, RSET),
            (Ready, QUIT),
        ];
        Assert.All(cells, cell => Assert.Equal(Verdict.Fail, oracle.In(cell.Item1, cell.Item2, 503).Verdict));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_reply_of_the_wrong_class_fails(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        (State, Command, int)[] cells =
        [
            (Ready, MAIL, 354),
            (RecipientsGiven, DATA, 250),
            (ReceivingData, EndOfData, 354),
            (Ready, NOOP, 354),
            (Connected, HELO, 354),
        ];
        Assert.All(cells, cell => Assert.Equal(Verdict.Fail, oracle.In(cell.Item1, cell.Item2, cell.Item3).Verdict));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_code_that_is_no_final_reply_fails_everywhere(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var state in table.States)
        {
            foreach (var use in table.Commands)
            {
                Assert.All([0, 99, 100, 150, 199, 600, 999], code =>
                    Assert.Equal(Verdict.Fail, oracle.In(state, use.Command, code).Verdict)
                );
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Any_reply_after_the_session_is_over_fails_O10(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var use in table.Commands.Where(use => use.Command.Kind is not InputKind.Any))
        {
            Assert.All(Enumerable.Range(200, 400), code => Assert.Equal(Verdict.Fail, oracle.In(Closed, use.Command, code).Verdict));
            Assert.Equal("O10", oracle.In(Closed, use.Command, 250).Rule?.Id);
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_line_that_is_no_command_must_neither_close_nor_ask_for_data_R3(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Equal(Verdict.Fail, oracle.In(Ready, Unknown, 221).Verdict);
        Assert.Equal(Verdict.Fail, oracle.In(Ready, Unknown, 354).Verdict);
        Assert.Equal(Verdict.Pass, oracle.In(Ready, Unknown, 500).Verdict);
    }

    [Fact]
    public void RSET_NOOP_and_QUIT_must_not_be_refused_RFC_5321_4_1_1()
    {
        var oracle = new Oracle(EveryProfile.Named("rfc5321").Table);
        foreach (var command in new[] { RSET, NOOP, QUIT })
        {
            Assert.All(Enumerable.Range(400, 200).Where(code => code is not (421 or 530)), code =>
                Assert.Equal(Verdict.Fail, oracle.In(Ready, command, code).Verdict)
            );
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Where_the_server_can_be_nowhere_nothing_passes(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Equal(Verdict.Fail, oracle.Judge(StateSet.None, NOOP, MoveKind.Valid, 250).Verdict);
    }
}
