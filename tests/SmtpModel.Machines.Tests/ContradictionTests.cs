namespace SmtpModel.Machines.Tests;

/// <summary>Extensions of a lamp: what they add, in any order, and what they may not say twice.</summary>
public class ContradictionTests
{
    private static readonly Rule Dimmed = new("D1", Lamp.Manual("7"), Level.Must, "DIM makes a lit lamp weaker.");
    private static readonly Rule Level1 = new("V1", Lamp.Manual("8"), Level.Must, "ON with a level is taken.");
    private static readonly Command DIM = new("DIM", InputKind.Line, [], []);
    private static readonly ValueSyntax Percent = new("1*3DIGIT", "[0-9]{1,3}") { Valid = ["50"], Malformed = ["half"] };

    private static readonly ProfilePart Dimmer = Extension("DIMMER", v =>
    {
        v.State(Dimmed);
        v.Command(DIM, Lamp.Manual("7"), success: [200], failure: [400]);
        v.MayAlsoDraw([Lamp.ON], 450);
    }, m =>
    {
        m.Configure(Lamp.Lit).Accept(DIM, null, Dimmed, refused: Lamp.L4);
        m.Configure(Lamp.Whole).OutOfOrder([503], Dimmed, [DIM]);
    });

    private static readonly ProfilePart Levels = Extension("LEVELS", v =>
    {
        v.State(Level1);
        v.Parameter(new Parameter("LEVEL", [Lamp.ON], Percent, Level1));
        v.MayAlsoDraw([Lamp.ON], 450, 451);
    });

    [Fact]
    public void Whatever_the_order_in_which_extensions_are_named_the_machine_is_the_same_and_sound()
    {
        var (one, other) = (Lamp.Sound.With("lamp-2", "both", Dimmer, Levels), Lamp.Sound.With("lamp-2", "both", Levels, Dimmer));

        Assert.Empty(SoundnessCheck.Run(one));
        Json.Tables.Same(one.Table, other.Table);
        Assert.Equal([400, 450, 501, 451], one.Table[Lamp.ON].Replies.Failure);
        Assert.Equal(["DIMMER", "LEVELS"], one.Table.Extensions.Select(extension => extension.Keyword));
        Assert.Equal("LEVELS", Assert.Single(one.Table.Parameters).Extension);
        Assert.Equal("DIMMER", one.Table[DIM].Extension);
    }

    [Fact]
    public void SMTP016_a_command_that_two_extensions_describe() =>
        Fires("the command DIM", Dimmer, Extension("OTHER", v => v.Command(DIM, Lamp.Manual("9"), success: [201])));

    [Fact]
    public void SMTP016_a_command_of_the_base_that_an_extension_describes_again() =>
        Fires("the command LOOK", Extension("OTHER", v => v.Command(Lamp.LOOK, Lamp.Manual("9"), success: [201])));

    [Fact]
    public void SMTP016_a_parameter_that_two_extensions_add() =>
        Fires("the parameter LEVEL of ON", Levels, Extension("OTHER", v =>
        {
            v.State(Level1 with { Id = "V2" });
            v.Parameter(new Parameter("level", [Lamp.ON], Percent, Level1 with { Id = "V2" }));
        }));

    [Fact]
    public void SMTP016_a_keyword_that_two_extensions_have() => Fires("the keyword LEVELS", Levels, Extension("LEVELS", static _ => { }));

    [Fact]
    public void SMTP016_a_rule_that_two_extensions_state() => Fires("the rule V1", Levels, Extension("OTHER", v => v.State(Level1)));

