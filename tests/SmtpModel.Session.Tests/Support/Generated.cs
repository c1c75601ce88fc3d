using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>The generated orders, and what the specification's words are called in them.</summary>
internal static class Generated
{
    private static readonly Dictionary<string, ISessionOrder> Orders = new ISessionOrder[]
    {
        Rfc821Order.Table,
        Rfc5321Order.Table,
        EsmtpOrder.Table,
        EsmtpsaOrder.Table,
        LmtpOrder.Table,
    }.ToDictionary(order => order.Name);

    public static ISessionOrder Order(string profile) => Orders[profile];

    /// <summary>A session of a profile: as it is generated, or of one that is composed just now.</summary>
    public static SmtpSession Session(string profile, SessionSettings settings, SitePolicy policy) =>
        Testing.Engine.ProfileSessions.Of(Profiles.Find(profile)!)(settings, policy);

    public static SessionState Of(State state) => Enum.Parse<SessionState>(state.Name);

    public static Verb Of(Command command) => Enum.Parse<Verb>(Joined(command.Name), ignoreCase: true);

    public static ArgumentKind Of(Argument argument) =>
        argument.Value is null ? Enum.Parse<ArgumentKind>(Joined(argument.Name), ignoreCase: true) : ArgumentKind.Patterned;

    public static BufferEffects Of(IEnumerable<Effect> effects) => effects
        .Select(effect => Enum.Parse<BufferEffects>(effect.Kind + Joined(effect.Buffer.Name), ignoreCase: true))
        .Aggregate(BufferEffects.None, (all, one) => all | one);

    /// <summary>What an exchange does to the list of extensions.</summary>
    public static BufferEffects Offer(TransitionTable table, Exchange exchange) =>
        table.Profile.Name == "esmtpsa" && exchange == Rfc3207.STARTTLS / 220 ? BufferEffects.ForgetOffer | BufferEffects.Secure
        : !exchange.IsAccepted || table.Listing is null || !table.Greeting.Contains(exchange.Command) ? BufferEffects.None
        : exchange.Command == table.Listing ? BufferEffects.LearnOffer : BufferEffects.ForgetOffer;

    /// <summary>Replies without their enhanced status codes, for tests that every profile has to pass; what these are has tests of its
    /// own.</summary>
    public static string WithoutEnhancedCodes(string text) => Regex.Replace(text, @"(?m)^([0-9]{3}[ -])[245]\.[0-9]+\.[0-9]+ ", "$1");

    public static TransitionTable Table(string profile) =>
        (Profiles.Find(profile) ?? throw new ArgumentException(profile, nameof(profile))).Table;

    /// <summary>Octets with the greeting of a profile in place of the one of SMTP, so that one test is for all.</summary>
    public static string Greeted(string profile, string octets) =>
        Table(profile).Greeting is [.., var greeting] && greeting.Name == "LHLO"
            ? octets.Replace("HELO", greeting.Name, StringComparison.Ordinal).Replace("EHLO", greeting.Name, StringComparison.Ordinal)
            : octets;

    private static string Joined(string words) =>
        words.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
