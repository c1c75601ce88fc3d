using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>An order that does some things in a way of its own.</summary>
internal readonly struct MutantOrder(TableOrder order, Quirk quirk) : ISessionOrder
{
    public string Name => order.Name;

    public OrderRows? Rows => order.Rows;

    public Dialect Dialect => order.Dialect;

    public SessionState Start => order.Start;

    public int Unrecognized => order.Unrecognized;

    public int NotAcceptable => order.NotAcceptable;

    public int NotImplemented => order.NotImplemented;

    public int Closing => order.Closing;

    public ReadOnlySpan<Verb> Commands => order.Commands;

    public SessionReading Reads(SessionState state) => order.Reads(state);

    public Verb Recognize(ReadOnlySpan<byte> keyword) => quirk.Recognize(order, keyword);

    public Verb VariantOf(Verb verb, ReadOnlySpan<byte> argument) => order.VariantOf(verb, argument);

    public Verb MeaningOf(Verb verb) => order.MeaningOf(verb);

    public System.Text.RegularExpressions.Regex? BlockOf(Verb verb) => order.BlockOf(verb);

    public bool Delivers(Verb verb) => order.Delivers(verb);

    public ArgumentKind ArgumentOf(Verb verb) => quirk.ArgumentOf(order, verb);

    public System.Text.RegularExpressions.Regex? PatternOf(Verb verb) => order.PatternOf(verb);

    public int Accepting(Verb verb) => quirk.Accepting(order, verb);

    public BufferEffects ForEach(Verb verb) => order.ForEach(verb);

    public string? Syntax(Verb verb) => order.Syntax(verb);

    public bool IsRequired(Verb verb) => order.IsRequired(verb);

    public int OutOfOrder(SessionState state, Verb verb) => quirk.OutOfOrder(order, state, verb);

    public int Reply(SessionState state, Verb verb, int code) => order.Reply(state, verb, code);

    public SessionStep Next(SessionState state, Verb verb, int code) => quirk.Next(order, state, verb, code);
}
