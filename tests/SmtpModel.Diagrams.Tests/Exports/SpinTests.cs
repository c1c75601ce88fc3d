using SmtpModel.Diagrams.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Spec.Tests.Verification;

namespace SmtpModel.Diagrams.Tests.Exports;

/// <summary>SPIN, which knows nothing of us, goes through the Promela export and comes to what we came to.</summary>
public sealed class SpinTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names { get; } = [.. Profiles.All.Select(profile => profile.Name)];

    public static TheoryData<string> Composed { get; } =
        [.. Profiles.All.Where(profile => profile.Table.Grouping is not null).Select(profile => profile.Name), "rfc5321+pipelining"];

    // of the whole machine the states are counted; the formulas are proved of a smaller one that has the same regions, for they take
    // the square of the time
    public static TheoryData<string> Proved { get; } =
    [.. Profiles.All.Where(profile => profile != Profiles.Esmtpsa).Select(profile => profile.Name), "rfc5321+auth+starttls"];

    public static TheoryData<string> Broken { get; } = [.. BrokenMachine.All.Select(machine => machine.Property)];

    [Theory, MemberData(nameof(Names))]
    public async Task SPIN_stores_as_many_states_as_we_count_moments_and_finds_no_command_without_an_answer(string name)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var table = Profiles.Find(name)!.Table;
        var space = StateSpace.Explore(table);

        using var spin = await Spin.CompileAsync(PromelaExport.Write(table, Properties.All), compiler: ["-DSAFETY", "-DNOCLAIM"]);
        var found = await spin.RunAsync();

        output.WriteLine(
            $"{name}: ours {space.Moments.Count} moments, {space.Transitions} transitions; SPIN {found.States} states, "
                + $"{found.Transitions} transitions"
        );
        // SPIN counts the step to the first state as well
        Assert.Equal((0, space.Moments.Count, space.Transitions + 1), found);
    }

    [Theory, MemberData(nameof(Composed))]
    public async Task SPIN_counts_the_same_where_commands_are_sent_in_groups_RFC_2920_3_1(string name)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var table = Profiles.Find(name)!.Table;
        var space = StateSpace.ExploreGroups(table, Verifier.LongestGroup);

        using var spin = await Spin.CompileAsync(
            PromelaExport.Write(table, Properties.All),
            preprocessor: ["-DGROUPS"],
            compiler: ["-DSAFETY", "-DNOCLAIM"]
        );
        var found = await spin.RunAsync();

        output.WriteLine(
            $"{name}, up to {space.LongestGroup} waiting: ours {space.Moments.Count} moments, {space.Transitions} transitions; SPIN "
                + $"{found.States} states, {found.Transitions} transitions"
        );
        Assert.Equal((0, space.Moments.Count, space.Transitions + 1), found);
    }

    [Theory, MemberData(nameof(Proved))]
    public async Task Every_property_holds_in_SPIN(string name)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var profile = Profiles.Find(name)!;
        // what is put together has to be proved for what that brings; the rest is proved of the base
        var proved = Profiles.BaseOf(profile) is var bare && bare == profile ? [] : Holding(bare).ToList();
        foreach (var alike in Holding(profile).Except(proved).GroupBy(Mode))
        {
            using var spin = await CompileAsync(profile, alike.Key, [.. alike]);
            foreach (var property in alike)
            {
                var found = await spin.RunAsync("-a", "-N", Symbols.Of(property));
                output.WriteLine($"{name}, {property.Name}: {found.States} states, {found.Errors} errors");
                Assert.Equal(0, found.Errors);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RFC_3207_4_no_mail_is_taken_without_what_a_site_demands_and_SPIN_sees_where_it_demands_nothing(bool demands)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        List<Property> own = [.. Demanded.Tls.Properties, .. Demanded.Login.Properties];
        var profile = demands ? Demanded.Profile : Profiles.Composed("STARTTLS", "AUTH");

        using var spin = await Spin.CompileAsync(PromelaExport.Write(profile.Table, own));

        foreach (var property in own)
        {
            var found = await spin.RunAsync("-a", "-N", Symbols.Of(property));
            Assert.True(demands == (found.Errors == 0), $"{property.Name}: {found.Errors} errors");
        }
    }

    [Theory, MemberData(nameof(Broken))]
    public async Task Of_a_broken_machine_SPIN_finds_what_we_find_property_by_property(string property)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var broken = BrokenMachine.Of(property);
        var profile = broken.In(broken.Profile);
        var mode = Mode(Properties.All.Single(one => one.Name == property));
        var ours = Verifier.Verify(profile, Properties.All).Properties;

        Assert.Equal(PropertyVerdict.Violated, ours.Single(result => result.Property.Name == property).Verdict);
        // a client that may leave, or does not wait, changes what happens: the other properties are compared without. All that are
        // violated, and one of those that hold: it takes SPIN through the whole machine, and all are proved above
        var alike = ours.Where(result => Mode(result.Property) == mode).ToList();
        List<PropertyResult> compared =
        [
            .. alike.Where(result => result.Verdict is PropertyVerdict.Violated),
            .. alike.Where(result => result.Verdict is PropertyVerdict.Holds).Take(1),
        ];
        using var spin = await CompileAsync(profile, mode, [.. compared.Select(result => result.Property)]);
        foreach (var result in compared)
        {
            var found = await spin.RunAsync("-a", "-N", Symbols.Of(result.Property));
            Assert.True(
                result.Verdict is PropertyVerdict.Violated == found.Errors > 0,
                $"{result.Property.Name}: {result.Verdict}, but {found.Errors} errors in SPIN"
            );
        }
    }

    private static IEnumerable<Property> Holding(Profile profile) =>
        Verifier.Verify(profile, Properties.All).Properties.Where(result => result.Verdict is PropertyVerdict.Holds)
            .Select(result => result.Property);

    // SPIN makes an automaton of each formula that is there: only of those that are asked for
    private static Task<Spin> CompileAsync(Profile profile, string? mode, IReadOnlyList<Property> properties) =>
        Spin.CompileAsync(PromelaExport.Write(profile.Table, properties), preprocessor: mode is null ? [] : [mode]);

    private static string? Mode(Property property) =>
        property is PossibilityProperty ? "-DLEAVING"
        : property.IsAboutGroups ? "-DGROUPS"
        : null;

    [Fact]
    public async Task SPIN_finds_a_command_that_is_never_answered_by_itself()
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var profile = BrokenMachine.Of("one-reply").In(Profiles.Rfc821);

        using var spin = await Spin.CompileAsync(PromelaExport.Write(profile.Table, []), compiler: ["-DSAFETY"]);

        Assert.Equal(1, (await spin.RunAsync()).Errors);
    }

    [Fact]
    public void What_does_not_apply_is_left_out_and_said_so()
    {
        var model = PromelaExport.Write(Machines.Lamp.Table, Properties.All);

        Assert.Contains("/* data_after_rcpt does not apply to this machine */", model, StringComparison.Ordinal);
        Assert.DoesNotContain("ltl data_after_rcpt", model, StringComparison.Ordinal);
        Assert.Contains("ltl one_reply", model, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lamp")]
    [InlineData("hall")]
    [InlineData("changed")]
    public async Task Machines_that_are_no_SMTP_or_have_odd_names_are_taken_too(string name)
    {
        Assert.SkipWhen(Spin.Missing is not null, Spin.Missing ?? "");
        var table = Machines.All.Single(profile => profile.Name == name).Table;

        using var spin = await Spin.CompileAsync(PromelaExport.Write(table, Properties.All), compiler: ["-DSAFETY", "-DNOCLAIM"]);

        Assert.Equal(StateSpace.Explore(table).Moments.Count, (await spin.RunAsync("-E")).States);
    }
}
