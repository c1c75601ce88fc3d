using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>STARTTLS, AUTH, and what is refused where the site demands one of them first.</summary>
internal sealed partial class SmtpSession<TOrder>
{
    // "sufficient" (RFC 4954 4), and CRLF; the command itself has the limit of commands
    private const int MaxResponseLine = 12288 + 2;
    private readonly int _maxResponse;
    private readonly Demand? _tlsDemand;
    private readonly Demand? _loginDemand;
    private byte[] _response = [];

    public override void CompleteHandshake()
    {
        if (Status is not SessionStatus.Securing)
        {
            throw new InvalidOperationException("the session waits for no handshake");
        }

        // half a line that came in clear is not the beginning of one that comes inside
        _line.Clear();
        (IsSecured, Status) = (true, SessionStatus.Receiving);
    }

    public override void CompleteAuthentication(AuthenticationStep step)
    {
        if (Status is not SessionStatus.Authenticating)
        {
            throw new InvalidOperationException("the session waits for no step of an authentication exchange");
        }

        var verb = Mechanism is null ? Verb.Response : Verb.AUTH;
        ForgetResponse();
        Status = SessionStatus.Receiving;
        Answer(verb, DecisionOf(step), default);
        Identity = step.Identity;
    }

    private static Decision DecisionOf(in AuthenticationStep step) => step.Outcome switch
    {
        AuthenticationOutcome.Accepted => Decision.Accept,
        AuthenticationOutcome.Challenge => new Decision(334, Convert.ToBase64String(step.Challenge.Span)),
        AuthenticationOutcome.Malformed => Decision.Refuse(501, "Response does not fit the mechanism"),
        AuthenticationOutcome.Unavailable => Decision.Refuse(454, "Temporary authentication failure"),
        AuthenticationOutcome.TransitionNeeded => Decision.Refuse(432, "A password transition is needed"),
        AuthenticationOutcome.TooWeak => Decision.Refuse(534, "Authentication mechanism is too weak"),
        _ => Decision.Refuse(535, "Authentication credentials invalid"),
    };

    // The channel was secured before it was opened: the session is where it would be behind the handshake of STARTTLS, with a greeting
    // besides. Where the profile has no STARTTLS it makes no difference to the order.
    private void BeginSecured()
    {
        IsSecured = true;
        if (Status is SessionStatus.Receiving && _order.OutOfOrder(State, Verb.EHLO) == 0 && BehindHandshake() is { } secured)
        {
            State = secured;
        }
    }

    // where the row that secures the channel leads, in an order that is wrong on purpose too
    private SessionState? BehindHandshake() =>
        Array.Find(_orderObject.Rows?.Exchanges ?? [], exchange => (exchange.Effects & BufferEffects.Secure) != 0) is { } row
            ? _order.Next(row.From, row.Verb, row.Codes[0]).State : null;

    // AUTH with an argument that is well formed: a mechanism, and perhaps what the client begins with (RFC 4954 4)
    private void Authenticate(ReadOnlySpan<byte> argument)
    {
        if (!IsSecured && !Settings.AuthenticatesInClear)
        {
            Answer(Verb.AUTH, Decision.Refuse(538, "Encryption required for requested authentication mechanism"), default);
            return;
        }

        var space = argument.IndexOf((byte)' ');
        var name = Encoding.ASCII.GetString(space < 0 ? argument : argument[..space]);
        if (Settings.Mechanisms.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } mechanism)
        {
            Answer(Verb.AUTH, Decision.Refuse(504, "Unrecognized authentication type"), default);
            return;
        }

        var initial = argument[(space + 1)..];
        Await(mechanism, initial.SequenceEqual("="u8) ? default : initial);
        if (space < 0)
        {
            Response = null;
        }
    }

    // a line that answers a challenge: which of the inputs it is, its form says (RFC 4954 4)
    private void Respond(ReadOnlySpan<byte> line)
    {
        if (Fits(Verb.Cancel, line))
        {
            Answer(Verb.Cancel, Decision.Refuse(_order.NotAcceptable, "Authentication cancelled"), default);
        }
        else if (!Fits(Verb.Response, line))
        {
            Answer(Verb.Response, Decision.Refuse(_order.NotAcceptable, SyntaxFault.ArgumentSyntax.Describe()), default);
        }
        else if (Settings.Mechanisms.Count > 0)
        {
            Await(null, line);
        }
        else
        {
            Answer(Verb.Response, Policy.Decide(new SessionRequest(Verb.Response, line, default, _orderObject, this)), default);
        }
    }

    private bool Fits(Verb verb, ReadOnlySpan<byte> line) => _order.PatternOf(verb) is { } pattern && Arguments.Fits(pattern, line);

    // base64 that the specification's grammar has taken
    private void Await(string? mechanism, ReadOnlySpan<byte> base64)
    {
        _response = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        _ = Base64.DecodeFromUtf8(base64, _response, out _, out var length);
        (Mechanism, Response, Status) = (mechanism, _response.AsMemory(0, length), SessionStatus.Authenticating);
    }

    private void ForgetResponse()
    {
        CryptographicOperations.ZeroMemory(_response);
        (_response, Mechanism, Response) = ([], null, null);
    }

    private Decision? Demanded(Verb verb) =>
        _tlsDemand is { } tls && !IsSecured && !tls.Serves(verb) ? tls.Refusal
        : _loginDemand is { } login && Identity is null && !login.Serves(verb) ? login.Refusal : null;

    private Demand? DemandOf(string keyword, string text)
    {
        var extension = Array.Find(_orderObject.Rows?.Extensions ?? [], extension => extension.Keyword == keyword);
        return extension?.Demand is { } row ? new Demand(row, Decision.Refuse(row.Code, text))
            : throw new ArgumentException($"the profile {_order.Name} has no {keyword}, so it cannot be demanded");
    }

    private sealed class Demand(DemandRow row, Decision refusal)
    {
        public Decision Refusal => refusal;

        public bool Serves(Verb verb) => Array.IndexOf(row.Served, verb) >= 0;
    }
}
