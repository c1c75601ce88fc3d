namespace SmtpModel.Generator.Tests;

public class LineDiffTests
{
    [Theory]
    [InlineData("a|b|c", "a|b|c", "")]
    [InlineData("a|b|c", "a|c", "-    2 b")]
    [InlineData("a|c", "a|b|c", "+    2 b")]
    [InlineData("a|b|c", "a|x|c", "-    2 b|+    2 x")]
    [InlineData("a|b|c|d|e", "a|x|c|y|e", "-    2 b|+    2 x|-    4 d|+    4 y")]
    [InlineData("a|a", "a", "-    2 a")]
    [InlineData("a", "b", "-    1 a|+    1 b")]
    public void The_lines_that_differ_are_named_and_no_others(string before, string after, string expected)
    {
        Assert.Equal(expected, string.Join('|', LineDiff.Between(before.Replace('|', '\n'), after.Replace('|', '\n'))));
    }
}
