namespace SmtpModel.Machines;

/// <summary>One standard's share of a machine.</summary>
/// <param name="Describe">States commands, replies, rules and doubts.</param>
/// <param name="Order">Configures the states.</param>
public sealed record ProfilePart(Action<Vocabulary> Describe, Action<ProtocolMachine> Order);

/// <summary>
/// A named machine: a base and what is added to it, each part one standard. All parts are described first, then all
/// are put in order, so that a later part's replies are the ones an earlier part's order is made of.
/// </summary>
public sealed class Profile
{
    private readonly Lazy<TransitionTable> _table;

    /// <summary>A profile made of parts.</summary>
    /// <param name="name">Its name on the command line, as <c>rfc821</c>.</param>
    /// <param name="title">What it is, in a few words.</param>
    /// <param name="parts">Its parts, the base first.</param>
    public Profile(string name, string title, params IReadOnlyList<ProfilePart> parts)
    {
        (Name, Title, Parts) = (name, title, parts);
        _table = new Lazy<TransitionTable>(() => Flattening.Flatten(this));
    }

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Title { get; }

    /// <summary>Its parts, the base first.</summary>
    public IReadOnlyList<ProfilePart> Parts { get; }

    /// <summary>The flattened machine, made once by asking the machine itself.</summary>
    public TransitionTable Table => _table.Value;

    /// <summary>A new machine as the parts define it.</summary>
    /// <exception cref="SpecificationException">The parts contradict each other.</exception>
    public ProtocolMachine BuildMachine()
    {
        var machine = new ProtocolMachine();
        foreach (var part in Parts)
        {
            machine.Vocabulary.Describe(part.Describe);
        }

        foreach (var part in Parts)
        {
            part.Order(machine);
        }

        return machine;
    }

    /// <summary>This profile with further parts on top, under a name of its own.</summary>
    /// <param name="name">The new profile's name.</param>
    /// <param name="title">What it is.</param>
    /// <param name="parts">The parts that are added.</param>
    public Profile With(string name, string title, params IEnumerable<ProfilePart> parts) => new(name, title, [.. Parts, .. parts]);

    /// <summary>The profile's name.</summary>
    public override string ToString() => Name;
}
