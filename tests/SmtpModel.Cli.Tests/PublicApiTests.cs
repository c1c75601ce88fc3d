using System.Reflection;
using PublicApiGenerator;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary>What each package offers to others, as it was looked at: nothing is added, taken away or changed unseen.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("SmtpModel.Diagrams")]
    [InlineData("SmtpModel.Machines")]
    [InlineData("SmtpModel.Protocol")]
    [InlineData("SmtpModel.Reports")]
    [InlineData("SmtpModel.Server")]
    [InlineData("SmtpModel.Spec")]
    [InlineData("SmtpModel.Testing")]
    [InlineData("SmtpModel.Testing.Embedded")]
    [InlineData("SmtpModel.Testing.Fuzzing")]
    [InlineData("SmtpModel.Watching")]
    public void The_public_members_of_a_package_are_those_that_were_looked_at(string package) =>
        Kept.Golden(
            Path.Combine("Api", package + ".txt"),
            Assembly.Load(package).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
        );

    [Fact]
    public void Whoever_tests_a_server_finds_a_few_types_and_the_engine_behind_them()
    {
        var types = typeof(ConformanceTest).Assembly.GetExportedTypes().Where(type => !type.IsNested).ToLookup(type => type.Namespace);

        Assert.Equal(["SmtpModel.Testing", "SmtpModel.Testing.Engine"], types.Select(group => group.Key).Order(StringComparer.Ordinal));
        Assert.InRange(types["SmtpModel.Testing"].Count(), 1, 35);
    }
}
