using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Protocol.Tests;

// A property over octets that are all bad, or none of them the end, would prove nothing.
public class GeneratorTests
{
    [Theory]
    [InlineData(Dialect.Rfc821)]
    [InlineData(Dialect.Rfc5321)]
    public void Enough_of_the_generated_paths_are_good(Dialect dialect) =>
        Assert.InRange(
            Sample(WireGenerators.Path()).Count(path => ReferencePathGrammar.IsPath(Wire.Text(path.Octets), dialect)), 100, 500);

    [Fact]
    public void Enough_of_the_generated_mail_data_ends_and_enough_does_not() =>
        Assert.InRange(Sample(WireGenerators.Data()).Count(data => Decoding.OfReference(data.Octets).Ended), 200, 950);

    private static T[] Sample<T>(Arbitrary<T> arbitrary) =>
        arbitrary.Generator.Sample(size: 50, seed: new Rnd(821), numberOfSamples: 1000).ToArray();
}
