using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>What an order does otherwise; by itself nothing.</summary>
internal abstract class Quirk
{
    public virtual Verb Recognize(TableOrder order, ReadOnlySpan<byte> keyword) => order.Recognize(keyword);

    public virtual ArgumentKind ArgumentOf(TableOrder order, Verb verb) => order.ArgumentOf(verb);

    public virtual int OutOfOrder(TableOrder order, SessionState state, Verb verb) => order.OutOfOrder(state, verb);

    public virtual int Accepting(TableOrder order, Verb verb) => order.Accepting(verb);

    public virtual SessionStep Next(TableOrder order, SessionState state, Verb verb, int code) => order.Next(state, verb, code);
}

/// <summary>Keywords are recognized in another way.</summary>
/// <param name="known">What a keyword is taken for; null for none.</param>
internal sealed class KeywordQuirk(Func<string, string?> known) : Quirk
{
    public override Verb Recognize(TableOrder order, ReadOnlySpan<byte> keyword) =>
        known(Encoding.Latin1.GetString(keyword)) is { } word ? order.Recognize(Encoding.Latin1.GetBytes(word)) : Verb.Unknown;
}

/// <summary>Any argument will do.</summary>
internal sealed class LenientQuirk : Quirk
{
    public override ArgumentKind ArgumentOf(TableOrder order, Verb verb) => ArgumentKind.OptionalString;
}

/// <summary>MAIL inside a transaction draws 503, as it should, and aborts the transaction, as it should not.</summary>
internal sealed class AbortingQuirk : Quirk
{
    private bool _isNested;

    // in order as far as the session can tell, and then "accepted" with the very code that refuses it
    public override int OutOfOrder(TableOrder order, SessionState state, Verb verb)
    {
        _isNested = IsNested(state, verb);
        return _isNested ? 0 : order.OutOfOrder(state, verb);
    }

    public override int Accepting(TableOrder order, Verb verb) => _isNested && verb is Verb.MAIL ? 503 : order.Accepting(verb);

    public override SessionStep Next(TableOrder order, SessionState state, Verb verb, int code) =>
        !IsNested(state, verb) ? order.Next(state, verb, code)
        : code is 503 or 501 ? new SessionStep(SessionState.Ready, BufferEffects.ClearReversePath | BufferEffects.ClearForwardPath)
        : SessionStep.NotPermitted;

    private static bool IsNested(SessionState state, Verb verb) =>
        verb is Verb.MAIL && state is SessionState.MailGiven or SessionState.RecipientsGiven;
}
