namespace SmtpModel.Protocol.Tests;

public class SyntaxFaultTests
{
    [Fact]
    public void Every_fault_has_a_description_of_its_own_that_fits_into_a_reply()
    {
        var texts = Enum.GetValues<SyntaxFault>().Select(fault => fault.Describe()).ToArray();

        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text => Assert.Matches("^[ -~]{1,80}$", text));
        Assert.DoesNotContain(((SyntaxFault)255).Describe(), texts);
    }

    [Fact]
    public void Every_fault_of_a_path_has_an_example_in_the_table()
    {
        var examples = PathTables.BadReversePaths.Select(row => row.Data.Item3).ToHashSet();
        // these belong to the command line, to the other arguments, or to the forward-path
        SyntaxFault[] elsewhere =
        [
            SyntaxFault.None, SyntaxFault.EmptyLine, SyntaxFault.KeywordMissing, SyntaxFault.KeywordCharacter, SyntaxFault.ToMissing,
            SyntaxFault.NullForwardPath, SyntaxFault.StringMissing, SyntaxFault.ParameterMissing, SyntaxFault.ParameterKeyword,
            SyntaxFault.ParameterValue, SyntaxFault.ArgumentNotAllowed, SyntaxFault.ArgumentSyntax,
        ];

        Assert.Equal(Enum.GetValues<SyntaxFault>().Except(elsewhere).Order(), examples.Order());
    }
}
