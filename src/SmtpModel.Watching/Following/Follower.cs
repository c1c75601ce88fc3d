using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>
/// Follows a session from the octets of both sides, in the order in which they went, and says which side did what a rule does not
/// allow. The machine is the one of the profile with what the server offers; the server's replies are judged by the oracle of
/// <c>test</c>, what the client sends by <see cref="ClientRules"/>. What cannot be known is not judged. It may be used for one session
/// after the other; not safe for use by several threads.
/// </summary>
public sealed partial class Follower
{
    private const int LongestPart = 64 * 1024;
    private const int MostHeld = 1024 * 1024;

    private readonly OfferBook _book;
    private readonly BlameLog _log;
    private readonly FollowOptions _options;
    private readonly EvidenceRing _evidence = new();
    private readonly LoginVeil _veil = new();
    private readonly Queue<Input> _queue = new();
    private readonly ByteBuffer _clientPart = new();
    private readonly ByteBuffer _held = new();
    private readonly Offer _nothing;
    private Profile _base;
    private Offer _offer;
    private Grounds _grounds;
    private StateSet _states;
    private Mode _mode;
    private string _session = "";
    private bool _spoke;
    private bool _hasHello;
    private bool _hasEhlo;
    private bool _mailSent;
    private bool _rcptSent;
    private bool _quitSent;
    private bool _isClosing;
    private bool _isInside;
    private bool _isClosedByClient;
    private bool _isClosedByServer;
    private int _recipients;
    private int _refusals;
    private long _lastHeard;

