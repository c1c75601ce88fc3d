using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Oracles;

// The standards leave receivers room; what uses it is not a failure.
public class RoomTests
{
    // 500 to 503 speak of the command and the order, all others of the mailbox, the message, the system or the policy
    private static readonly int[] PolicyCodes =
    [
        421,
        432,
        450,
        451,
        452,
        454,
        455,
        499,
        504,
        530,
        534,
        550,
        551,
        552,
        553,
        554,
        555,
        571,
        599,
    ];

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_policy_may_refuse_MAIL_RCPT_DATA_and_the_end_of_data_with_any_code_of_its_own(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        (State, Command)[] cells =
        [
            (Ready, MAIL),
            (MailGiven, RCPT),
            (RecipientsGiven, RCPT),
            (RecipientsGiven, DATA),
            (ReceivingData, EndOfData),
        ];
        foreach (var (state, command) in cells)
        {
            foreach (var code in PolicyCodes)
            {
                var judgement = oracle.In(state, command, code);
                Assert.True(judgement.Verdict is not Verdict.Fail, $"{state}, {command}: {code}");
                Assert.Equal(oracle.Of(code == 421 ? Closed : command == EndOfData ? Ready : state, command, code), judgement.After);
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void DATA_that_is_refused_as_mail_data_may_be_may_end_the_transaction_RFC_5321_4_2_3(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Equal(oracle.Of(RecipientsGiven).Union(oracle.Of(Ready)), oracle.In(RecipientsGiven, DATA, 554).After);
        Assert.Equal(oracle.Of(RecipientsGiven), oracle.In(RecipientsGiven, DATA, 555).After);
        Assert.Equal(oracle.Of(MailGiven), oracle.In(MailGiven, DATA, 503).After);
        Assert.Equal(oracle.Of(Ready), oracle.In(Ready, DATA, 554).After);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Anything_may_draw_421_and_the_session_is_over_then(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var state in table.States.SkipLast(1))
        {
            foreach (var use in table.Commands.Where(use => use.Command.Kind is not InputKind.Any))
            {
                foreach (var kind in Enum.GetValues<MoveKind>())
                {
                    var judgement = oracle.Judge(oracle.Of(state), use.Command, kind, 421);
                    Assert.Equal(Verdict.Pass, judgement.Verdict);
                    Assert.Equal(oracle.Final, judgement.After);
                }
            }
        }
    }

    [Theory]
    [InlineData("rfc5321", 250)]
    [InlineData("rfc5321", 251)]
    [InlineData("rfc5321", 252)]
    [InlineData("rfc5321", 502)]
    [InlineData("rfc5321", 550)]
    [InlineData("rfc821", 252)]
    [InlineData("rfc821", 502)]
    public void VRFY_may_be_answered_evasively_or_not_at_all_RFC_5321_3_5_3(string name, int code)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        foreach (var state in oracle.Table.States.Where(state => oracle.Table.IsInOrder(state, VRFY)))
        {
            Assert.NotEqual(Verdict.Fail, oracle.In(state, VRFY, code).Verdict);
            Assert.Equal(oracle.Of(state), oracle.In(state, VRFY, code).After);
        }
    }

    [Fact]
    public void DATA_without_a_recipient_may_draw_554_as_well_as_503_RFC_5321_3_3()
    {
        var oracle = new Oracle(EveryProfile.Named("rfc5321").Table);
        foreach (var state in new[] { Connected, Ready, MailGiven })
        {
            Assert.Equal(Verdict.Pass, oracle.In(state, DATA, 554).Verdict);
            Assert.Equal(Verdict.Pass, oracle.In(state, DATA, 503).Verdict);
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_command_that_is_optional_may_be_missing_in_every_state(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line && !use.Required))
        {
            foreach (var state in table.States.Where(state => table.Reads(state) is Reading.Commands))
            {
                foreach (var code in new[] { 500, 502 })
                {
                    Assert.NotEqual(Verdict.Fail, oracle.In(state, use.Command, code).Verdict);
                    Assert.NotEqual(Verdict.Fail, oracle.Judge(oracle.Of(state), use.Command, MoveKind.Malformed, code).Verdict);
                }
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void An_argument_that_is_malformed_may_be_accepted_and_then_counts_S2(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var edge in table.Edges.Where(edge => edge.Exchange.IsAccepted && edge.Exchange.Command.Kind is InputKind.Line))
        {
            var judgement = oracle.Judge(oracle.Of(edge.From), edge.Exchange.Command, MoveKind.Malformed, edge.Exchange.Code);
            Assert.Equal(Verdict.NonStrict, judgement.Verdict);
            Assert.True(judgement.After.Contains(table.IndexOf(edge.To)), $"{edge}");
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_malformed_argument_may_be_refused_with_any_code_in_every_state(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var state in table.States.Where(state => table.Reads(state) is Reading.Commands))
        {
            foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line))
            {
                Assert.All(Enumerable.Range(400, 200), code =>
                    Assert.NotEqual(Verdict.Fail, oracle.Judge(oracle.Of(state), use.Command, MoveKind.Malformed, code).Verdict)
                );
            }
        }
    }
}
