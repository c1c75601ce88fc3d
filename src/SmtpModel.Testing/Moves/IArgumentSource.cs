namespace SmtpModel.Testing.Engine;

/// <summary>Draws arguments for sessions that are random; a test of cases plays none of them.</summary>
internal interface IArgumentSource
{
    /// <summary>Paths in angle brackets to mailboxes at a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed draws the same ones.</param>
    IEnumerable<string> Paths(string host, int count, ulong seed);

    /// <summary>Parameters as they stand behind a path: some of those there are, in any order and either case.</summary>
    /// <param name="parameters">For each parameter, it with each value that it may have.</param>
    /// <param name="count">How many times some are drawn.</param>
    /// <param name="seed">The same seed draws the same ones.</param>
    IEnumerable<string> Parameters(IReadOnlyList<IReadOnlyList<string>> parameters, int count, ulong seed);
}
