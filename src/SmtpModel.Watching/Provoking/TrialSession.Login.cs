using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>The dialogue of a login: whoever it is, and whatever the password, is taken, but for what the scenario says.</content>
internal sealed partial class TrialSession
{
    // what the server asks for in each of them (RFC 4616; LOGIN has no standard)
    private static readonly Dictionary<string, string[]> Mechanisms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PLAIN"] = [""],
        ["LOGIN"] = ["Username:", "Password:"],
    };

    private readonly List<string> _secrets = [];
    private string[]? _asked;
    private int _given;

    /// <summary>Whether a password came outside TLS.</summary>
    public bool HasGivenSecret { get; private set; }

    /// <summary>What the client gave as a secret, as it was given and as it is.</summary>
    public IReadOnlyList<string> Secrets => [.. _secrets, .. _follower.Hidden.SelectMany(Forms)];

    /// <summary>The place in <see cref="Lines"/> of the line by which a password was given in clear; null where none was.</summary>
    public int? SecretAt { get; private set; }

    /// <summary>Whether a login was tried and not accepted.</summary>
    public bool IsRefusedLogin { get; private set; }

    // the code that a login draws by itself; null for what is none, and where it is complete
    private int? Login(CommandUse use)
    {
        if (use.Command != Rfc4954.AUTH && use.Command != Rfc4954.Response)
        {
            return null;
        }

        return _asked is null ? use.Replies.Refusing.Last()
            : _given < _asked.Length ? use.Replies.Intermediate[0]
            : null;
    }

    private void BeginLogin(string argument)
    {
        var words = argument.Split(' ');
        (_asked, _given) = (Mechanisms.GetValueOrDefault(words[0]), words.Length - 1);
        if (words is [_, var first and not "=", ..])
        {
            NoteSecret(first);
        }
    }

    private void TakeResponse(string line)
    {
        _given++;
        NoteSecret(line);
    }

    private void NoteSecret(string text)
    {
        // what each mechanism asks for last is the password
        if (_given != _asked?.Length)
        {
            return;
        }

        _secrets.AddRange(Forms(text));
        if (!IsSecured)
        {
            HasGivenSecret = true;
            SecretAt ??= _lines.FindLastIndex(line => line.Side is Side.Client);
        }
    }

    private static IEnumerable<string> Forms(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var count)
            ? [text, Encoding.UTF8.GetString(octets, 0, count).Split('\0')[^1]]
            : [text];
    }

    private void NoteLogin(Command command, int code)
    {
        if (command == Rfc4954.AUTH || command == Rfc4954.Response || command == Rfc4954.Cancel)
        {
            IsRefusedLogin = code >= 400;
        }
    }

    private static bool IsChallenge(Command command, int code) =>
        code / 100 == 3 && (command == Rfc4954.AUTH || command == Rfc4954.Response);

    private string Challenge() => Convert.ToBase64String(Encoding.ASCII.GetBytes(_asked![_given]));

    private static bool IsLogin(ServiceExtension extension) => extension == Rfc4954.Part.Extension;

    // where there is TLS, a login is for inside
    private bool IsLoginOpen(ServiceExtension extension) =>
        !IsLogin(extension)
        || IsSecured
        || _played.Scenario.OffersLoginInClear
        || !Table.Commands.Any(use => use.Replies.Accepting.Any(code => Table.Secures(use.Command / code)));
}
