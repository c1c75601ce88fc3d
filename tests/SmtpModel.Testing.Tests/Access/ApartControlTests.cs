using SmtpModel.Testing.Tests.Conformance;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>A case of STARTTLS or AUTH counts only when it has been seen to fail.</summary>
public class ApartControlTests
{
    [Theory]
    [InlineData("STARTTLS")]
    [InlineData("AUTH")]
    public async Task Every_case_that_is_played_apart_catches_a_server_that_breaks_it_and_the_page_says_which(string keyword)
    {
        var controls = new ApartControls(keyword);
        var (found, missing) = await controls.FindAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(found);
        await NegativeControlTests.AssertPageAsync(controls.Profile.Name, NegativeControlTests.Page(controls.Profile.Name, found)
            + (missing.Count == 0 ? "" : $"\nNo such server is known for {string.Join(", ", missing.Select(one => one.Id))}.\n"));
    }
}
