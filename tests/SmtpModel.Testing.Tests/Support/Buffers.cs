using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests;

// Holds a model's buffers against a server's.
internal static class Buffers
{
    /// <summary>In words how a session's buffers differ from the model's; null when they do not.</summary>
    public static string? Differ(SessionModel model, IncomingMessage message)
    {
        var reversePath = message.HasReversePath ? Encoding.Latin1.GetString(message.ReversePath) : null;
        var forwardPaths = new List<string>();
        for (var index = 0; index < message.RecipientCount; index++)
        {
            forwardPaths.Add(Encoding.Latin1.GetString(message.Recipient(index)));
        }

        return Differ(model, reversePath, forwardPaths);
    }

    /// <summary>In words how what was handed over differs from what the model held before the end of data; null when it does
    /// not.</summary>
    public static string? Differ(SessionModel model, Move data, StoredMessage message) =>
        message.Data.Span.SequenceEqual(data.Content.Span)
            // a path has its brackets, so that nothing at all is no path
            ? Differ(model, message.ReversePath.Length == 0 ? null : message.ReversePath, message.ForwardPaths)
            : $"mail data of {data.Content.Length} octets was sent, {message.Data.Length} others were handed over";

    private static string? Differ(SessionModel model, string? reversePath, IReadOnlyList<string> forwardPaths)
    {
        var expected = model.ReversePath is null ? null : Text(model.ReversePath);
        if (expected != reversePath)
        {
            return $"the reverse-path should be {expected ?? "empty"}, and is {reversePath ?? "empty"}";
        }

        return model.ForwardPaths.Select(Text).SequenceEqual(forwardPaths) ? null
            : $"the forward-paths should be [{string.Join(' ', model.ForwardPaths.Select(Text))}], and are "
                + $"[{string.Join(' ', forwardPaths)}]";
    }

    private static string Text(Move move) => Encoding.Latin1.GetString(move.Content.Span);
}
