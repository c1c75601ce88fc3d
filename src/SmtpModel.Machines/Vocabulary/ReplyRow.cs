namespace SmtpModel.Machines;

/// <summary>One row of a command-reply table (RFC 821 4.3, RFC 5321 4.3.2): the replies a command may draw.</summary>
/// <param name="Success">S: done.</param>
/// <param name="Intermediate">I: go on and send the data.</param>
/// <param name="Failure">F: understood, and not done.</param>
/// <param name="Error">E: the command itself was wrong. 503 and 421 may be listed; they are the machine's to place.</param>
public sealed record ReplyRow(
    IReadOnlyList<int> Success, IReadOnlyList<int> Intermediate, IReadOnlyList<int> Failure, IReadOnlyList<int> Error)
{
    /// <summary>All codes of the row, each once, in the row's order.</summary>
    public IEnumerable<int> All => Success.Concat(Intermediate).Concat(Failure).Concat(Error).Distinct();

    /// <summary>The codes that say the command was accepted.</summary>
    public IEnumerable<int> Accepting => Success.Concat(Intermediate);

    /// <summary>The codes that say it was not.</summary>
    public IEnumerable<int> Refusing => Failure.Concat(Error).Distinct();
}
