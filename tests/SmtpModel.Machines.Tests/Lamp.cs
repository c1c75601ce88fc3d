namespace SmtpModel.Machines.Tests;

/// <summary>A protocol that is not SMTP, small enough to be seen through: a lamp that is dark or lit, until it is dropped.</summary>
internal static class Lamp
{
    public static readonly DataBuffer Heat = new("heat");

    public static readonly State Dark = new("Dark", "no light");
    public static readonly State Lit = new("Lit", "light", Heat);
    public static readonly State Gone = new("Gone", "in pieces");
    public static readonly State Whole = new("Whole", "not dropped yet");

    public static readonly Command ON = new("ON", InputKind.Line, [new Effect(Heat, EffectKind.Set)], []);
    public static readonly Command OFF = new("OFF", InputKind.Line, [new Effect(Heat, EffectKind.Clear)], []);
    public static readonly Command LOOK = new("LOOK", InputKind.Line, [], []);
    public static readonly Command DROP = new("DROP", InputKind.Line, [new Effect(Heat, EffectKind.Clear)], []);

    public static readonly Rule L1 = new("L1", Manual("1"), Level.Must, "ON lights it and OFF darkens it.");
    public static readonly Rule L2 = new("L2", Manual("2"), Level.Must, "LOOK changes nothing.");
    public static readonly Rule L3 = new("L3", Manual("3"), Level.Should, "DROP ends it.");
    public static readonly Rule L4 = new("L4", Manual("4"), Level.Must, "What is refused changes nothing.");

    /// <summary>The whole protocol.</summary>
    public static readonly ProfilePart Part = new(Describe, Order);

    /// <summary>Its profile.</summary>
    public static Profile Sound { get; } = new("lamp", "a lamp", Part);

    public static Clause Manual(string section) => new("Lamp manual", section);

    /// <summary>The lamp with something added to its order.</summary>
    public static Profile With(Action<ProtocolMachine> order, Action<Vocabulary>? describe = null) =>
        Sound.With("broken", "a lamp with a fault", new ProfilePart(describe ?? (static _ => { }), order));

    private static void Describe(Vocabulary v)
    {
        v.Command(ON, Manual("1"), success: [200], failure: [400]);
        v.Command(OFF, Manual("1"), success: [200]);
        v.Command(LOOK, Manual("2"), success: [200, 201]);
        v.Command(DROP, Manual("3"), success: [200]);
        v.State(L1, L2, L3, L4);
    }

    private static void Order(ProtocolMachine m)
    {
        m.Configure(Whole)
            .Accept(LOOK, null, L2, refused: L4)
            .Accept(DROP, Gone, L3, refused: L4)
            .OutOfOrder([503], L4, [ON, OFF]);
        m.Configure(Dark).SubstateOf(Whole)
            .Accept(ON, Lit, L1, refused: L4);
        m.Configure(Lit).SubstateOf(Whole)
            .Accept(OFF, Dark, L1, refused: L4)
            .OutOfOrder([504, 503], L1, [ON]);
        m.Configure(Gone);
        m.Vocabulary.Bounds(Dark, Gone, DROP);
    }
}
