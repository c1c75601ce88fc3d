using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The logins that the moves of one session ask for. A move says a word where a response has to stand, so that no password is kept with
/// it: the connection alone plays the dialogue behind it, and where a server says a secret again it is taken out.
/// </summary>
/// <param name="login">Whose password it is; null where nobody logs in.</param>
internal sealed class SpokenLogin(Login? login)
{
    /// <summary>What stands for what logs in; it is no base64, so that no response of a move is taken for it.</summary>
    public const string Word = "{login}";

    /// <summary>What stands for the login of somebody who is not there.</summary>
    public const string WrongWord = "{nobody}";

    // as the specification has it for an example
    private static readonly Login Nobody = new("nobody", "wrong");

    private readonly Secrets _secrets = new(login?.Password ?? "");

    // the mechanism of the last AUTH command, as it was written
    private string _name = "";

    private SaslClient? _client;
    private string? _owed;
    private string _challenge = "";
    private int _count;

    // the lines of its packet that are answered first
    private int _before;

    /// <summary>Whether a text has a word that stands for a login.</summary>
    public static bool IsIn(string text) =>
        text.Contains(Word, StringComparison.Ordinal) || text.Contains(WrongWord, StringComparison.Ordinal);

    /// <summary>What is sent for the octets of a move; the dialogue goes on by itself behind it.</summary>
    /// <exception cref="SessionLostException">The word answers a challenge that makes no sense.</exception>
    public ReadOnlyMemory<byte> Begin(ReadOnlyMemory<byte> octets)
    {
        (_client, _before) = (null, 0);
        // one that stands in a packet is its last line (RFC 4954 4)
        var lines = Encoding.Latin1.GetString(octets.Span).Split("\r\n");
        var at = Math.Max(0, lines.Length - 2);
        var words = lines[at].Split(' ');
        var isCommand = words.Length > 1 && words[0].Equals(Entrance.Keyword, StringComparison.OrdinalIgnoreCase);
        _name = isCommand ? words[1] : _name;
        if (!IsIn(lines[at]) || (words[^1] == Word ? login : Nobody) is not { } who)
        {
            return octets;
        }

        if (!Login.Mechanisms.Contains(_name, StringComparer.OrdinalIgnoreCase))
        {
            throw new SessionLostException($"no response is known to a challenge of {Printable.Text(_name)}");
        }

        _client = new SaslClient(_name.ToUpperInvariant(), who.User, who.Password, _secrets);
        (_count, _before, _owed) = (0, at, _client.First());
        (lines[at], _owed) = isCommand ? SaslDialogue.Begin(_name, _owed) : (Answer(_challenge), null);
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }

    /// <summary>What a reply is answered with, with its CRLF; null where the dialogue is over or none is played by itself.</summary>
    /// <exception cref="SessionLostException">The challenge makes no sense.</exception>
    public byte[]? Next(Observation came)
    {
        if (_before > 0 && came.Kind is ObservationKind.Reply)
        {
            _before--;
            return null;
        }

        if (came.Code != SaslDialogue.Challenge || came.Reply is not { } reply)
        {
            _client = came.Kind is ObservationKind.Silence ? _client : null;
            return null;
        }

        _challenge = reply.Lines[0];
        return _client is null || ++_count > SaslDialogue.MostChallenges ? null : Encoding.ASCII.GetBytes(Answer(_challenge) + "\r\n");
    }

    /// <summary>A reply without the password.</summary>
    public Observation Hide(Observation came)
    {
        if (came.Reply is not { } reply)
        {
            return came;
        }

        var hidden = new Protocol.Reply(reply.Code, [.. reply.Lines.Select(_secrets.Hide)]);
        return hidden == reply ? came : came with { Reply = hidden };
    }

    private string Answer(string challenge)
    {
        var answer = _owed ?? _client!.Answer(challenge);
        _owed = null;
        return answer ?? throw new SessionLostException($"the server's challenge is none that {_client!.Name} has");
    }
}
