namespace SmtpModel.Testing.Tests.Sized;

/// <summary>A fault that shows only later: the server remembers what it should have forgotten, in states it should not have.</summary>
internal static class HiddenFault
{
    /// <summary>Recipients are kept when a transaction is aborted: in the next one, DATA is taken without any.</summary>
    /// <param name="machine">The right machine, with the states Ready, MailGiven and RecipientsGiven.</param>
    /// <param name="abort">What aborts the transaction: RSET, EHLO or HELO.</param>
    public static Mealy RecipientsKept(Mealy machine, string abort)
    {
        var (states, inputs) = (machine.States.Count, machine.Inputs.Count);
        int State(string name) => machine.States.ToList().IndexOf(name);
        int Input(string name) => machine.Inputs.ToList().IndexOf(name);
        var (next, output) = (new int[states + 2, inputs], new int[states + 2, inputs]);
        for (var state = 0; state < states + 2; state++)
        {
            // the last two are Ready and MailGiven once more, with recipients
            var like = state == states ? State("Ready") : state == states + 1 ? State("MailGiven") : state;
            for (var input = 0; input < inputs; input++)
            {
                (next[state, input], output[state, input]) = (machine.Next(like, input), machine.Output(like, input));
                if (state == states && machine.Next(like, input) == like)
                {
                    next[state, input] = state;
                }
                else if (state == states && machine.Next(like, input) == State("MailGiven"))
                {
                    next[state, input] = states + 1;
                }
            }
        }

        var recipients = State("RecipientsGiven");
        next[recipients, Input(abort)] = states;
        (next[states + 1, Input("DATA")], output[states + 1, Input("DATA")]) = (
            machine.Next(recipients, Input("DATA")),
            machine.Output(recipients, Input("DATA"))
        );
        return new Mealy([.. machine.States, "Ready with recipients", "MailGiven with recipients"], machine.Inputs, next, output);
    }
}
