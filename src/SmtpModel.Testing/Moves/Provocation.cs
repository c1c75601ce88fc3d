using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// How a move asks the embedded server for a reply: by the words <c>reply-451</c> in its argument or its mail data. So the
/// server's choices are part of what is generated, printed and replayed.
/// </summary>
internal static class Provocation
{
    public const string Word = "reply-";

    /// <summary>The same for a word that has no hyphen.</summary>
    public const string ShortWord = "reply";

    /// <summary>The code asked for; 0 when none is.</summary>
    public static int In(string text)
    {
        var at = text.IndexOf(ShortWord, StringComparison.Ordinal);
        var digits = at < 0 ? at : At(at, text.AsSpan(at).StartsWith(Word));
        return at >= 0 && digits + 3 <= text.Length
            && int.TryParse(text.AsSpan(digits, 3), System.Globalization.NumberStyles.None, null, out var code) ? code : 0;
    }

    /// <inheritdoc cref="In(string)"/>
    public static int In(ReadOnlySpan<byte> octets)
    {
        var at = octets.IndexOf("reply"u8);
        var digits = at < 0 ? at : At(at, octets[at..].StartsWith("reply-"u8));
        return at >= 0 && digits + 3 <= octets.Length
            && System.Buffers.Text.Utf8Parser.TryParse(octets.Slice(digits, 3), out int code, out var used) && used == 3 ? code : 0;
    }

    private static int At(int start, bool hasHyphen) => start + (hasHyphen ? Word : ShortWord).Length;
}

/// <summary>The policy of the embedded server: gives the replies that are asked for, where the profile lists them.</summary>
internal sealed class ProvokedPolicy : SitePolicy
{
    /// <summary>The reply to the next command, whatever it is; 0 for the one its argument asks for.</summary>
    public int Script { get; set; }

    public override bool HasTerminals => true;

    public override Decision OnConnection() => Script == 0 ? Decision.Accept : new Decision(Script, null);

    public override Decision Decide(in SessionRequest request)
    {
        var code = Script != 0 ? Script : Provocation.In(request.Block.IsEmpty ? request.Argument : request.Block);
        return code != 0 && request.MayDraw(code) ? new Decision(code, null) : base.Decide(request);
    }

    public override Decision OnForwardPath(in SessionRequest request) =>
        request.Domain.EndsWith("elsewhere.invalid"u8) ? Decision.Refuse(550, "No relaying here") : Decision.Accept;
}

/// <summary>The store of a server that gives the replies it is asked for: refuses what asks for it, and hands on all other
/// messages.</summary>
/// <param name="inner">Where these go; null to keep nothing, since a run delivers many thousand.</param>
internal sealed class ProvokedStore(IMessageStore? inner) : IMessageStore
{
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var code = Provocation.In(message.Data.Span);
        return code != 0 || inner is null
            ? ValueTask.FromResult(new Decision(code, null))
            : inner.StoreAsync(message, trace, cancellationToken);
    }
}
