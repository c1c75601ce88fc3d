using SmtpModel.Machines;
using SmtpModel.Spec;
using Stateless;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Sized;

/// <summary>The states of a transaction, of which a machine can have more than one set.</summary>
internal sealed record Zone(State Ready, State Mail, State Recipients, State Data, State Chunks)
{
    public static Zone Of(string name) => new(
        new(name + "Ready", "no transaction is open"),
        new(name + "MailGiven", "a transaction is open", ReversePath),
        new(name + "RecipientsGiven", "there is a recipient", ReversePath, ForwardPath),
        new(name + "ReceivingData", "354 has been sent", ReversePath, ForwardPath, MailData),
        new(name + "Chunks", "a chunk has been sent", ReversePath, ForwardPath, MailData));
}

/// <summary>What the sized machines are put together from.</summary>
internal static class Zones
{
    private static IEnumerable<Command> Known(this ProtocolMachine machine, params IEnumerable<Command> commands) =>
        commands.Where(command => machine.Vocabulary.Commands.Any(use => use.Command == command));

    /// <summary>A state that reads commands and is in no transaction.</summary>
    public static StateMachine<State, Exchange>.StateConfiguration Idle(
        this ProtocolMachine machine,
        State state,
        Command[] greetings,
        State ready
    )
    {
        var configured = machine.Configure(state).SubstateOf(Session).Accept(QUIT, Closed, O10, R1).Accept(NOOP, null, O4, R1);
        foreach (var greeting in greetings)
        {
            configured.Accept(greeting, ready == state ? null : ready, O2, O3);
        }

        return machine.Known(VRFY, EXPN, HELP).Aggregate(configured, (all, command) => all.Accept(command, null, O4, R1));
    }

    public static void Connected(this ProtocolMachine machine, Command[] greetings, State ready) =>
        machine.Idle(Rfc821.Connected, greetings, ready);

    public static void Transaction(this ProtocolMachine machine, Zone zone, Command[] greetings, State ready, bool takesData = true)
    {
        machine.Idle(zone.Ready, greetings, ready).Accept(RSET, null, O6, R1);
        foreach (var beginning in machine.Known(MAIL, SEND, SOML, SAML))
        {
            machine.Configure(zone.Ready).Accept(beginning, zone.Mail, O5, O8);
        }

        machine.Idle(zone.Mail, greetings, ready).Accept(RSET, zone.Ready, O6, R1).Accept(RCPT, zone.Recipients, O5, R1);
        machine.Idle(zone.Recipients, greetings, ready).Accept(RSET, zone.Ready, O6, R1).Accept(RCPT, null, O5, R1);
        if (takesData)
        {
            machine.Configure(zone.Recipients).Accept(DATA, zone.Data, O5, R1);
            machine.Configure(zone.Data).SubstateOf(Channel).Accept(EndOfData, zone.Ready, O7, B2, zone.Ready);
        }
    }

    public static void Chunks(this ProtocolMachine machine, Zone zone, Command[] greetings, State ready, Command chunk, Command last)
    {
        machine.Configure(zone.Recipients).Accept(chunk, zone.Chunks, O5, R1).Accept(last, zone.Ready, O7, R1);
        machine
            .Idle(zone.Chunks, greetings, ready)
            .Accept(RSET, zone.Ready, O6, R1)
            .Accept(chunk, null, O5, R1)
            .Accept(last, zone.Ready, O7, R1);
    }

    /// <summary>A state in which a line is a response; what is no response draws 503 and is not taken for one.</summary>
    public static void Dialogue(this ProtocolMachine machine, State state, Command[] answers, State accepted, State refused)
    {
        var configured = machine.Configure(state).SubstateOf(Session);
        foreach (var answer in answers)
        {
            // what is only badly written may be written again
            var row = machine.Vocabulary[answer].Replies;
            configured.Permit(row.Accepting.Select(code => answer / code), accepted, O4)
                .Permit(row.Refusing.Where(code => code != 501).Select(code => answer / code), refused, R1)
                .Permit([answer / 501], null, R1);
        }
    }
}
