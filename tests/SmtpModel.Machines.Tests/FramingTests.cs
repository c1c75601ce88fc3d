using static SmtpModel.Machines.Tests.Lamp;

namespace SmtpModel.Machines.Tests;

/// <summary>One verb that is two inputs, and a block that follows a line, on a machine of a lamp: told apart, counted, and
/// checked.</summary>
public class FramingTests
{
    private static readonly CountedBlock Letters = new(@"(?<=of )[0-9]+\z");
    private static readonly Command SHOW = new("SHOW", InputKind.Line, [], []) { Block = Letters };
    private static readonly Command SHOWTWICE = new("SHOW TWICE", InputKind.Line, [], [])
    {
        Variant = new CommandVariant("SHOW", "(?i)^twice "),
        Block = Letters,
    };

    [Fact]
    public void An_input_is_told_from_the_others_of_its_verb_by_its_argument()
    {
        var table = Showing().Table;

        Assert.Empty(SoundnessCheck.Run(Showing()));
        Assert.Equal(SHOW, table.Recognize("SHOW text of 12")!.Command);
        Assert.Equal(SHOW, table.Recognize("show")!.Command);
        Assert.Equal(SHOWTWICE, table.Recognize("show Twice text of 12")!.Command);
        Assert.Equal(ON, table.Recognize("on twice ")!.Command);
        Assert.Null(table.Recognize("SHOWS text of 12"));
        Assert.Equal("SHOW <text>", table[SHOW].Syntax);
        Assert.Equal("SHOW twice <text>", table[SHOWTWICE].Syntax);
    }

    [Theory]
    [InlineData("text of 12", 12), InlineData("text of 0", 0), InlineData("twice text of 007", 7), InlineData("of 3 of 4", 4)]
    [InlineData("text of twelve", 0), InlineData("text of -1", 0), InlineData("", 0), InlineData("text of 99999999999999999999", 0)]
    public void The_octets_of_a_block_are_counted_by_the_argument_whether_that_is_acceptable_or_not(string argument, long count) =>
        Assert.Equal(count, Letters.Count(argument));

    [Fact]
    public void The_number_of_an_argument_can_be_another_one()
    {
        Assert.Equal("text of 1000", Letters.With("text of 007", 1000));
        Assert.Equal("text", Letters.With("text", 1000));
    }

    [Fact]
    public void SMTP020_a_variant_of_a_verb_that_there_is_not() =>
        Reports(Showing(variant: SHOWTWICE with { Variant = new CommandVariant("DISPLAY", "twice") }), "SHOW TWICE", "DISPLAY");

    [Fact]
    public void SMTP020_an_example_that_is_taken_for_another_input_of_its_verb() =>
        Reports(
            Showing(variant: SHOWTWICE with { Variant = new CommandVariant("SHOW", "of") }),
            "SHOW text of 12",
            "is an example of SHOW and is taken for SHOW TWICE"
        );

    [Fact]
    public void SMTP020_a_block_without_a_number()
    {
        Reports(Showing(SHOW with { Block = new CountedBlock("[0-9]+(?= lines)") }), "(?= lines)", "finds no number", "text of 12");
        Reports(Showing(argument: new Argument("text", "<text>", Required: true)), "a block follows SHOW", "no pattern");
    }

    [Fact]
    public void MayAlsoLead_leaves_open_where_an_exchange_leads_and_changes_nothing_of_the_machine_itself()
    {
        var profile = With(m => m.Configure(Dark).MayAlsoLead([ON / 200], Lit, L1).MayAlsoLead([ON / 500], Lit, L1));
        var table = profile.Table;

        Assert.Equal(Sound.Table.Edges.Select(edge => edge.ToString()), table.Edges.Select(edge => edge.ToString()));
        Assert.Null(table.FindTolerated(Dark, ON / 500));
        Assert.Equal(Lit, Assert.Single(table.MayAlsoLead(Dark, ON / 500)).To);
        Assert.Equal(Lit, Assert.Single(table.MayAlsoLead(Dark, ON / 250)).To);
        Assert.Empty(table.MayAlsoLead(Dark, ON / 501));
        Assert.Empty(table.MayAlsoLead(Lit, ON / 200));
    }

    private static Profile Showing(Command? plain = null, Command? variant = null, Argument? argument = null)
    {
        var (show, twice) = (plain ?? SHOW, variant ?? SHOWTWICE);
        return Sound.With("showing", "a lamp that shows texts", new ProfilePart(
            v =>
            {
                v.Command(show, L1.Clause, argument ?? Of("<text>", "text of 12"), success: [200]);
                v.Command(twice, L1.Clause, Of("twice <text>", "twice text of 12"), success: [200]);
            },
            m => m.Configure(Whole).Permit([show / 200, twice / 200], null, L1)));
    }

    private static Argument Of(string syntax, string example) =>
        new("text", syntax, Required: true) { Value = new ValueSyntax(syntax, ".* of [0-9]+") { Valid = [example] } };

    private static void Reports(Profile profile, params string[] words)
    {
        var diagnostic = Assert.Single(SoundnessCheck.Run(profile), fault => fault.Id == "SMTP020");
        Assert.All(words, word => Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal));
    }
}