    /// <summary>A follower that is told of no session yet.</summary>
    /// <param name="log">Where what is found goes.</param>
    /// <param name="options">What the recording can tell; that of a live channel when left out.</param>
    public Follower(BlameLog log, FollowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_log, _options, _book) = (log, options ?? new FollowOptions(), log.Book);
        _base = Profile;
        _grounds = OfferBook.Of(_base);
        _nothing = _offer = new Offer(ServiceOffer.None, _grounds);
    }

    /// <summary>Where in the recording the octets stand that come next, as a line or a packet; 0 where it is live.</summary>
    public long Place { get; set; }

    /// <summary>The time of the octets that come next, in milliseconds from any moment; negative where it is not known.</summary>
    public long Time { get; set; } = -1;

    /// <summary>Whether the side whose octets come next is known to have received all that the other has said so far.</summary>
    public bool HasRead { get; set; }

    /// <summary>The states that the session can be in, as names of the machine; empty where nobody can tell.</summary>
    public string State => _mode is Mode.Lost or Mode.Opaque or Mode.Handshake ? "" : EvidenceRing.StateName(_grounds, _states);

    /// <summary>Whether the server has agreed to STARTTLS, so that what follows is a handshake.</summary>
    public bool AwaitsHandshake => _mode is Mode.Handshake;

    /// <summary>Is told of each line, as it would stand in evidence; of mail data only of what is wrong in it, and of its end.</summary>
    public Action<EvidenceLine>? Said { get; set; }

    /// <summary>Whether nothing of the session can be judged from here on.</summary>
    public bool IsOpaque => _mode is Mode.Opaque;

    private Profile Profile => _options.Profile ?? Profiles.Rfc5321;

    /// <summary>A session begins.</summary>
    /// <param name="session">What it is called in reports. Safe to print.</param>
    /// <param name="isMiddle">Whether it may have begun before.</param>
    public void Begin(string session, bool isMiddle = false)
    {
        _session = session;
        _log.Sessions++;
        (_base, _offer, _grounds) = (Profile, _nothing, _nothing.Grounds);
        _queue.Clear();
        _clientPart.Clear();
        _held.Clear();
        _evidence.Clear();
        _veil.Clear();
        ClearReply();
        _dataDrew = 0;
        (_spoke, _hasHello, _hasEhlo, _mailSent, _rcptSent, _quitSent, _isClosing, _isInside) = (
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false
        );
        (_isClosedByClient, _isClosedByServer, _recipients, _refusals, _lastHeard) = (false, false, 0, 0, Time);
        BeginLine();
        if (isMiddle)
        {
            Lose();
            return;
        }

        (_mode, _states) = (Mode.Commands, _grounds.Oracle.Start);
        _queue.Enqueue(new Input { Column = _grounds.Opening });
    }

    /// <summary>The recording leaves the greeting out: the session is behind it.</summary>
    internal void WithoutGreeting()
    {
        if (_mode is Mode.Commands && _queue.Count == 1)
        {
            _queue.Clear();
            _states = _grounds.Oracle.Judge(_states, _grounds.Opening, default, 220).After;
            _hasGreeted = true;
        }
    }

    /// <summary>Octets that a side sent.</summary>
    /// <param name="side">The side.</param>
    /// <param name="octets">The octets, in any pieces.</param>
    public void Take(Side side, ReadOnlySpan<byte> octets)
    {
        if (_mode is Mode.Opaque || octets.IsEmpty)
        {
            return;
        }

        if (side is Side.Client)
        {
            ClientOctets(octets);
        }
        else
        {
            ServerOctets(octets);
        }

        _lastHeard = Time;
    }

    /// <summary>A line of a log, without its end.</summary>
    /// <param name="side">Who said it.</param>
    /// <param name="text">The line.</param>
    public void TakeLine(Side side, ReadOnlySpan<byte> text)
    {
        switch (_mode)
        {
            case Mode.Opaque:
                break;
            case var _ when side is Side.Server:
                ServerLine(text, LineEnding.Unknown);
                break;
            case Mode.Held:
                Hold(text);
                Hold("\r\n"u8);
                break;
            case Mode.Block:
                // a log shows of a chunk what it likes
                break;
            default:
                NoteEarly();
                ClientLine(text, LineEnding.Unknown);
                BeginLine();
                break;
        }

        _lastHeard = Time;
    }

    /// <summary>Octets of a side are missing.</summary>
    /// <param name="side">The side.</param>
    public void Gap(Side side)
    {
        if (_mode is not Mode.Opaque)
        {
            _log.NotJudged("octets are missing: not judged until it is known again where the session is");
            Lose();
        }

        _ = side;
    }

    /// <summary>The channel goes on inside TLS, and what is taken from here on is what is said in it.</summary>
    public void Secured()
    {
        if (_mode is Mode.Handshake or Mode.Opaque)
        {
            (_mode, _isInside) = (Mode.Commands, true);
            _clientPart.Clear();
            ClearReply();
            BeginLine();
        }
    }

    /// <summary>A side has closed the channel.</summary>
    /// <param name="side">The side.</param>
    /// <param name="isReset">Whether it was cut off and not closed in order.</param>
    public void Close(Side side, bool isReset = false)
    {
        if (side is Side.Client)
        {
            CloseClient(isReset);
            _isClosedByClient = true;
        }
        else
        {
            CloseServer(isReset);
            _isClosedByServer = true;

            // what is on its way has nobody to answer it
            _mode = Mode.Opaque;
        }
    }

    // the follower does not know any more where the session is
    private void Lose()
    {
        _mode = Mode.Lost;
        _veil.Suppose();
        _queue.Clear();
        _clientPart.Clear();
        _held.Clear();
        ClearReply();
        _isBehindGap = true;
        BeginLine();
        (_linesSinceReply, _exchangesInStep) = (0, 0);
        if (!_hasEhlo || !_offer.IsKnown)
        {
            _offer = OfferBook.Unknown(_base);
        }

        _grounds = _offer.Grounds;
        _states = StateSet.None;
    }

    private void Opaque(string why)
    {
        if (!_spoke && _options.MayBeginLate)
        {
            // no session of SMTP, as far as can be seen
            _log.Sessions--;
        }

        _mode = Mode.Opaque;
        _log.NotJudged(why);
    }

    private StateSet Projected()
    {
        var states = _states;
        foreach (var input in _queue)
        {
            states = _grounds.AnyAfter(states, input.Column);
        }

        return states;
    }

    // what is known changes grounds: states and what waits for a reply go with it
    private void MoveTo(Offer offer)
    {
        var (before, after) = (_grounds, offer.Grounds);
        _offer = offer;
        if (before == after)
        {
            return;
        }

        _states = _book.Map(_states, before, after);
        _grounds = after;
        for (var count = _queue.Count; count > 0; count--)
        {
            var input = _queue.Dequeue();
            var column = after.Column(before.Table.Commands[input.Column].Command);
            input.Column = column < 0 ? after.Unknown : column;
            _queue.Enqueue(input);
        }
    }
}
