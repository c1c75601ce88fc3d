namespace SmtpModel.Machines;

/// <summary>A claim about every session a machine allows, under a name and with the clause it comes from.</summary>
/// <param name="Name">A short name, words joined by hyphens, as <c>data-after-rcpt</c>.</param>
/// <param name="Clause">Where the standard asks for it.</param>
/// <param name="Asks">What it says, in one sentence.</param>
public abstract record Property(string Name, Clause Clause, string Asks)
{
    /// <summary>Whether it is about commands that are sent in groups.</summary>
    public bool IsAboutGroups => Conditions.Any(SpeaksOfGroups);

    private protected abstract IEnumerable<Condition?> Conditions { get; }

    private static bool SpeaksOfGroups(Condition? condition) => condition switch
    {
        GroupCondition => true,
        NotCondition not => SpeaksOfGroups(not.Inner),
        BothCondition both => SpeaksOfGroups(both.Left) || SpeaksOfGroups(both.Right),
        EitherCondition either => SpeaksOfGroups(either.Left) || SpeaksOfGroups(either.Right),
        _ => false,
    };

    /// <summary>This never happens.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clause">Where the standard asks for it.</param>
    /// <param name="asks">What it says.</param>
    /// <param name="what">What never happens.</param>
    public static Property Never(string name, Clause clause, string asks, Condition what) =>
        new AbsenceProperty(name, clause, asks, what, FromStart: true, After: null, Until: null);

    /// <summary>This happens only when something else has happened, once from the start and again behind each
    /// <paramref name="anewBehind"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clause">Where the standard asks for it.</param>
    /// <param name="asks">What it says.</param>
    /// <param name="what">What has to wait.</param>
    /// <param name="after">What it has to wait for; it may come at the same moment.</param>
    /// <param name="anewBehind">What makes it wait again, from the next moment on; nothing when null.</param>
    public static Property Only(string name, Clause clause, string asks, Condition what, Condition after, Condition? anewBehind = null) =>
        new AbsenceProperty(name, clause, asks, what, FromStart: true, anewBehind, after);

    /// <summary>Behind one thing another does not happen any more, for good or until a third.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clause">Where the standard asks for it.</param>
    /// <param name="asks">What it says.</param>
    /// <param name="what">What does not happen.</param>
    /// <param name="behind">From the moment after this.</param>
    /// <param name="until">Until this; for good when null.</param>
    public static Property Not(string name, Clause clause, string asks, Condition what, Condition behind, Condition? until = null) =>
        new AbsenceProperty(name, clause, asks, what, FromStart: false, behind, until);

    /// <summary>Each time one thing happens the other follows sooner or later, whatever both sides do.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clause">Where the standard asks for it.</param>
    /// <param name="asks">What it says.</param>
    /// <param name="first">The one thing.</param>
    /// <param name="then">The other; it may come at the same moment.</param>
    public static Property LeadsTo(string name, Clause clause, string asks, Condition first, Condition then) =>
        new ResponseProperty(name, clause, asks, first, then);

    /// <summary>From every moment something can still be brought about, if both sides play along.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clause">Where the standard asks for it.</param>
    /// <param name="asks">What it says.</param>
    /// <param name="goal">What can be brought about.</param>
    /// <param name="except">Where it need not be; nowhere when null.</param>
    public static Property CanAlways(string name, Clause clause, string asks, Condition goal, Condition? except = null) =>
        new PossibilityProperty(name, clause, asks, goal, except);
}

/// <summary>Something does not happen within a scope. In LTL: <c>[](After -> X(!What W Until))</c>, and from the start without the first
/// part.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Clause">Where the standard asks for it.</param>
/// <param name="Asks">What it says.</param>
/// <param name="What">What does not happen.</param>
/// <param name="FromStart">Whether a scope begins with the session.</param>
/// <param name="After">What a scope begins behind; none other when null.</param>
/// <param name="Until">What ends all scopes, at its own moment already; nothing does when null.</param>
public sealed record AbsenceProperty(
    string Name,
    Clause Clause,
    string Asks,
    Condition What,
    bool FromStart,
    Condition? After,
    Condition? Until
) : Property(Name, Clause, Asks)
{
    private protected override IEnumerable<Condition?> Conditions => [What, After, Until];
}

/// <summary>One thing is always followed by another. In LTL: <c>[](First -> &lt;>Then)</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Clause">Where the standard asks for it.</param>
/// <param name="Asks">What it says.</param>
/// <param name="First">The one thing.</param>
/// <param name="Then">The other.</param>
public sealed record ResponseProperty(string Name, Clause Clause, string Asks, Condition First, Condition Then)
    : Property(Name, Clause, Asks)
{
    private protected override IEnumerable<Condition?> Conditions => [First, Then];
}

/// <summary>Something can always be brought about. In CTL: <c>AG(!Except -> EF Goal)</c>; LTL cannot say it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Clause">Where the standard asks for it.</param>
/// <param name="Asks">What it says.</param>
/// <param name="Goal">What can be brought about.</param>
/// <param name="Except">Where it need not be.</param>
public sealed record PossibilityProperty(string Name, Clause Clause, string Asks, Condition Goal, Condition? Except)
    : Property(Name, Clause, Asks)
{
    private protected override IEnumerable<Condition?> Conditions => [Goal, Except];
}
