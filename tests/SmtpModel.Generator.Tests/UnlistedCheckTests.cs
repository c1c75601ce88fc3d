using SmtpModel.Spec;

namespace SmtpModel.Generator.Tests;

public class UnlistedCheckTests
{
    [Fact]
    public void An_extension_that_no_list_has_is_told_with_its_file_and_its_line()
    {
        var told = Assert.Single(UnlistedCheck.Run(typeof(Profiles).Assembly, Profiles.Every.Where(part => part != Rfc1985.Part)));

        Assert.Equal("SMTP022", told.Id);
        Assert.Contains("Rfc1985.Part", told.Message, StringComparison.Ordinal);
        Assert.EndsWith("Rfc1985.cs", told.Place.File, StringComparison.Ordinal);
        Assert.True(told.Place.Line > 1);
    }

    [Fact]
    public void Every_extension_of_the_specification_is_in_a_list() =>
        Assert.Empty(UnlistedCheck.Run(typeof(Profiles).Assembly, Profiles.Every));
}
