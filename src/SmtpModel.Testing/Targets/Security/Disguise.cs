using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Keeps a password out of what is kept: a move says <see cref="Word"/> where it has to stand, the connection alone puts it in, and
/// where a server says it again it is taken out.
/// </summary>
/// <param name="login">Whose password it is.</param>
internal sealed class Disguise(Login login)
{
    /// <summary>What stands for the response that logs in (RFC 4616 2); it is no base64, so that no response of a move is taken for it.</summary>
    public const string Word = "{login}";

    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(Word);

    private readonly byte[] _response = Encoding.ASCII.GetBytes(Response(login));
    private readonly Secrets _secrets = Known(login);

    /// <summary>What is sent: the octets with the response in the word's place.</summary>
    public ReadOnlyMemory<byte> Reveal(ReadOnlyMemory<byte> octets)
    {
        var at = octets.Span.IndexOf(Mark);
        return at < 0 ? octets : (byte[])[.. octets.Span[..at], .. _response, .. octets.Span[(at + Mark.Length)..]];
    }

    /// <summary>A reply without the password.</summary>
    public Observation Hide(Observation came)
    {
        if (came.Reply is not { } reply)
        {
            return came;
        }

        var hidden = new Reply(reply.Code, [.. reply.Lines.Select(_secrets.Hide)]);
        return hidden == reply ? came : came with { Reply = hidden };
    }

    private static Secrets Known(Login login)
    {
        var secrets = new Secrets(login.Password);
        secrets.Keep(Response(login));
        return secrets;
    }

    private static string Response(Login login) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login.User}\0{login.Password}"));
}
