namespace SmtpModel.Testing.Engine;

/// <summary>A difference that a message showed.</summary>
/// <param name="Message">The message.</param>
/// <param name="Fault">The difference.</param>
/// <param name="Of">The case whose session sent it; null where none did.</param>
internal sealed record DeliveryNote(SentMessage Message, DeliveryFault Fault, PlayedCase? Of)
{
    /// <summary>What is played to see it again.</summary>
    public Scene Scene => Of?.Scene ?? new Scene(Message.Session.Moves);

    /// <summary>Whether its session is one of whole commands, which can be played again as such.</summary>
    public bool IsWhole => Scene.Manner is DataManner.Whole;

    /// <summary>What it is, for people.</summary>
    public string Told
    {
        get
        {
            var sent = Message.Session.Sent;
            var which = sent.Count > 1 ? $"message {sent.ToList().IndexOf(Message) + 1} of {sent.Count} in the session: " : "";
            return $"{which}expected {Fault.Expected}, came {Fault.Came}";
        }
    }
}

/// <summary>The differences that one case tells.</summary>
/// <param name="teller">The case.</param>
internal sealed class DeliveryGroup(PlayedCase teller)
{
    // a loss of one in so many messages is seen again nearly always: with e^-3 it is not
    private const int Least = 10;
    private const int Most = 60;
    private const int Sessions = 5;

    // what comes every time is a matter of the session, and what comes now and then is not
    private const int Times = 3;

    public PlayedCase Teller => teller;

    /// <summary>The plainest to show first.</summary>
    public List<DeliveryNote> Notes { get; init; } = [];

    /// <summary>How many sessions were played to see it again.</summary>
    public int Played { get; private set; }

    /// <summary>How many of these did.</summary>
    public int Again { get; private set; }

    /// <summary>Whether messages that were missed came later, or may have been taken away: then none can be said to be lost.</summary>
    public string? Excuse { get; set; }

    /// <summary>Whether it is a fault of the server. A loss has to be seen again; what is there and wrong has been seen.</summary>
    public bool IsSure => Excuse is null && Notes.Count > 0
        && (Again > 0 || (Notes[0].Fault.Kind is not DeliveryFaultKind.Lost && Distinct > 1));

    /// <summary>Whether its session shows it every time.</summary>
    public bool IsSteady => Played > 0 && Again == Played;

    private int Distinct => Notes.Select(note => note.Message.Session).Distinct().Count();

    /// <summary>What is played to see it again.</summary>
    /// <param name="messages">How many messages were looked at.</param>
    /// <param name="isLast">Whether one session was played already, and did not show it.</param>
    public IEnumerable<Scene> ToPlay(int messages, bool isLast)
    {
        List<Scene> scenes = [.. Notes.DistinctBy(note => note.Message.Session).Take(Sessions).Select(note => note.Scene)];
        var count = isLast ? Math.Clamp(3 * messages / Distinct, Least, Most) : Teller.Of.Play is null ? 1 : Times;
        return Enumerable.Range(0, count).Select(at => scenes[at % scenes.Count]);
    }

    public void PlayedAgain(IEnumerable<DeliveryFault> faults)
    {
        Played++;
        Again += faults.Any(fault => !fault.IsAllowed && Notes.Exists(note => note.Fault.Kind == fault.Kind)) ? 1 : 0;
    }

    /// <summary>Takes on what a case showed that does not show it every time.</summary>
    public void TakeOn(DeliveryGroup other)
    {
        Notes.AddRange(other.Notes);
        (Played, Again) = (Played + other.Played, Again + other.Again);
    }

    /// <summary>What is said where it is not sure.</summary>
    public string Doubt =>
        Excuse is { } excuse
            ? $"{excuse}: {Notes[0].Told}"
            : $"seen {(Distinct == 1 ? "once" : $"in {Distinct} sessions")} and not again in "
                + $"{Played} {(Played == 1 ? "more session" : "more sessions")}: {Notes[0].Told}";
}
