using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>All that can be seen of a session: what it said, what it delivered, and where it ended.</summary>
internal static class Transcript
{
    public static SessionSettings Settings { get; } =
        new()
        {
            MaxCommandLine = 512,
            MaxTextLine = 1000,
            MaxMessageSize = 64 * 1024,
            MaxRecipients = 100,
        };

    /// <summary>Feeds octets in pieces of the given sizes.</summary>
    public static string Of(string profile, ReadOnlySpan<byte> octets, IEnumerable<int> pieces)
    {
        var session = Generated.Session(profile, Settings, new Site { Terminals = true });
        var seen = new StringBuilder();
        session.Open();
        Take(session, seen);
        foreach (var size in pieces)
        {
            Feed(session, octets[..size], seen);
            octets = octets[size..];
        }

        var message = session.Message;
        return seen.Append($"{session.State} {session.Status} {session.Exchanges} {message.HasReversePath} {message.RecipientCount} ")
            .Append(Encoding.Latin1.GetString(message.Data.Span)).ToString();
    }

    private static void Feed(SmtpSession session, ReadOnlySpan<byte> piece, StringBuilder seen)
    {
        while (!piece.IsEmpty && session.Status is not SessionStatus.Ended)
        {
            piece = piece[session.Receive(piece)..];
            Take(session, seen);
            if (session.Status is SessionStatus.Delivering)
            {
                var message = session.Message.Copy();
                seen.Append(
                    $"[{message.ReversePath} {string.Join(' ', message.ForwardPaths)} {message.Kind} "
                        + $"{Encoding.Latin1.GetString(message.Data.Span)}]\n"
                );
                // what is answered depends on nothing but the message
                while (session.Status is SessionStatus.Delivering)
                {
                    session.CompleteDelivery(message.Data.Length % 2 == 0 ? Decision.Accept : Decision.Refuse(451, "Odd"));
                }

                Take(session, seen);
            }
        }
    }

    private static void Take(SmtpSession session, StringBuilder seen)
    {
        seen.Append(Encoding.Latin1.GetString(session.Output.Span));
        session.ClearOutput();
    }
}
