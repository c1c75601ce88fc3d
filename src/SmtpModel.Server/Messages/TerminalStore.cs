using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// Delivers what SEND, SOML and SAML began to terminals, mailboxes, or both (RFC 821 3.4), and what MAIL began to mailboxes.
/// A site's policy that takes these commands has <see cref="SitePolicy.HasTerminals"/>; it may draw 450 for an inactive
/// user at RCPT already.
/// </summary>
/// <param name="terminals">The terminals.</param>
/// <param name="mailboxes">The store that is the mailboxes.</param>
public sealed class TerminalStore(ITerminals terminals, IMessageStore mailboxes) : IMessageStore
{
    // in the row of the end of data in both profiles, and the client may try again
    private static readonly Decision NotActive = Decision.Refuse(451, "User not active on a terminal");

    /// <inheritdoc/>
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Kind switch
        {
            DeliveryKind.Terminal => SendAsync(message, cancellationToken),
            DeliveryKind.TerminalOrMailbox => SendOrMailAsync(message, trace, cancellationToken),
            DeliveryKind.TerminalAndMailbox => SendAndMailAsync(message, trace, cancellationToken),
            _ => mailboxes.StoreAsync(message, trace, cancellationToken),
        };
    }

    // to every terminal or, as far as can be told before, to none
    private async ValueTask<Decision> SendAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var users = Recipients.MailboxesOf(message);
        if (!users.All(terminals.IsActive))
        {
            return NotActive;
        }

        var copy = message.Copy();
        var isComplete = true;
        foreach (var user in users)
        {
            isComplete &= await terminals.SendAsync(user, copy, cancellationToken);
        }

        return isComplete ? Decision.Accept : NotActive;
    }

    // mailboxes first, so that nothing has been shown when they refuse
    private async ValueTask<Decision> SendOrMailAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var users = Recipients.MailboxesOf(message);
        var active = users.Select(terminals.IsActive).ToArray();
        var outcome = await MailAsync(message, index => !active[index], trace, cancellationToken);
        if (outcome.Code is >= 400)
        {
            return outcome;
        }

        var copy = message.Copy();
        var unsent = new bool[users.Count];
        for (var index = 0; index < users.Count; index++)
        {
            unsent[index] = active[index] && !await terminals.SendAsync(users[index], copy, cancellationToken);
        }

        return await MailAsync(message, index => unsent[index], trace, cancellationToken);
    }

    private async ValueTask<Decision> SendAndMailAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var outcome = await mailboxes.StoreAsync(message, trace, cancellationToken);
        if (outcome.Code is >= 400)
        {
            return outcome;
        }

        // the mailbox decides; a terminal that has gone meanwhile changes nothing
        var copy = message.Copy();
        foreach (var user in Recipients.MailboxesOf(message).Where(terminals.IsActive))
        {
            _ = await terminals.SendAsync(user, copy, cancellationToken);
        }

        return outcome;
    }

    private ValueTask<Decision> MailAsync(
        IncomingMessage message,
        Func<int, bool> isMeant,
        MessageTrace trace,
        CancellationToken cancellationToken
    )
    {
        var meant = Enumerable.Range(0, message.RecipientCount).Where(isMeant).ToArray();
        return meant.Length == 0
            ? new(Decision.Accept)
            : mailboxes.StoreAsync(
                meant.Length == message.RecipientCount ? message : Recipients.Only(message, meant),
                trace,
                cancellationToken
            );
    }
}
