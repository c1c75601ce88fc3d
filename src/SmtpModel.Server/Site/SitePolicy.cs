namespace SmtpModel.Server;

/// <summary>
/// The decisions of a site (RFC 821 4.1.1: mailboxes conform to the receiver site's conventions). The base accepts
/// every well-formed host, reverse-path and forward-path, knows no users and lists, has no terminals and does not turn.
/// Override what is different. A decision is asked for only when the command is in order and its argument well formed.
/// One policy serves many sessions at once.
/// </summary>
public class SitePolicy
{
    /// <summary>Whether a new connection is served: accept (220), or refuse with a code the greeting may be.</summary>
    public virtual Decision OnConnection() => Decision.Accept;

    /// <summary>Whether the host name of HELO, EHLO or LHLO is acceptable.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnHello(in SessionRequest request) => Decision.Accept;

    /// <summary>Whether a message from this reverse-path is taken: MAIL, and SEND, SOML and SAML where there are terminals.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnReversePath(in SessionRequest request) =>
        request.Verb is Verb.MAIL || HasTerminals ? Decision.Accept : Decision.NotImplemented;

    /// <summary>Whether the mailbox takes mail.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnForwardPath(in SessionRequest request) => Decision.Accept;

    /// <summary>Whether the mail data may come.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnData(in SessionRequest request) => Decision.Accept;

    /// <summary>Whether a chunk of the message is taken, and not the last one (RFC 3030 2): where it is not, the transaction is
    /// over.</summary>
    /// <param name="request">The command; its block is the chunk.</param>
    public virtual Decision OnChunk(in SessionRequest request) => Decision.Accept;

    /// <summary>
    /// What VRFY is told: what <see cref="Directory"/> knows; a site without a directory says that it cannot tell
    /// (252, RFC 5321 3.5.3) where the profile has that reply.
    /// </summary>
    /// <param name="request">The command; its argument is the user.</param>
    public virtual Decision OnVerify(in SessionRequest request) => Directory.IsEmpty && request.MayDraw(252)
        ? new Decision(252, "Cannot verify the user, but will take the message and try to deliver it")
        : Directory.Verify(request.Argument);

    /// <summary>What EXPN is told: by default what <see cref="Directory"/> knows.</summary>
    /// <param name="request">The command; its argument is the list.</param>
    public virtual Decision OnExpand(in SessionRequest request) => Directory.Expand(request.Argument);

    /// <summary>Whether HELP is given; the text comes from the specification.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnHelp(in SessionRequest request) => new(214, null);

    /// <summary>Whether the roles are turned; by default they are not (502).</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnTurn(in SessionRequest request) => Decision.NotImplemented;

    /// <summary>Whether the mail that waits for a host is sent now (RFC 1985 5.1); by default none ever waits (251).</summary>
    /// <param name="request">The command; its argument is the host's name, or with @ or # before it a domain or a queue.</param>
    public virtual Decision OnQueueStart(in SessionRequest request) => new(251, "No messages waiting");

    /// <summary>Whether the channel is secured now (RFC 3207 4): by default where <see cref="SessionSettings.OffersStartTls"/> says so,
    /// else 502.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnStartTls(in SessionRequest request) => request.OffersStartTls ? Decision.Accept : Decision.NotImplemented;

    /// <summary>
    /// Asked only where there are no <see cref="SessionSettings.Mechanisms"/>: what AUTH draws (RFC 4954 4): 235 where the client is
    /// authenticated at once, 334 with a challenge in base64 as its text, or a
    /// refusal; by default no mechanism is known (504).
    /// </summary>
    /// <param name="request">The command; its argument is the mechanism, and the initial response where there is one.</param>
    public virtual Decision OnAuthentication(in SessionRequest request) => Decision.Refuse(504, "Unrecognized authentication type");

    /// <summary>Asked likewise: what the answer to a challenge draws (RFC 4954 4): 235, another challenge, or a refusal; by default the
    /// last (535).</summary>
    /// <param name="request">The response; its argument is the line, in base64.</param>
    public virtual Decision OnResponse(in SessionRequest request) => Decision.Refuse(535, "Authentication credentials invalid");

    /// <summary>Any other command: RSET, NOOP, QUIT.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision OnOther(in SessionRequest request) => Decision.Accept;

    /// <summary>Whether there are terminals to send to (RFC 821 3.4); without, SEND, SOML and SAML draw 502.</summary>
    public virtual bool HasTerminals => false;

    /// <summary>The users and lists that VRFY and EXPN know.</summary>
    public virtual SiteDirectory Directory => SiteDirectory.Empty;

    /// <summary>Decides on a command by asking the method for it.</summary>
    /// <param name="request">The command.</param>
    public virtual Decision Decide(in SessionRequest request) => request.Verb switch
    {
        Verb.HELO or Verb.EHLO or Verb.LHLO => OnHello(request),
        Verb.MAIL or Verb.SEND or Verb.SOML or Verb.SAML => OnReversePath(request),
        Verb.RCPT => OnForwardPath(request),
        Verb.DATA => OnData(request),
        Verb.VRFY => OnVerify(request),
        Verb.EXPN => OnExpand(request),
        Verb.HELP => OnHelp(request),
        Verb.TURN => OnTurn(request),
        Verb.ETRN => OnQueueStart(request),
        Verb.STARTTLS => OnStartTls(request),
        Verb.AUTH => OnAuthentication(request),
        Verb.Response => OnResponse(request),
        _ => request.HasBlock ? OnChunk(request) : OnOther(request),
    };
}
