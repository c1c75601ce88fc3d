using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The lines of AUTH and of its dialogue that suit one server: its mechanisms, and whether somebody may log in there.</summary>
/// <param name="Mechanism">The mechanism that dialogues are begun with; one that the server offers.</param>
/// <param name="LogsIn">Whether somebody may log in with it.</param>
/// <param name="Fails">Whether logins that fail are tried, too.</param>
internal sealed record LoginLines(string Mechanism, bool LogsIn, bool Fails)
{
    // a name that no registry has
    private const string NoMechanism = "XNONE";

    // nobody with a wrong password, as the specification has it for an example
    private const string Wrong = "AG5vYm9keQB3cm9uZw==";

    // its response is one piece, with the command or behind an empty challenge (RFC 4616)
    private const string Plain = "PLAIN";

    // those whose dialogues are known; one that can be read off its lines comes first
    private static readonly string[] Known = [Plain, "LOGIN", "SCRAM-SHA-256", "CRAM-MD5"];

    // in these the client's first word may come with the command
    private static readonly string[] ClientFirst = [Plain, "SCRAM-SHA-256"];

    /// <summary>Whether there are logins that fail.</summary>
    public bool CanFail => Known.Contains(Mechanism);

    /// <summary>The command that logs in, with the word that stands for the response.</summary>
    public string Begin => $"{Rfc4954.AUTH} {Mechanism} {SpokenLogin.Word}";

    /// <summary>Those for a server.</summary>
    /// <param name="offer">What it offers.</param>
    /// <param name="login">Who may log in; null for nobody.</param>
    /// <param name="isSecure">Whether that is inside TLS.</param>
    /// <param name="fails">Whether logins that fail are tried, too.</param>
    /// <returns>Null where no mechanism is offered.</returns>
    public static LoginLines? Of(ServiceOffer offer, Login? login, bool isSecure, bool fails) => Of(Listed(offer), login, isSecure, fails);

    /// <summary>The mechanisms that are offered.</summary>
    public static IReadOnlyList<string> Listed(ServiceOffer offer) => offer[Entrance.Keyword]?.Parameters ?? [];

    /// <summary>The same for some of its mechanisms.</summary>
    /// <param name="listed">The mechanisms.</param>
    /// <param name="login">Who may log in; null for nobody.</param>
    /// <param name="isSecure">Whether that is inside TLS.</param>
    /// <param name="fails">Whether logins that fail are tried, too.</param>
    public static LoginLines? Of(IReadOnlyList<string> listed, Login? login, bool isSecure, bool fails)
    {
        var common = (login?.Mechanism is { } named ? [named] : Known)
            .Where(name => listed.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToList();
        var right = login is null ? null : common.Find(name => isSecure || login.MaySendInClear || !SaslClient.ShowsSecret(name));
        var used = right
            ?? Known.FirstOrDefault(name => listed.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? listed.FirstOrDefault()?.ToUpperInvariant();
        return used is null ? null : new LoginLines(used, right is not null, fails && Known.Contains(used));
    }

    /// <summary>The lines of a command; null for one that has nothing to do with it.</summary>
    public Lines? Of(CommandUse use)
    {
        var begin = $"{Rfc4954.AUTH} {Mechanism}";
        string[] known = LogsIn ? [SpokenLogin.Word] : [];
        string[] wrong = Fails ? [Mechanism == Plain ? Wrong : SpokenLogin.WrongWord] : [];
        return use.Command == Rfc4954.AUTH
                ? new Lines([
                    .. known.SelectMany(response => new[] { $"{begin} {response}", $"{begin.ToLowerInvariant()} {response}" }),
                    begin,
                    begin.ToLowerInvariant(),
                ])
                {
                    Continuing = [begin],
                    Refusable = [$"{Rfc4954.AUTH} {NoMechanism}", .. wrong.Select(response => $"{begin} {response}")],
                    Malformed =
                    [
                        Rfc4954.AUTH.Name,
                        .. Fails && ClientFirst.Contains(Mechanism)
                            ? use
                                .Argument.Value!.Malformed.Where(text => text.StartsWith($"{Plain} ", StringComparison.Ordinal))
                                .Select(text => $"{begin}{text[Plain.Length..]}")
                            : [],
                    ],
                }
            : use.Command == Rfc4954.Response
                ? new Lines([.. known, .. wrong]) { Refusable = wrong, Malformed = Fails ? use.Argument.Value!.Malformed : [] }
            : use.Command == Rfc4954.Cancel ? new Lines(use.Argument.Value!.Valid) { Refusable = use.Argument.Value.Valid }
            : null;
    }

    /// <summary>The lines of one command.</summary>
    /// <param name="Valid">Those that are well formed, the plainest first.</param>
    internal sealed record Lines(IReadOnlyList<string> Valid)
    {
        /// <summary>Those behind which the server asks for more.</summary>
        public IReadOnlyList<string> Continuing { get; init; } = [];

        /// <summary>Those that are refused though nothing is wrong with them.</summary>
        public IReadOnlyList<string> Refusable { get; init; } = [];

        /// <summary>Those that are not well formed.</summary>
        public IReadOnlyList<string> Malformed { get; init; } = [];
    }
}
