namespace SmtpModel.Machines;

/// <content>What the machine is described with: its rules and extensions, and what its commands are there for.</content>
public sealed partial class TransitionTable
{
    /// <summary>The rules as this profile states them.</summary>
    public IEnumerable<Rule> Rules => Machine.Vocabulary.Rules;

    /// <inheritdoc cref="Vocabulary.LineRules"/>
    public IEnumerable<Rule> LineRules => Machine.Vocabulary.LineRules;

    /// <summary>
    /// Those of <see cref="Regions"/> that say something of a session whatever it does, as that the channel is in TLS; the others
    /// are in their first state wherever nothing is held.
    /// </summary>
    public IReadOnlyList<Region> LastingRegions => field ??= [.. Regions.Where(region =>
        AllStates.Any(state => state.Holds.Count == 0 && state.Facts.Any(fact => fact != region.First && region.States.Contains(fact))))];

    /// <inheritdoc cref="Vocabulary.Keeping"/>
    public IReadOnlyDictionary<Command, Rule> Keeping => Machine.Vocabulary.Keeping;

    /// <inheritdoc cref="Vocabulary.Stated"/>
    public Rule? Stated(Rule rule) => Machine.Vocabulary.Stated(rule);

    /// <summary>The doubts and their readings.</summary>
    public IReadOnlyList<Doubt> Doubts => Machine.Vocabulary.Doubts;

    /// <summary>The replies to what goes wrong before a command's own rules apply.</summary>
    public FaultReplies Faults => Machine.Vocabulary.Faults;

    /// <summary>The name of the standard whose grammar arguments follow.</summary>
    public string Grammar => Machine.Vocabulary.Grammar;

    /// <summary>The command that ends a session; null in a specification that names none.</summary>
    public Command? Ending => Machine.Vocabulary.Ending;

    /// <summary>The rules on how a receiver behaves whatever the command.</summary>
    public ConductRules Conduct => Machine.Vocabulary.Conduct;

    /// <summary>The extensions, by keyword.</summary>
    public IReadOnlyList<ServiceExtension> Extensions => Machine.Vocabulary.Extensions;

    /// <summary>The parameters that extensions add to commands.</summary>
    public IReadOnlyList<Parameter> Parameters => Machine.Vocabulary.Parameters;

