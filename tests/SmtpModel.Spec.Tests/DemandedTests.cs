using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests;

/// <summary>What follows where a site demands TLS and a login first.</summary>
public class DemandedTests
{
    private static List<PropertyResult> OwnOf(Profile profile) =>
        [.. Verifier.Verify(profile, Own).Properties.Where(result => Own.Any(own => own.Name == result.Property.Name))];

    private static IReadOnlyList<Property> Own => [.. Demanded.Tls.Properties, .. Demanded.Login.Properties];

    [Fact]
    public void RFC_3207_4_and_RFC_4954_6_no_mail_is_taken_without_what_is_demanded()
    {
        var results = OwnOf(Demanded.Profile);

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal(PropertyVerdict.Holds, result.Verdict));
        Assert.Contains(Demanded.Profile.Table.Edges, edge => edge.Exchange == MAIL / 250);
    }

    [Fact]
    public void Where_nothing_is_demanded_both_are_violated()
    {
        var open = Profiles.Composed("STARTTLS", "AUTH");

        Assert.All(OwnOf(open), result => Assert.Equal(PropertyVerdict.Violated, result.Verdict));
    }

    [Fact]
    public void The_machine_is_sound_and_all_other_properties_hold_in_it()
    {
        Assert.Empty(SoundnessCheck.Run(Demanded.Profile));
        Assert.All(Verifier.Verify(Demanded.Profile, Properties.All).Properties, result =>
            Assert.NotEqual(PropertyVerdict.Violated, result.Verdict)
        );
    }

    [Fact]
    public void RFC_3207_4_before_TLS_what_is_named_is_served_and_all_else_is_refused()
    {
        var table = Demanded.Profile.Table;
        var first = table.States.First(state => state.Name == "Ready");

        Assert.Equal([530, 503], table.OutOfOrder(first, HELO)!.Codes);
        Assert.Equal([530, 503], table.OutOfOrder(first, Rfc4954.AUTH)!.Codes);
        Assert.All([NOOP, Rfc5321.EHLO, Rfc3207.STARTTLS, QUIT], command => Assert.True(table.IsInOrder(first, command)));
    }
}
