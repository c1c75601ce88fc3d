using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>What clients are known for: in which scenarios, what, and how it reads beside the text.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Rule">The rule that binds most.</param>
/// <param name="Scenarios">The scenarios, a blank between them.</param>
/// <param name="Reason">What the client does, as it was read in the session.</param>
internal sealed record KnownClient(CaseVerdict Verdict, string Rule, string Scenarios, string Reason)
{
    public IEnumerable<string> Lines => Scenarios.Split(' ').Select(id => $"{Word(Verdict)} {Rule} {id}");

    public static string Word(CaseVerdict verdict) =>
        verdict switch
        {
            CaseVerdict.Fail => "FAIL",
            CaseVerdict.NonStrict => "NON-STRICT",
            CaseVerdict.Info => "INFO",
            _ => "INCONCLUSIVE",
        };
}

internal static class KnownClients
{
    public static IReadOnlyList<KnownClient> Of(string client) => Known.TryGetValue(client, out var known) ? known : [];

    private const string Bare = "bare/MAIL bare/end-of-data";
    private const string Unlisted = "code/MAIL/259 code/RCPT/259 code/end-of-data/259";
    private const string SomeRefused = "reply/RCPT-first/550 reply/RCPT-first/450 reply/RCPT-last/550 reply/RCPT-last/450";

    private static readonly Dictionary<string, KnownClient[]> Known = new()
    {
        [PeerTools.Swaks] =
        [
            new(
                CaseVerdict.Fail,
                "K35",
                $"{Bare} bare/QUIT",
                "a reply without text is not read as one, and the next 30 seconds are waited for another"
            ),
            new(
                CaseVerdict.Fail,
                "K36",
                Unlisted,
                "only the codes that it knows for a place go on; behind the end of data it ends with status 26 though the message was "
                    + "accepted"
            ),
            new(
                CaseVerdict.NonStrict,
                "K39",
                "reply/RCPT-all/251",
                "251 is taken for a refusal, and where each recipient draws it nothing is sent"
            ),
            new(
                CaseVerdict.NonStrict,
                "K43",
                "close/end-of-data/behind close/QUIT/before",
                "it ends with status 6 where the reply to QUIT does not come, though the message was accepted"
            ),
            new(
                CaseVerdict.Info,
                "K41",
                SomeRefused,
                "the message goes to the others, and the status is 0; what was refused stands in its output only"
            ),
        ],
        [PeerTools.Curl] =
        [
            new(
                CaseVerdict.Fail,
                "K36",
                "code/end-of-data/259",
                "\"Weird server reply\", status 8, though the message was accepted; to MAIL and RCPT 259 is taken"
            ),
        ],
        [PeerTools.Msmtp] =
        [
            new(
                CaseVerdict.Fail,
                "K35",
                Bare,
                "\"the server sent an invalid reply\", and nothing more is said, though behind the end of data the message was accepted"
            ),
            new(CaseVerdict.Fail, "K36", Unlisted, "only 250, and to RCPT 251, are taken"),
        ],
        [PeerTools.SNail] =
        [
            new(CaseVerdict.Fail, "K35", Bare, "\"Unexpected EOF on SMTP connection\", and the connection is closed"),
            new(CaseVerdict.NonStrict, "K1", "plain", "where no login is asked for it says HELO and never EHLO"),
            new(
                CaseVerdict.NonStrict,
                "K43",
                "reply/QUIT/501 reply/QUIT/421",
                "\"message not sent\", status 4, where QUIT is refused, though the message was accepted"
            ),
        ],
        [PeerTools.Smtplib] =
        [
            new(
                CaseVerdict.Fail,
                "K36",
                Unlisted,
                "only 250, and to RCPT 251, are taken; behind the end of data SMTPDataError is raised though the message was accepted"
            ),
            new(
                CaseVerdict.NonStrict,
                "K43",
                "close/end-of-data/behind close/QUIT/before",
                "quit raises SMTPServerDisconnected; sendmail had returned by then"
            ),
            new(CaseVerdict.Info, "K41", SomeRefused, "sendmail returns those that were refused, and raises only where all were"),
        ],
        ["nodemailer"] =
        [
            new(CaseVerdict.Fail, "K14", "code/DATA/250", "the message is sent behind 250 to DATA"),
            new(CaseVerdict.Info, "K41", SomeRefused, "those that were refused stand in the result's rejected, and nothing is thrown"),
        ],
        [PeerTools.GitSendEmail] =
        [
            new(
                CaseVerdict.Fail,
                "K36",
                "code/end-of-data/259",
                "\"Failed to send\", status 1, though the message was accepted; to MAIL and RCPT 259 is taken"
            ),
        ],
        [PeerTools.NetSmtp] =
        [
            new(
                CaseVerdict.NonStrict,
                "K43",
                "close/end-of-data/behind close/QUIT/before reply/QUIT/501 reply/QUIT/421",
                "the block is left by QUIT, and what is raised there comes out of start, though the message was accepted"
            ),
        ],
        ["Postfix"] =
        [
            new(
                CaseVerdict.NonStrict,
                "K50",
                "reply/RCPT-last/552",
                "552 is permanent whatever it says: the recipient is returned to the sender; behind 452 it is kept"
            ),
        ],
        ["Exim"] =
        [
            new(
                CaseVerdict.NonStrict,
                "K50",
                "reply/RCPT-last/552",
                "552 is permanent whatever it says: the recipient is returned to the sender; behind 452 it is sent again in the same "
                    + "session"
            ),
            new(
                CaseVerdict.NonStrict,
                "K15",
                "reply/DATA/354-in-vain",
                "where each RCPT of a group is refused and DATA draws 354, QUIT is sent, which is mail data by then, and no dot"
            ),
        ],
        ["MailKit"] =
        [
            new(
                CaseVerdict.Fail,
                "K36",
                "code/end-of-data/259",
                "SmtpCommandException though the message was accepted; to MAIL and RCPT 259 is taken"
            ),
        ],
        ["System.Net.Mail"] =
        [
            new(
                CaseVerdict.Fail,
                "K35",
                Bare,
                "SmtpException, and the connection is closed, though behind the end of data the message was accepted"
            ),
            new(
                CaseVerdict.Fail,
                "K36",
                Unlisted,
                "\"The server committed a protocol violation\", though behind the end of data the message was accepted"
            ),
        ],
    };
}
