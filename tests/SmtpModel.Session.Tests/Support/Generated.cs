using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>The generated orders, and what the specification's words are called in them.</summary>
internal static class Generated
{
    private static readonly Dictionary<string, ISessionOrder> Orders = typeof(SmtpSession).Assembly.GetTypes()
        .Where(type => type.IsValueType && typeof(ISessionOrder).IsAssignableFrom(type))
        .Select(type => (ISessionOrder)Activator.CreateInstance(type)!).ToDictionary(order => order.Name);

    public static ISessionOrder Order(string profile) => Orders[profile];

    public static SessionState Of(State state) => Enum.Parse<SessionState>(state.Name);

    public static Verb Of(Command command) => Enum.Parse<Verb>(Joined(command.Name), ignoreCase: true);

    public static ArgumentKind Of(Argument argument) => Enum.Parse<ArgumentKind>(Joined(argument.Name), ignoreCase: true);

    public static BufferEffects Of(IEnumerable<Effect> effects) => effects
        .Select(effect => Enum.Parse<BufferEffects>(effect.Kind + Joined(effect.Buffer.Name), ignoreCase: true))
        .Aggregate(BufferEffects.None, (all, one) => all | one);

    public static TransitionTable Table(string profile) => (Profiles.Find(profile) ?? throw new ArgumentException(profile, nameof(profile))).Table;

    private static string Joined(string words) => words.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
