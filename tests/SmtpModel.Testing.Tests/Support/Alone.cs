namespace SmtpModel.Testing.Tests.Support;

/// <summary>What goes by the clock of a server of the tests: it is run while nothing else in this process is.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
