using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>One playing of one case: the connections it opens, and what was said on them.</summary>
internal sealed class WireRun(
    WireModel model,
    WireOptions options,
    Palette palette,
    Door door,
    bool isAlone,
    CancellationToken cancellation
)
{
    public WireModel Model => model;

    public WireOptions Options => options;

    public Fence Fence { get; } = options.Fence ?? new Fence(model.Table);

    public Palette Palette => palette;

    public CancellationToken Cancellation => cancellation;

    public Transcript Transcript { get; } = new();

    public WireScript Script { get; } = new();

    public long Sessions { get; private set; }

    /// <summary>Whether it has to be played again with nobody else on the server, which serves few sessions at a time.</summary>
    public bool IsCrowded { get; private set; }

    // sessions of this run that are open
    private int _open;

    /// <summary>Whether there is a pause before each command, in which a reply too many shows itself.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether each session is ended with what shows that it drew as many replies as were read.</summary>
    public bool IsCounted { get; init; }

    /// <summary>
    /// Whether no longer is waited for what should not come than this server takes to answer, nor at all where the end of the session
    /// shows
    /// it. Only a case that is kept may be believed then.
    /// </summary>
    public bool IsHasty { get; init; }

    /// <summary>The longest that a reply took to come; zero before the first.</summary>
    public TimeSpan Slowest { get; set; }

    /// <summary>Whether it was hasty anywhere.</summary>
    public bool HasHurried { get; set; }

    /// <summary>Whether there was a session that did not end with as many replies as inputs.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Whether something was put off with a 4yz reply.</summary>
    public bool IsPutOff { get; set; }

    /// <summary>A reply that came in such a pause; null when none did.</summary>
    public Observation? Unasked { get; set; }

    /// <summary>What the server closed the channel on without a word, though all that came was plain and accepted; null when it did
    /// not.</summary>
    public string? Lost { get; set; }

    /// <summary>Whether what a keyword offers has been done before the case began.</summary>
    public bool HasUsed(string keyword) => (door.Target as TcpTarget)?.HasUsed(keyword) is true;

    /// <summary>The line that logs in where no certificate was looked at; null where nobody may, or the password would be seen.</summary>
    public string? LoginInClear(ServiceOffer offer) => (door.Target as TcpTarget)?.LoginInClear(offer);

    /// <summary>Plays a control, which shows nothing by itself.</summary>
    public async Task<WireOutcome> AsideAsync(Func<WireRun, Task<WireOutcome>> play)
    {
        var aside = new WireRun(model, options, palette, door, isAlone, cancellation)
        {
            IsHasty = IsHasty,
            IsCounted = IsCounted,
        };
        var outcome = await play(aside);
        Sessions += aside.Sessions;
        IsCrowded |= aside.IsCrowded;
        HasHurried |= aside.HasHurried;
        IsInDoubt |= aside.IsInDoubt;
        return outcome;
    }

    /// <summary>Plays on a new connection; one that the server will not serve, or that cannot be had, leaves the case undecided.</summary>
    public async Task<WireOutcome> TalkAsync(Func<WireTalk, Task<WireOutcome>> play)
    {
        if (_open > 0 && door.IsNarrow && !isAlone)
        {
            IsCrowded = true;
            return WireOutcome.Undecided("it takes two sessions at a time");
        }

        Visit visit;
        try
        {
            visit = _open > 0 ? await door.EnterBesideAsync(cancellation) : await door.EnterAsync(cancellation);
        }
        catch (TargetUnreachableException fault)
        {
            return WireOutcome.Undecided(fault.Message);
        }

        await using (visit)
        {
            if (visit.Session is null)
            {
                return WireOutcome.Undecided(_open > 0 ? $"it takes two sessions at a time: {visit.Refused}" : visit.Refused!);
            }

            _open++;
            visit.Said = (Transcript, null);
            try
            {
                return await TalkAsync(visit.Session, play);
            }
            catch (SessionLostException lost)
            {
                return WireOutcome.Undecided(lost.Message);
            }
            finally
            {
                _open--;
            }
        }
    }

    private async Task<WireOutcome> TalkAsync(ITargetSession session, Func<WireTalk, Task<WireOutcome>> play)
    {
        Sessions++;
        Script.Open();
        var talk = new WireTalk(
            session as IWireSession ?? throw new ArgumentException("the wire cases need a target of octets, as a TcpTarget", nameof(play)),
            this
        );
        Transcript.Add(new TranscriptLine(model.Table.Start.Name, null, $"{talk.Greeting.Told()} (a new connection)", Verdict.Pass));
        try
        {
            var outcome = talk.Greeting.IsAccepted()
                ? await play(talk)
                : WireOutcome.Undecided($"the server would not begin a session: {talk.Greeting}");
            IsInDoubt |= (IsCounted || outcome == WireOutcome.Kept) && !await talk.IsBalancedAsync(IsCounted);
            return outcome;
        }
        finally
        {
            Script.Close();
        }
    }

    /// <summary>Forgets what was said so far: it was a control, and shows nothing.</summary>
    public void Forget()
    {
        Transcript.Clear();
        Script.Clear();
    }
}
