using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>The terminals of a site's users, for SEND, SOML and SAML (RFC 821 3.4). Called for many sessions at once.</summary>
public interface ITerminals
{
    /// <summary>Whether the user is active and accepts messages on the terminal.</summary>
    /// <param name="mailbox">The mailbox of the forward-path, without route and brackets.</param>
    bool IsActive(string mailbox);

    /// <summary>Shows a message on the user's terminal.</summary>
    /// <param name="mailbox">The mailbox of the forward-path, without route and brackets.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancelled when the delivery takes too long.</param>
    /// <returns>False when the user is not active any more or does not accept it.</returns>
    ValueTask<bool> SendAsync(string mailbox, StoredMessage message, CancellationToken cancellationToken);
}
