using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>Forward-paths as those see them who deliver.</summary>
internal static class Recipients
{
    /// <summary>The mailboxes of the forward-paths, in order, without route and brackets.</summary>
    public static IReadOnlyList<string> MailboxesOf(IncomingMessage message)
    {
        var mailboxes = new string[message.RecipientCount];
        for (var index = 0; index < mailboxes.Length; index++)
        {
            mailboxes[index] = MailboxOf(message.Recipient(index));
        }

        return mailboxes;
    }

    /// <summary>The message for some of its recipients only.</summary>
    public static IncomingMessage Only(IncomingMessage message, IEnumerable<int> recipients)
    {
        var some = new IncomingMessage { Kind = message.Kind };
        some.Apply(BufferEffects.SetReversePath, message.ReversePath, message.ReversePathParameters);
        foreach (var index in recipients)
        {
            some.Apply(BufferEffects.AppendForwardPath, message.Recipient(index), message.RecipientParameters(index));
        }

        some.DataBuffer.Append(message.Data.Span);
        return some;
    }

    private static string MailboxOf(ReadOnlySpan<byte> path)
    {
        byte[] argument = [.. "TO:"u8, .. path];
        if (PathGrammar.ParseForwardPath(argument, Dialect.Rfc5321, out var parts) is not SyntaxFault.None
            && PathGrammar.ParseForwardPath(argument, Dialect.Rfc821, out parts) is not SyntaxFault.None)
        {
            throw new InvalidOperationException("a forward-path was accepted that neither dialect knows");
        }

        var mailbox = Encoding.Latin1.GetString(parts.LocalPart.Of(argument));
        return parts.Domain.IsEmpty ? mailbox : $"{mailbox}@{Encoding.Latin1.GetString(parts.Domain.Of(argument))}";
    }
}