    /// <summary>The name of the site's value that a parameter's number is at most; null for what is bound otherwise, or not at
    /// all.</summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    public string? MostOfSite(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Limit is not null && parameter.Bound == OfferedBound.Most
            ? Extensions.FirstOrDefault(extension => extension.Keyword == parameter.Extension)?.FromSite?.Name : null;
    }

    /// <summary>What the texts of replies have to look like where an extension is offered.</summary>
    public IReadOnlyList<ReplyTextRule> ReplyTexts => Machine.Vocabulary.ReplyTexts;

    /// <summary>The command whose reply lists the extensions, as EHLO; null in a protocol without.</summary>
    public Command? Listing => Machine.Vocabulary.Listing;

    /// <summary>The commands that open a session; what one of them learned of extensions is gone when another is accepted.</summary>
    public IReadOnlyList<Command> Greeting => Machine.Vocabulary.Greeting;

    /// <summary>
    /// What an exchange does to the knowledge of which extensions are offered: it is learned (true) or forgotten (false); null where it
    /// stays as it is.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    public bool? LearnsOffer(Exchange exchange) =>
        Listing is null ? null
        : Machine.Forgetting.ContainsKey(exchange) ? false
        : exchange.IsAccepted && Greeting.Contains(exchange.Command) ? exchange.Command == Listing : null;

    /// <summary>Whether a TLS handshake comes behind an exchange, and what was said in clear is forgotten (RFC 3207 4.2).</summary>
    /// <param name="exchange">The exchange.</param>
    public bool Secures(Exchange exchange) => exchange.IsAccepted && Machine.Vocabulary.Securing.Contains(exchange.Command);

    /// <summary>Whether a message is handed over behind a command: what the buffers hold, with what the command itself brought.</summary>
    /// <param name="command">The command.</param>
    public bool Delivers(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Kind is InputKind.Data || Machine.Vocabulary.Delivering.Contains(command);
    }

    /// <summary>The command that a line is; null where no command has its keyword.</summary>
    /// <param name="line">The line without CRLF, one character for each octet.</param>
    public CommandUse? Recognize(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var (keyword, argument) = line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
            ? (line[..space], line[(space + 1)..]) : (line, "");
        var uses = Commands.Where(use => use.Command.Kind is InputKind.Line
            && use.Command.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase)).ToList();
        return uses.Find(use => use.Command.Variant?.IsMeantBy(argument) == true) ?? uses.Find(use => use.Command.Variant is null);
    }

    /// <summary>What a session knows beside where it is.</summary>
    public IReadOnlyList<Region> Regions => Machine.Regions;

    /// <summary>The exchanges behind which every region is in its first state again, each with the rule that says so.</summary>
    public IReadOnlyDictionary<Exchange, Rule> Forgetting => Machine.Forgetting;

    /// <summary>The rule by which commands may be sent in a group; null where they may not.</summary>
    public Rule? Grouping => Machine.Vocabulary.Grouping;

    /// <summary>
    /// The rule that each command of a group is answered, in order and as if it had come alone; null where there are no groups.
    /// </summary>
    public Rule? GroupAnswers => Machine.Vocabulary.GroupAnswers;

    /// <summary>The inputs that may stand anywhere in a group; every other one may only be its last.</summary>
    public IReadOnlySet<Command> Grouped => Machine.Vocabulary.Grouped;

    /// <summary>The inputs that draw a reply for each thing that a buffer holds; every other one draws exactly one.</summary>
    public IReadOnlyDictionary<Command, RepliesForEach> ForEach => Machine.Vocabulary.ForEach;

    /// <summary>How often commands may come, where a server says so in its reply to EHLO.</summary>
    public IReadOnlyList<CountLimit> CountLimits => Machine.Vocabulary.CountLimits;

    /// <summary>The extensions that every receiver has to offer, or should.</summary>
    public IReadOnlyList<DemandedOffer> DemandedOffers => Machine.Vocabulary.DemandedOffers;

    /// <summary>The parameter behind which paths may be in UTF-8, with the rule that says so; null where they may not.</summary>
    public (Rule Rule, Parameter Parameter)? Utf8Paths => Machine.Vocabulary.Utf8Paths;

    /// <summary>
    /// Whether a reply says something about the order itself ("out of order", "closing"), so that no row makes it an edge.
    /// </summary>
    /// <param name="code">The code.</param>
    public bool IsPlacedByTheOrder(int code) => Machine.Vocabulary.IsPlacedByTheOrder(code);

    /// <summary>The replies that say that the site demands something before it serves a command, as 530.</summary>
    public IReadOnlyList<int> Conditions => Machine.Vocabulary.Conditions;

    /// <summary>Whether a reply says that the site demands something before it serves a command, as 530 does.</summary>
    /// <param name="code">The code.</param>
    public bool IsCondition(int code) => Conditions.Contains(code);

    /// <summary>
    /// The commands that are served where the site demands first what an extension brings: those of
    /// <see cref="ServiceExtension.ServedFirst"/> that this profile has, what lists the extensions, and what secures the channel, without
    /// which nobody could give what is offered inside TLS only. None where nothing can be demanded.
    /// </summary>
    /// <param name="extension">The extension.</param>
    public IEnumerable<Command> ServedFirst(ServiceExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return extension.ServedFirst.Count == 0 ? []
            : extension.ServedFirst.Concat(Listing is { } listing ? [listing] : []).Union(Machine.Vocabulary.Securing)
                .Where(_commandIndex.ContainsKey);
    }

    /// <summary>The states of which a tag is true, as they are written; none where no part of the profile has any.</summary>
    /// <param name="tag">The tag.</param>
    public IReadOnlyList<State> Meaning(Tag tag) => Machine.Vocabulary.Meaning(tag);

    /// <summary>The rule that names the code with which a command is accepted; null where any of the same class says it as well.</summary>
    /// <param name="command">The command.</param>
    public Rule? AcceptanceDemands(Command command) => Machine.Vocabulary.Demanded.GetValueOrDefault(command);

    /// <summary>The rule that names the code which a malformed argument of a command draws; null where another says it as well.</summary>
    /// <param name="command">The command.</param>
    public Rule? MalformedDemands(Command command) => Machine.Vocabulary.DemandedOfMalformed.GetValueOrDefault(command);

    /// <summary>Whether a site counts it where a command fails, so that it may lock a client out.</summary>
    /// <param name="command">The command.</param>
    public bool CountsFailures(Command command) => Machine.Vocabulary.Attempts.Contains(command);
}
