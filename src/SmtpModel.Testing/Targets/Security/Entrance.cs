using System.Globalization;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Logs in on the connections to a server (RFC 4954). A password that was refused before any was taken is not tried again, and
/// after three refusals in all none is, for servers lock out who tries on.
/// </summary>
/// <param name="login">Who logs in.</param>
/// <param name="target">What the server is called.</param>
internal sealed class Entrance(Login login, string target) : IDisposable
{
    // RFC 4954 9: a server should bear with as many
    private const int MostRefusals = 3;

    /// <summary>The keyword it is offered with.</summary>
    public static readonly string Keyword = Spec.Rfc4954.AUTH.Name;

    // those that show the password to nobody come first
    private static readonly string[] Preferred = ["SCRAM-SHA-256", "CRAM-MD5", "PLAIN", "LOGIN"];

    private readonly SemaphoreSlim _first = new(1);
    private readonly SemaphoreSlim _several = new(MostRefusals - 1);
    private volatile bool _isKnown;
    private volatile string? _refused;
    private int _refusals;

    /// <summary>The mechanism of the last login that was taken; null before one was.</summary>
    public string? Mechanism { get; private set; }

    /// <summary>Whether the password was refused and is not tried again, and why; null when it may be tried.</summary>
    public string? Refused => _refused;

    /// <summary>Logs in.</summary>
    /// <param name="session">The connection, behind a reply to EHLO that accepts it.</param>
    /// <param name="offer">What that reply offers.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was done, to be shown; without secrets.</returns>
    /// <exception cref="TargetUnreachableException">The login is refused, and would be again.</exception>
    /// <exception cref="SessionLostException">It is refused or put off on this connection, and was taken on others.</exception>
    public async ValueTask<string> LogInAsync(TcpSession session, ServiceOffer offer, CancellationToken cancellation)
    {
        // two at a time at most: where both are refused, one more is the third refusal, and no other is under way then
        await _several.WaitAsync(cancellation);
        try
        {
            return _isKnown && Volatile.Read(ref _refusals) == 0
                ? await TryAsync(session, offer, cancellation)
                : await AloneAsync(session, offer, cancellation);
        }
        finally
        {
            _several.Release();
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _several.Dispose();
    }

    // one after the other, until one was taken and where one was refused: what is wrong is not to be tried by several at once
    private async ValueTask<string> AloneAsync(TcpSession session, ServiceOffer offer, CancellationToken cancellation)
    {
        await _first.WaitAsync(cancellation);
        try
        {
            return _refused is { } refused ? throw new TargetUnreachableException(refused) : await TryAsync(session, offer, cancellation);
        }
        finally
        {
            _first.Release();
        }
    }

    private async ValueTask<string> TryAsync(TcpSession session, ServiceOffer offer, CancellationToken cancellation)
    {
        var (name, why) = Choose(offer, session.IsSecure);
        if (name is null)
        {
            throw Failed(why!);
        }

        var dialogue = new SaslDialogue(session, login, name);
        if (await dialogue.RunAsync(cancellation) is not { } trouble)
        {
            (_isKnown, Mechanism) = (true, name);
            return $"authenticated as {Printable.Text(login.User)} with {name}";
        }

        var isRefusal = trouble.Code / 100 == 5;
        if (isRefusal && (!_isKnown || Interlocked.Increment(ref _refusals) >= MostRefusals))
        {
            _isKnown = false;
            _refused =
                $"{target}: the server refuses the login of {Printable.Text(login.User)} with {name}: "
                    + $"{trouble.Said}{Hint(session, offer, trouble.Code)}; it is not tried again";
            throw new TargetUnreachableException(_refused);
        }

        throw Failed(
            trouble.Code / 100 == 4
                ? $"the server puts the login of {Printable.Text(login.User)} off: {trouble.Said}; wait and try again"
                : $"the login of {Printable.Text(login.User)} with {name} is not over: {trouble.Said}"
        );
    }

    // where it has worked before, it is this session that is lost, and no more
    private Exception Failed(string why) => _isKnown ? new SessionLostException(why) : new TargetUnreachableException($"{target}: {why}");

    // RFC 4954 6: 530 and 538 ask for TLS, 534 for a stronger mechanism
    private static string Hint(TcpSession session, ServiceOffer offer, int code) =>
        code switch
        {
            530 or 538 when !session.IsSecure =>
                $"; it wants TLS first: {(offer.Lists(StartTls.Keyword) ? "--tls starttls" : "--tls implicit or --tls starttls")}",
            534 => "; --mechanism names a stronger one",
            _ => "",
        };

    private (string? Name, string? Why) Choose(ServiceOffer offer, bool isSecure)
    {
        var elsewhere = !isSecure && offer.Lists(StartTls.Keyword) ? " in clear; --tls starttls logs in inside TLS" : "";
        if (offer[Keyword]?.Parameters is not { Count: > 0 } listed)
        {
            return (null, $"the server offers no {Keyword}{elsewhere}, so {Printable.Text(login.User)} cannot log in");
        }

        var offered = string.Join(", ", listed.Select(one => Printable.Text(one)));
        var ours = login.Mechanism is { } wanted ? [wanted] : Preferred;
        var common = ours.Where(one => listed.Contains(one, StringComparer.OrdinalIgnoreCase)).ToList();
        if (common.Count == 0)
        {
            return (null, login.Mechanism is { } named ? $"the server does not offer the mechanism {named}{elsewhere}; it offers {offered}"
                : $"the server offers none of {string.Join(", ", ours)}{elsewhere}, but {offered}; --mechanism names another");
        }

        return common.Find(one => isSecure || login.MaySendInClear || !SaslClient.ShowsSecret(one)) is { } name
            ? (name, null)
            : (
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a password is not sent as it is outside TLS, and {common[0]} does that; --tls starttls or --tls implicit, or --tls "
                        + $"none where in clear is meant"
                )
            );
    }
}
