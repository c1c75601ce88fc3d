using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>What a session needs next from whoever drives it.</summary>
public enum SessionStatus
{
    /// <summary>More octets from the client.</summary>
    Receiving,

    /// <summary>
    /// The outcome of the delivery of <see cref="SmtpSession.Message"/>, or of its delivery to <see cref="SmtpSession.AwaitedRecipient"/>,
    /// by <see cref="SmtpSession.CompleteDelivery"/>.
    /// </summary>
    Delivering,

    /// <summary>
    /// A TLS handshake, by <see cref="SmtpSession.CompleteHandshake"/>: send what is left of the output, throw away all that the client
    /// sent in clear and that was not taken, and make the handshake (RFC 3207 4). Where it fails the session is over.
    /// </summary>
    Securing,

    /// <summary>
    /// The next step of the authentication exchange, by <see cref="SmtpSession.CompleteAuthentication"/>: what the client sent is in
    /// <see cref="SmtpSession.Mechanism"/> and <see cref="SmtpSession.Response"/>.
    /// </summary>
    Authenticating,

    /// <summary>Nothing: send what is left of the output and close the channel.</summary>
    Ended,
}

/// <summary>
/// One SMTP session of the receiver, octets in and octets out. It does no I/O and keeps no time: whoever drives it
/// carries octets, stores messages, and says when it is time to give up. Not for use by two threads at once.
/// </summary>
public abstract class SmtpSession
{
    private protected SmtpSession(SessionSettings settings, SitePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(policy);
        (Settings, Policy) = (settings, policy);
    }

    /// <summary>The settings the session was made with.</summary>
    public SessionSettings Settings { get; }

    /// <summary>The control state of the protocol.</summary>
    public SessionState State { get; private protected set; }

    /// <summary>What the session needs next.</summary>
    public SessionStatus Status { get; private protected set; }

    /// <summary>Whether the session ended because TURN was accepted: the channel is now the sender's role to play (RFC 821 3.8).</summary>
    public bool IsTurned { get; private protected set; }

    /// <summary>
    /// Whether the session waits for a block of mail data rather than for a command line. Time limits differ (RFC 5321 4.5.3.2).
    /// </summary>
    public abstract bool IsReceivingData { get; }

    /// <summary>Whether what is said goes through TLS.</summary>
    public bool IsSecured { get; private protected set; }

    /// <summary>Who the client has shown to be; null while it is nobody.</summary>
    public string? Identity { get; private protected set; }

    /// <summary>The mechanism of the AUTH that begins an exchange; null where a challenge is answered.</summary>
    public string? Mechanism { get; private protected set; }

    /// <summary>
    /// The initial response, or the answer to the last challenge, decoded from base64; null where AUTH brought none. It is wiped by
    /// <see cref="CompleteAuthentication"/>.
    /// </summary>
    public ReadOnlyMemory<byte>? Response { get; private protected set; }

    /// <summary>Command lines and blocks of mail data answered so far. What makes no progress does not count.</summary>
    public long Exchanges { get; private protected set; }

    /// <summary>The transaction's buffers: reverse-path, forward-paths, mail data. What is given out is good until the next
    /// call.</summary>
    public IncomingMessage Message { get; } = new();

    /// <summary>What is to be sent, in order. Good until the next call.</summary>
    public ReadOnlyMemory<byte> Output => OutputBuffer.WrittenMemory;

    private protected SitePolicy Policy { get; }

    private protected ByteBuffer OutputBuffer { get; } = new(512);

    /// <summary>A session of a profile.</summary>
    /// <param name="profile">The profile's name, as <c>rfc5321</c>.</param>
    /// <param name="settings">Names and limits.</param>
    /// <param name="policy">The site's decisions.</param>
    /// <exception cref="ArgumentException">There is no profile of this name.</exception>
    public static SmtpSession Create(string profile, SessionSettings settings, SitePolicy policy) =>
        GeneratedOrders.Create(profile, settings, policy)
        ?? throw new ArgumentException(
            $"there is no profile '{profile}'; there are {string.Join(" and ", ProfileNames)}",
            nameof(profile)
        );

    /// <summary>The profiles a session can be made of.</summary>
    public static IReadOnlyList<string> ProfileNames { get; } = GeneratedOrders.Names;

    internal static SmtpSession Create<TOrder>(TOrder order, SessionSettings settings, SitePolicy policy)
        where TOrder : struct, ISessionOrder => new SmtpSession<TOrder>(order, settings, policy);

    /// <summary>The channel has been opened: the session puts its greeting into the output.</summary>
    /// <param name="isSecured">Whether it goes through TLS already (RFC 8314 3.3); the session is then as it is behind STARTTLS.</param>
    /// <exception cref="InvalidOperationException">The session has been opened before, or the site's policy answered with a code that the
    /// greeting may not be.</exception>
    public abstract void Open(bool isSecured);

    /// <summary>The same for a channel in clear.</summary>
    public void Open() => Open(isSecured: false);

    /// <summary>Takes octets from the client, in any split, and puts replies into the output.</summary>
    /// <param name="input">The octets.</param>
    /// <returns>
    /// How many were taken. Fewer than all when the session waits for a delivery, has ended, or wants its output sent
    /// first; the rest is to be given again.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The session has not been opened, or the site's policy answered with a code that the command may not draw here.
    /// </exception>
    public abstract int Receive(ReadOnlySpan<byte> input);

    /// <summary>
    /// The place of the forward-path whose outcome is waited for, from 0, where each is answered by itself (RFC 2033 4.2); -1 where one
    /// outcome is that of the whole message, and where none is waited for.
    /// </summary>
    public int AwaitedRecipient { get; private protected set; } = -1;

    /// <summary>
    /// Says what became of the message, or of the message for <see cref="AwaitedRecipient"/>; the reply goes into the output. The session
    /// waits for deliveries until each that it waits for has an outcome.
    /// </summary>
    /// <param name="outcome">Acceptance, or a refusal with a code of the end of data (RFC 821 4.3, RFC 5321 4.3.2).</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this, or the code is none that the end of data may
    /// draw.</exception>
    public abstract void CompleteDelivery(Decision outcome);

    /// <summary>The TLS handshake has been made: what comes now comes through it. What was said before is forgotten already (RFC 3207
    /// 4.2).</summary>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public abstract void CompleteHandshake();

    /// <summary>Says how the authentication exchange goes on; the reply goes into the output.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public abstract void CompleteAuthentication(AuthenticationStep step);

    /// <summary>Ends the session with 421: it has waited too long, or the service shuts down. Does nothing when it has ended.</summary>
    /// <param name="reason">The text of the reply.</param>
    public abstract void ShutDown(string reason);

    /// <summary>All output has been sent.</summary>
    public void ClearOutput()
    {
        OutputBuffer.Clear();
        OutputBuffer.Trim(16 * 1024);
    }

    /// <summary>Makes the session new, to be opened again; its memory is kept.</summary>
    public abstract void Reset();
}
