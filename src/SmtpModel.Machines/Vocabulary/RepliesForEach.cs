namespace SmtpModel.Machines;

/// <summary>
/// The shape of the answer to an input that draws a reply for each thing that a buffer holds, in the order in which they were put
/// there, and none where it holds nothing. All these replies lead to one state, whichever they are.
/// </summary>
/// <param name="Buffer">The buffer, as it is when the input comes.</param>
/// <param name="Rule">The rule that says so.</param>
public sealed record RepliesForEach(DataBuffer Buffer, Rule Rule)
{
    /// <summary>How many things the buffer holds behind an exchange.</summary>
    /// <param name="held">How many it held before.</param>
    /// <param name="exchange">The exchange.</param>
    public int After(int held, Exchange exchange) => exchange.Effects.Where(effect => effect.Buffer == Buffer)
        .Aggregate(held, (count, effect) => effect.Kind switch { EffectKind.Clear => 0, EffectKind.Set => 1, _ => count + 1 });
}
