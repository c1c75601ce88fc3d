using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What states and commands of a specification are to the session. Those that it was generated with have the names of its
/// enumerations; others, of a machine of somebody's own, get numbers behind them.
/// </summary>
internal static class OrderNames
{
    private static readonly ConcurrentDictionary<string, SessionState> States = new(
        Enum.GetValues<SessionState>().Select(state => KeyValuePair.Create(state.ToString(), state))
    );
    private static readonly ConcurrentDictionary<string, Verb> Verbs = new(
        Enum.GetValues<Verb>().Select(verb => KeyValuePair.Create(verb.ToString(), verb))
    );
    private static readonly Lock Counting = new();

    public static SessionState Of(State state) => Find(States, state.Name, number => (SessionState)number);

    public static Verb Of(Command command) => Find(Verbs, NameOf(command), number => (Verb)number);

    /// <summary>A command's name as one word.</summary>
    public static string NameOf(Command command) =>
        command.Kind is InputKind.Line ? command.Name.Replace(" ", "", StringComparison.Ordinal) : Pascal(command.Name);

    /// <summary>What a command does to the buffers.</summary>
    /// <exception cref="SpecificationException">The session has no such buffer.</exception>
    public static BufferEffects Effects(IEnumerable<Effect> effects) =>
        effects.Aggregate(BufferEffects.None, (all, effect) => all | Of(effect));

    public static string Pascal(string words) =>
        string.Concat(
            words.Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );

    private static BufferEffects Of(Effect effect) =>
        Enum.TryParse<BufferEffects>(effect.Kind + Pascal(effect.Buffer.Name), out var known)
            ? known
            : throw new SpecificationException(
                $"the session has no way to {effect}: it holds a reverse-path, forward-paths and mail data"
            );

    private static T Find<T>(ConcurrentDictionary<string, T> known, string name, Func<byte, T> make)
    {
        if (!known.TryGetValue(name, out var found))
        {
            lock (Counting)
            {
                found = known.GetOrAdd(name, _ =>
                    known.Count <= byte.MaxValue
                        ? make((byte)known.Count)
                        : throw new SpecificationException(
                            $"'{name}' is one too many: a session has at most {byte.MaxValue + 1} states and as many commands"
                        )
                );
            }
        }

        return found;
    }
}
