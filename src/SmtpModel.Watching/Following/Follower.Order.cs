using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <content>Whether a command is sent where the machine has a place for it, and by which rule the client is to blame where it is
/// not.</content>
public sealed partial class Follower
{
    private void JudgePlace(CommandUse use, int column)
    {
        var (command, projected) = (use.Command, Projected());
        if (_isClosing)
        {
            // the client may have sent it before it read that
            return;
        }

        if (_quitSent || projected == _grounds.Final)
        {
            Accuse(Side.Client, ClientRules.QuitLast, "a command was sent behind QUIT", command.Name);
            return;
        }

        if (projected.IsEmpty || projected.Overlaps(_grounds.Final) && projected.IsSingle)
        {
            return;
        }

        JudgeHello(command, _grounds.Roles[column], projected);
        if (!_grounds.InOrder(column).Overlaps(projected) && !IsTurnedAway(projected) && Misplaced(command, projected) is var (rule, what))
        {
            Accuse(Side.Client, rule, what, command.Name);
        }

        JudgeLocal(command);
    }

    // LMTP has another command in their place; behind one that was refused they are tried in vain
    private void JudgeLocal(Command command)
    {
        if (_grounds.Table.Listing == Rfc2033.LHLO && _grounds.Table[command].IsNeverAccepted && command.Kind is InputKind.Line)
        {
            Accuse(
                Side.Client,
                ClientRules.LocalHello,
                _hasHello ? $"{command} was sent behind {Rfc2033.LHLO}" : $"the session begins with {command}",
                command.Name,
                _hasHello ? CaseVerdict.NonStrict : CaseVerdict.Fail
            );
        }
    }

    private Command Listing => _grounds.Table.Listing ?? Rfc821.HELO;

    private string Hellos => string.Join(" or ", _grounds.Table.Greeting.OrderBy(one => one != Listing));

    private void JudgeHello(Command command, Role role, StateSet projected)
    {
        if (_hasHello)
        {
            return;
        }

        if (_isInside && role is not (Role.Listing or Role.Ending) && _hasEhlo)
        {
            Accuse(Side.Client, ClientRules.TlsHello, $"the first command inside TLS is not {Listing}", command.Name);
        }
        else if (role is Role.Hello && !_hasEhlo && _offer.IsKnown && _grounds.Table.Listing is not null)
        {
            Accuse(Side.Client, ClientRules.Ehlo, "the session begins with HELO", command.Name);
        }
        else if (role is Role.Anywhere or Role.Reset && IsWithin(projected, _grounds.Connected))
        {
            Accuse(Side.Client, ClientRules.HelloFirst, $"{command} was sent before {Listing}", command.Name);
        }
    }

    private (Rule Rule, string What)? Misplaced(Command command, StateSet projected)
    {
        var isBeginning = Rfc821.Beginning.Contains(command);
        var isData = command == Rfc821.DATA || command.Block is not null;
        if (isBeginning)
        {
            return IsWithin(projected, _grounds.Connected) ? (ClientRules.Hello, $"{command} was sent before {Hellos} was accepted")
                : IsWithin(projected, _grounds.Transaction) ? (ClientRules.OneMail, $"{command} was sent while a transaction is open")
                : null;
        }

        if (command == Rfc821.RCPT || isData)
        {
            // where what comes before was refused, a client that sends in groups may not have read it
            var (isSent, missing) = command == Rfc821.RCPT ? (_mailSent, "MAIL") : (_mailSent && _rcptSent, "RCPT");
            return IsWithin(projected, _grounds.In(Rfc3030.ChunksGiven))
                ? command == Rfc821.DATA
                    ? (ClientRules.Chunks, "DATA was sent behind BDAT in one transaction")
                    : null
                : !isSent
                    ? (ClientRules.Steps, $"{command} was sent without {missing} before it")
                    : _offer.Pipelines && !_options.HasKnowledge && !HasRead
                        ? null
                        : (ClientRules.Accepted, $"{command} was sent though every {missing} before it was refused");
        }

        return command == Rfc4954.AUTH
            ? IsWithin(projected, _grounds.Authenticated)
                ? (ClientRules.AuthOnce, "AUTH was sent though the client has been authenticated")
                : IsWithin(projected, _grounds.Transaction)
                    ? (ClientRules.AuthInside, "AUTH was sent in a transaction")
                    : null
            : command == Rfc3207.STARTTLS
                ? IsWithin(projected, _grounds.Secured)
                    ? (ClientRules.TlsOnce, "STARTTLS was sent inside TLS")
                    : null
                : _grounds.Table[command].Extension is not null && _grounds.Table[command].Command.Kind is InputKind.Line
                    ? (ClientRules.Place, $"{command} was sent where it has no place")
                    : null;
    }

    private bool IsTurnedAway(StateSet projected) => projected.Overlaps(_grounds.In(Rfc5321.TurnedAway));

    private static bool IsWithin(StateSet states, StateSet whole) => !states.IsEmpty && (states.Bits & ~whole.Bits) == 0;
}
