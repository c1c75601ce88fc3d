using SmtpModel.Spec;

namespace SmtpModel.Machines.Tests.Json;

/// <summary>What is wrong with a machine's JSON is said with its place.</summary>
public class BadJsonTests
{
    private static readonly string Good = MachineJson.Write(Profiles.Rfc821);

    [Theory]
    [InlineData("", "line 1, column 1", "not JSON")]
    [InlineData("{\n  \"version\": ]", "line 2, column 14", "not JSON")]
    [InlineData("[]", "$", "an object is needed, not an array")]
    [InlineData("{\"version\":1}", "$", "'name' is missing")]
    public void Of_a_text_that_is_no_machine(string text, string where, string what) => Says(text, where, what);

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "$.version", "version 2")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "$.version", "whole number")]
    [InlineData("\"start\": \"Opening\"", "\"start\": \"Nowhere\"", "$.start", "no state 'Nowhere'")]
    [InlineData("\"name\":\"Ready\"", "\"name\":\"Connected\"", "$.states[5].name", "'Connected' is here twice")]
    [InlineData("\"name\":\"Ready\"", "\"name\":\" \"", "$.states[5].name", "a name is needed")]
    [InlineData("\"in\":\"Session\"", "\"in\":\"Connected\"", "$.states[3].in", "lies in itself")]
    [InlineData("\"level\":\"must\"", "\"level\":\"shall\"", "$.rules[0].level", "'shall' is none of must, should, may")]
    [InlineData("\"codes\":[421]", "\"codes\":[4210]", "$.edges[0].codes[0]", "from 200 to 599")]
    [InlineData("\"codes\":[421]", "\"codes\":421", "$.edges[0].codes", "an array is needed, not a number")]
    [InlineData("\"from\":\"Channel\"", "\"form\":\"Channel\"", "$.edges[0]", "there is no property 'form'")]
    [InlineData("\"command\":\"any\",\"codes\"", "\"command\":\"all\",\"codes\"", "$.edges[0].command", "no command 'all'")]
    [InlineData("\"to\":\"Closed\",\"rule\":\"R2\"", "\"to\":\"Closed\",\"rule\":\"R99\"", "$.edges[0].rule", "no rule 'R99'")]
    [InlineData("\"required\":true", "\"required\":1", ".required", "true or false is needed")]
    [InlineData("\"do\":\"clear\"", "\"do\":\"erase\"", ".do", "'erase' is none of clear, set, append")]
    public void Of_a_value_that_is_wrong(string old, string now, string where, string what)
    {
        var at = Good.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{old} is not in the JSON");

        Says(Good[..at] + now + Good[(at + old.Length)..], where, what);
    }

    [Fact]
    public void A_machine_that_cannot_be_flattened_is_read_and_reported_as_unsound()
    {
        var read = Assert.IsType<MachineRead>(
            MachineJson.Read(Good.Replace("\"final\": \"Closed\"", "\"final\": \"Opening\"", StringComparison.Ordinal))
        );

        Assert.Equal("SMTP000", Assert.Single(SoundnessCheck.Run(read.Profile)).Id);
        Assert.False(Verifier.Verify(read.Profile, []).IsProved);
    }

    private static void Says(string text, string where, string what)
    {
        var not = Assert.IsType<MachineNotRead>(MachineJson.Read(text));
        Assert.EndsWith(where, not.Where, StringComparison.Ordinal);
        Assert.Contains(what, not.Message, StringComparison.Ordinal);
    }
}
