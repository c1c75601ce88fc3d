using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A server that is wrong in one place of the profile's transition table. It can be run in memory
/// (<see cref="InMemoryTarget.Of(Mutant, int)"/>) and over TCP (<see cref="EmbeddedServer.StartAsync(Profile, Mutant)"/>).
/// </summary>
public sealed class Mutant
{
    private readonly Lazy<TableOrder> _order;
    private readonly Lazy<MutantJudgement> _judgement;

    internal Mutant(
        MutantCatalogue catalogue,
        string id,
        MutantKind kind,
        Rule? rule,
        string does,
        Exchange exchange,
        Func<TableOrder, TableOrder> change
    )
    {
        (Catalogue, Id, Kind, Rule, Does, Exchange) = (catalogue, id, kind, rule, does, exchange);
        _order = new Lazy<TableOrder>(() => change(catalogue.Order));
        _judgement = new Lazy<MutantJudgement>(() => catalogue.Judge.Of(this));
    }

    /// <summary>Its permanent name, words and dots only, as <c>transfer.MailGiven.RCPT-250.Ready</c>.</summary>
    public string Id { get; }

    /// <summary>What kind of fault it has.</summary>
    public MutantKind Kind { get; }

    /// <summary>The rule whose edge or refusal it breaks.</summary>
    public Rule? Rule { get; }

    /// <summary>What it does wrong, in one sentence without a full stop.</summary>
    public string Does { get; }

    /// <summary>The profile it is a mutant of.</summary>
    public Profile Profile => Catalogue.Table.Profile;

    /// <summary>What can be said against it; worked out by comparing the machines when it is first asked for.</summary>
    public MutantClass Class => _judgement.Value.Class;

    /// <summary>A shortest session that shows that it breaks a rule, for a server that takes scripts; null when there is none.</summary>
    public TestSession? Killing => _judgement.Value.Killing;

    /// <summary>What the last exchange of <see cref="Killing"/> shows, as one line; null when there is none.</summary>
    public string? Shows => _judgement.Value.Shows;

    internal MutantCatalogue Catalogue { get; }

    /// <summary>The exchange that is changed, or whose state is.</summary>
    internal Exchange Exchange { get; }

    internal TableOrder Order => _order.Value;

    /// <summary>Its name and what it does.</summary>
    public override string ToString() => $"{Id}: {Does}";
}

/// <summary>What was made of a mutant.</summary>
internal sealed record MutantJudgement(MutantClass Class, TestSession? Killing = null, string? Shows = null);
