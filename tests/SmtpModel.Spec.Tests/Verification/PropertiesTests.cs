using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests.Verification;

/// <summary>The properties of SMTP hold in every profile, and each is seen to fail in a machine that breaks it.</summary>
public class PropertiesTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Broken { get; } =
        new(
            from profile in Profiles.All
            from machine in BrokenMachine.All
            where machine.AppliesTo(profile)
            select (profile.Name, machine.Property)
        );

    [Theory, ClassData(typeof(EachProfile))]
    public void All_invariants_and_properties_hold_and_none_for_want_of_anything_to_forbid(string name)
    {
        var report = Verifier.Verify(EachProfile.Named(name), Properties.All);

        output.WriteLine(
            $"{name}: {report.Space!.States} states, {report.Space.Configurations} configurations, {report.Space.Moments.Count} moments, "
                + $"{report.Space.Transitions} transitions, {report.Elapsed.TotalMilliseconds:0} ms"
        );
        Assert.All(report.Invariants, invariant => Assert.Empty(invariant.Faults));
        // the machine with all extensions has everything that a property can be about
        var mayBeAbsent = name != Profiles.Esmtpsa.Name;
        Assert.All(report.Properties, result =>
            Assert.True(
                result.Verdict is PropertyVerdict.Holds
                    || ((mayBeAbsent || IsWhereOffered(result.Property)) && result.Verdict is PropertyVerdict.DoesNotApply),
                $"{result.Property.Name}: {result.Verdict}"
            )
        );
        Assert.True(report.IsProved);
        Assert.True(report.Elapsed < TimeSpan.FromSeconds(30), $"took {report.Elapsed}");
    }

    // proved on the profile that names its extension
    private static bool IsWhereOffered(Property property) =>
        Profiles.WhereOffered.Any(part => part.Properties.Contains(property));

    // each of the others would take its own way through the machine, and is asked for in its own row
    private static IReadOnlyList<Property> Only(string property) => [Properties.All.Single(one => one.Name == property)];

    // a profile asks besides for what its extensions bring
    private static PropertyVerdict VerdictIn(Profile profile, string property) =>
        Verifier.Verify(profile, Only(property)).Properties.Single(result => result.Property.Name == property).Verdict;

    public static TheoryData<string> OfOthers { get; } =
    [
        .. BrokenMachine
            .All.Select(machine => machine.Property)
            .Where(name =>
                Profiles.WhereOffered.Any(part => part.Properties.Any(property => property.Name == name))
            ),
    ];

    [Theory, MemberData(nameof(OfOthers))]
    public void So_does_each_that_an_extension_brings_which_no_named_profile_has(string property)
    {
        var machine = BrokenMachine.Of(property);

        Assert.Equal(PropertyVerdict.Holds, VerdictIn(machine.Profile, property));
        Assert.Equal(PropertyVerdict.Violated, VerdictIn(machine.In(machine.Profile), property));
    }

    [Theory, MemberData(nameof(Broken))]
    public void Each_property_fails_in_a_machine_that_breaks_it_and_the_session_shown_is_one_of_that_machine(string name, string property)
    {
        var profile = BrokenMachine.Of(property).In(EachProfile.Named(name));

        var report = Verifier.Verify(profile, Only(property));
        var result = report.Properties.Single(result => result.Property.Name == property);

        Assert.False(report.IsProved);
        Assert.Equal(PropertyVerdict.Violated, result.Verdict);
        foreach (var line in result.Counterexample!.Lines)
        {
            output.WriteLine($"{line.State,-16} {line.Side} {line.Text}");
        }

        var answered = result.Counterexample.Moments.Where(moment => moment.IsAnswered).ToList();
        Assert.All(answered, moment =>
            Assert.True(
                profile.Table.Find(moment.From, moment.Command! / moment.Code)?.To == moment.To
                    || (
                        profile.Table.OutOfOrder(moment.From, moment.Command!)?.Codes.Contains(moment.Code) == true
                        && moment.From == moment.To
                    ),
                $"{moment}"
            )
        );
    }

    [Fact]
    public void Every_property_has_a_machine_that_breaks_it() =>
        Assert.Equal(
            Properties.All.Select(property => property.Name).Order(StringComparer.Ordinal),
            BrokenMachine.All.Select(machine => machine.Property).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void DATA_before_RCPT_is_shown_by_the_session_that_an_expert_would_write()
    {
        var report = Verifier.Verify(BrokenMachine.Of("data-after-rcpt").In(Profiles.Rfc821), Properties.All);

        Assert.Equal(
            [
                "Opening C: (connection)",
                "Connected S: 220",
                "Connected C: HELO <domain>",
                "Ready S: 250",
                "Ready C: MAIL FROM:<reverse-path>",
                "MailGiven S: 250",
                "MailGiven C: DATA",
                "ReceivingData S: 354",
            ],
            report.Properties[0].Counterexample!.Lines.Select(line => $"{line.State} {line.Side} {line.Text}")
        );
    }

    [Fact]
    public void RFC_5321_3_3_tolerates_DATA_before_RCPT_so_a_machine_with_what_is_tolerated_lacks_that_property_and_no_other()
    {
        var report = Verifier.Verify(Profiles.Rfc5321, Properties.All, tolerated: true);

        Assert.Equal(
            ["data-after-rcpt"],
            report.Properties.Where(result => result.Verdict is PropertyVerdict.Violated).Select(result => result.Property.Name)
        );
    }
}
