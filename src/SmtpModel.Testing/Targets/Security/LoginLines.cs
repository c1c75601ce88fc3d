using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The lines of AUTH and of its dialogue that suit one server: its mechanisms, and whether somebody may log in there.</summary>
/// <param name="Mechanism">The mechanism that dialogues are begun with; one that the server offers.</param>
/// <param name="LogsIn">Whether the response that logs in is known; only where the mechanism sends it in one piece.</param>
/// <param name="Fails">Whether logins that fail are tried, too.</param>
internal sealed record LoginLines(string Mechanism, bool LogsIn, bool Fails)
{
    // a name that no registry has
    private const string NoMechanism = "XNONE";

    // nobody with a wrong password, as the specification has it for an example
    private const string Wrong = "AG5vYm9keQB3cm9uZw==";

    // its response is one piece, with the command or behind an empty challenge (RFC 4616)
    private const string Plain = "PLAIN";

    /// <summary>Whether there are logins that fail.</summary>
    public bool CanFail => Mechanism == Plain;

    /// <summary>Those for a server.</summary>
    /// <param name="offer">What it offers.</param>
    /// <param name="login">Who may log in; null for nobody.</param>
    /// <param name="isSecure">Whether that is inside TLS.</param>
    /// <param name="fails">Whether logins that fail are tried, too.</param>
    /// <returns>Null where no mechanism is offered.</returns>
    public static LoginLines? Of(ServiceOffer offer, Login? login, bool isSecure, bool fails)
    {
        var listed = offer[Entrance.Keyword]?.Parameters ?? [];
        var isPlain = listed.Contains(Plain, StringComparer.OrdinalIgnoreCase);
        return isPlain ? new LoginLines(Plain, login is { Mechanism: null or Plain } && (isSecure || login.MaySendInClear), fails)
            : listed.Count > 0 ? new LoginLines(listed[0].ToUpperInvariant(), false, false) : null;
    }

    /// <summary>The lines of a command; null for one that has nothing to do with it.</summary>
    public Lines? Of(CommandUse use)
    {
        var begin = $"{Rfc4954.AUTH} {Mechanism}";
        string[] known = LogsIn ? [Disguise.Word] : [];
        string[] wrong = Fails ? [Wrong] : [];
        return use.Command == Rfc4954.AUTH ? new Lines([.. known.SelectMany(response => new[] { $"{begin} {response}", $"{begin.ToLowerInvariant()} {response}" }), begin, begin.ToLowerInvariant()])
        {
            Continuing = [begin],
            Refusable = [$"{Rfc4954.AUTH} {NoMechanism}", .. wrong.Select(response => $"{begin} {response}")],
            Malformed = [Rfc4954.AUTH.Name, .. Fails ? use.Argument.Value!.Malformed.Where(text => text.StartsWith($"{Mechanism} ", StringComparison.Ordinal)).Select(text => $"{Rfc4954.AUTH} {text}") : []],
        }
            : use.Command == Rfc4954.Response ? new Lines([.. known, .. wrong]) { Refusable = wrong, Malformed = Fails ? use.Argument.Value!.Malformed : [] }
            : use.Command == Rfc4954.Cancel ? new Lines(use.Argument.Value!.Valid) { Refusable = use.Argument.Value.Valid } : null;
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
