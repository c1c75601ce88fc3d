using System.Runtime.CompilerServices;

namespace SmtpModel.Machines;

/// <summary>One standard's share of a machine: a base, what a newer standard changes in it, or an extension.</summary>
/// <param name="Describe">States commands, replies, parameters, rules and doubts.</param>
/// <param name="Order">Configures the states.</param>
/// <param name="File">The file it is written in; given by the compiler.</param>
/// <param name="Line">The line of that file on which it begins; given by the compiler.</param>
public sealed record ProfilePart(
    Action<Vocabulary> Describe,
    Action<ProtocolMachine> Order,
    [CallerFilePath] string File = "",
    [CallerLineNumber] int Line = 0
)
{
    /// <summary>Where it is written.</summary>
    internal SourcePlace Place => new(File, Math.Max(Line, 1));

    /// <summary>
    /// What EHLO lists when a server has it; null for a base. An extension only adds: it says nothing again that another part has
    /// said, so that any set of extensions gives one machine, in whatever order they are named.
    /// </summary>
    public ServiceExtension? Extension { get; init; }

    /// <summary>What has to be true of every session of a machine that this part belongs to; proved with the properties of the
    /// whole.</summary>
    public IReadOnlyList<Property> Properties { get; init; } = [];
}

/// <summary>
/// A named machine: a base and what is added to it, each part one standard. All parts are described first, then all
/// are put in order, so that a later part's replies are the ones an earlier part's order is made of.
/// </summary>
public sealed class Profile
{
    private readonly Lazy<TransitionTable> _table;
    private readonly Lazy<TransitionTable> _written;

    /// <summary>A profile made of parts.</summary>
    /// <param name="name">Its name on the command line, as <c>rfc821</c>.</param>
    /// <param name="title">What it is, in a few words.</param>
    /// <param name="parts">Its parts, the base first; the order in which extensions stand counts for nothing.</param>
    public Profile(string name, string title, params IReadOnlyList<ProfilePart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        (Name, Title) = (name, title);
        Parts = [.. parts.Where(part => part.Extension is null),
            .. parts.Where(part => part.Extension is not null).OrderBy(part => part.Extension!.Keyword, StringComparer.Ordinal)];
        _table = new Lazy<TransitionTable>(() => Flattening.Flatten(this));
        _written = new Lazy<TransitionTable>(() => Flattening.AsWritten(this));
    }

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Title { get; }

    /// <summary>Its parts: the base and what changes it, then the extensions by their keyword.</summary>
    public IReadOnlyList<ProfilePart> Parts { get; }

    /// <summary>The extensions among its parts, by keyword.</summary>
    public IEnumerable<ServiceExtension> Extensions => Parts.Select(part => part.Extension).OfType<ServiceExtension>();

    /// <summary>Some properties, and behind them those that its parts bring and that are not among them.</summary>
    /// <param name="properties">The properties that are asked for.</param>
    public IReadOnlyList<Property> WithOwn(IEnumerable<Property> properties) =>
        [.. properties.UnionBy(Parts.SelectMany(part => part.Properties), property => property.Name)];

    /// <summary>The flattened machine, made once by asking the machine itself.</summary>
    public TransitionTable Table => _table.Value;

    /// <summary>
    /// The machine as it is written, for pictures: what a session knows beside where it is stands beside the other states, and does not
    /// multiply them. No session follows it. Where there are no regions it is <see cref="Table"/>.
    /// </summary>
    public TransitionTable Written => Table.Regions.Count == 0 ? Table : _written.Value;

    /// <summary>A new machine as the parts define it.</summary>
    /// <exception cref="SpecificationException">The parts contradict each other.</exception>
    public ProtocolMachine BuildMachine()
    {
        var machine = new ProtocolMachine();
        foreach (var part in Parts)
        {
            machine.Vocabulary.Speaking = part;
            At(part, () =>
            {
                machine.Vocabulary.Describe(part.Describe);
                if (part.Extension is { } extension)
                {
                    machine.Vocabulary.Extension(extension);
                }
            });
        }

        machine.Vocabulary.Inherit();
        foreach (var part in Parts)
        {
            machine.Vocabulary.Speaking = part;
            At(part, () => part.Order(machine));
        }

        machine.Vocabulary.Speaking = null;
        return machine;
    }

    private static void At(ProfilePart part, Action say)
    {
        try
        {
            say();
        }
        catch (SpecificationException fault) when (fault.Place == SourcePlace.Unknown)
        {
            throw new SpecificationException(fault.Message, fault) { Place = part.Place };
        }
    }

    /// <summary>Where the extension of a keyword is written; null for none of this profile's.</summary>
    internal SourcePlace? PlaceOf(string? keyword) =>
        Parts.FirstOrDefault(part => part.Extension is { } extension && extension.Keyword == keyword)?.Place;

    /// <summary>This profile with further parts on top, under a name of its own.</summary>
    /// <param name="name">The new profile's name.</param>
    /// <param name="title">What it is.</param>
    /// <param name="parts">The parts that are added.</param>
    public Profile With(string name, string title, params IEnumerable<ProfilePart> parts) => new(name, title, [.. Parts, .. parts]);

    /// <summary>The profile's name.</summary>
    public override string ToString() => Name;
}