    [Fact]
    public void SMTP016_a_command_that_one_extension_has_in_order_where_another_has_it_out_of_order()
    {
        var other = Extension(
            "OTHER",
            static _ => { },
            m => m.Configure(Lamp.Lit).OutOfOrder([503], Lamp.L2, [DIM], null, "Other.cs", 3),
            "Other.cs"
        );

        var fault = Fires("state Lit: DIM is in order by", Dimmer, other);
        Assert.Contains("ContradictionTests.cs(", fault.Message, StringComparison.Ordinal);
        Assert.Contains("and out of order by Other.cs(3)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SMTP001_an_exchange_that_two_extensions_lead_to_different_states_is_named_with_both_files()
    {
        var other = Extension(
            "OTHER",
            static _ => { },
            m => m.Configure(Lamp.Lit).Permit([DIM / 200], Lamp.Dark, Lamp.L2, "Other.cs", 3),
            "Other.cs"
        );

        var faults = SoundnessCheck.Run(Lamp.Sound.With("broken", "a lamp with a fault", Dimmer, other));

        Assert.Matches(@"state Lit has more than one edge for DIM / 200: .*ContradictionTests\.cs\(\d+\).* and .*Other\.cs\(3\)",
            Assert.Single(faults, fault => fault.Id == "SMTP001").Message);
    }

    [Fact]
    public void What_is_wrong_between_two_extensions_is_found_in_their_pair_and_told_once()
    {
        var other = Extension(
            "OTHER",
            static _ => { },
            m => m.Configure(Lamp.Lit).OutOfOrder([503], Lamp.L2, [DIM], null, "Other.cs", 3),
            "Other.cs"
        );

        var fault = Assert.Single(CompositionCheck.Run(Lamp.Sound, [Levels, Dimmer, other]), fault => fault.Id == "SMTP016");

        Assert.Contains("+dimmer+other", fault.Profile, StringComparison.Ordinal);
        Assert.Contains("state Lit: DIM is in order by", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_only_another_one_completes_is_found_alone_and_its_file_is_named()
    {
        // all together they are sound: what the one does not say of DIM the other says
        var half = Extension("HALF", v =>
        {
            v.State(Dimmed);
            v.Command(DIM, Lamp.Manual("7"), success: [200], failure: [400]);
        }, m => m.Configure(Lamp.Lit).Accept(DIM, null, Dimmed, refused: Lamp.L4), "Half.cs");
        var rest = Extension("REST", static _ => { }, m => m.Configure(Lamp.Whole).OutOfOrder([503], Lamp.L2, [DIM]));
        Assert.Empty(SoundnessCheck.Run(Lamp.Sound.With("whole", "both halves", half, rest)));

        var faults = CompositionCheck.Run(Lamp.Sound, [half, rest, Levels]);

        Assert.Contains(faults, fault =>
            fault is { Id: "SMTP002", Place.File: "Half.cs" } && fault.Profile.EndsWith("+half", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_extensions_that_go_together_nothing_is_said_and_nothing_of_the_base()
    {
        Assert.Empty(CompositionCheck.Run(Lamp.Sound, [Dimmer, Levels]));
        Assert.Empty(CompositionCheck.Run(Lamp.Sound, []));
    }

    [Fact]
    public void SMTP017_an_example_that_does_not_fit_its_pattern()
    {
        FiresValue("its example 'half' does not fit its pattern", Percent with { Valid = ["half"] });
        FiresValue("its malformed example '50' fits its pattern", Percent with { Malformed = ["50"] });
    }

    [Fact]
    public void SMTP017_a_pattern_that_is_no_regular_expression_and_a_value_without_an_example()
    {
        FiresValue("its pattern '([0-9]+' is no regular expression: InsufficientClosingParentheses at character 7", Percent with
        {
            Pattern = "([0-9]+",
        });
        FiresValue("there is no example that fits its pattern", Percent with { Valid = [] });
    }

    [Theory]
    [InlineData("5=")]
    [InlineData("1 2")]
    public void SMTP017_an_example_that_no_parameter_of_SMTP_can_have_as_its_value(string value) =>
        FiresValue($"its example '{value}' is no esmtp-value", new ValueSyntax("*CHAR", ".*") { Valid = [value] });

    [Fact]
    public void SMTP017_a_parameter_of_a_command_that_no_row_describes()
    {
        var part = Extension("LEVELS", v =>
        {
            v.State(Level1);
            v.Parameter(new Parameter("LEVEL", [new Command("ZCMD", InputKind.Line, [], [])], Percent, Level1));
        });
        Assert.Contains(SoundnessCheck.Run(Lamp.Sound.With("broken", "a lamp with a fault", part)), fault =>
            fault.Id == "SMTP017" && fault.Message.Contains("is for ZCMD, which no row of replies describes", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void SMTP017_a_keyword_that_EHLO_could_not_list()
    {
        var faults = SoundnessCheck.Run(Lamp.Sound.With("broken", "a lamp with a fault", Extension("NO WORD", static _ => { })));
        Assert.Contains(faults, fault =>
            fault.Id == "SMTP017" && fault.Message.Contains("'NO WORD' is no ehlo-keyword", StringComparison.Ordinal)
        );
    }

    private static ProfilePart Extension(
        string keyword,
        Action<Vocabulary> describe,
        Action<ProtocolMachine>? order = null,
        string file = ""
    ) =>
        new(describe, order is null ? static _ => { }
    : m => order(m), file.Length > 0 ? file : "ContradictionTests.cs")
        {
            Extension = new ServiceExtension(keyword, "an extension", Lamp.Manual("6")),
        };

    private static Diagnostic Fires(string words, params ProfilePart[] parts)
    {
        var faults = SoundnessCheck.Run(Lamp.Sound.With("broken", "a lamp with a fault", parts));
        return Assert.Single(faults, fault => fault.Id == "SMTP016" && fault.Message.Contains(words, StringComparison.Ordinal));
    }

    private static void FiresValue(string words, ValueSyntax value)
    {
        var part = Extension("LEVELS", v =>
        {
            v.State(Level1);
            v.Parameter(new Parameter("LEVEL", [Lamp.ON], value, Level1));
        });
        Assert.Contains(SoundnessCheck.Run(Lamp.Sound.With("broken", "a lamp with a fault", part)),
            fault => fault.Id == "SMTP017" && fault.Message.Contains(words, StringComparison.Ordinal));
    }
}
