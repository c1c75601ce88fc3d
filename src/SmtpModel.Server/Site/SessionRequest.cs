using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>A command that is in order and well formed, for the site to decide on. Good only during the call.</summary>
public readonly ref struct SessionRequest
{
    private readonly ISessionOrder _order;
    private readonly SmtpSession _session;

    internal SessionRequest(Verb verb, ReadOnlySpan<byte> argument, PathArgument path, ISessionOrder order, SmtpSession session)
    {
        Verb = verb;
        Argument = argument;
        Path = path;
        _order = order;
        _session = session;
    }

    /// <summary>The command.</summary>
    public Verb Verb { get; }

    /// <summary>What came behind the keyword and its space; empty when nothing did.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>The octets that came behind the line, for a command that says how many (RFC 3030 2); empty for every other one.</summary>
    public ReadOnlySpan<byte> Block { get; internal init; }

    /// <summary>Whether the command is one that says how many octets come behind its line; there may be none.</summary>
    public bool HasBlock => _order.BlockOf(Verb) is not null;

    /// <summary>Where the parts of the path are in <see cref="Argument"/>, for a command that names one.</summary>
    public PathArgument Path { get; }

    /// <summary>The transaction's buffers so far.</summary>
    public IncomingMessage Message => _session.Message;

    /// <summary>Whether the channel is inside TLS.</summary>
    public bool IsSecured => _session.IsSecured;

    /// <summary>Who the client has shown to be (RFC 4954); null while nobody.</summary>
    public string? Identity => _session.Identity;

    /// <summary>The local-part of the path, as it was sent.</summary>
    public ReadOnlySpan<byte> LocalPart => Path.LocalPart.Of(Argument);

    /// <summary>The domain of the path; empty for the null reverse-path and for Postmaster alone.</summary>
    public ReadOnlySpan<byte> Domain => Path.Domain.Of(Argument);

    internal bool OffersStartTls => _session.Settings.OffersStartTls;

    /// <summary>Whether the session's profile lists a reply for this command.</summary>
    /// <param name="code">The reply's code.</param>
    public bool MayDraw(int code) => _order.Next(_session.State, Verb, code).IsPermitted;
}
