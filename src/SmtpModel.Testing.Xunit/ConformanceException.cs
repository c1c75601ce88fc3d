namespace SmtpModel.Testing.Xunit;

/// <summary>A server breaks the rule of a case; the message has the clause, what was said, what was expected and what came.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Without words.</summary>
    public ConformanceException() { }

    /// <summary>With words.</summary>
    /// <param name="message">What is broken.</param>
    public ConformanceException(string message)
        : base(message) { }

    /// <summary>With words and what came before.</summary>
    /// <param name="message">What is broken.</param>
    /// <param name="innerException">What came before.</param>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException) { }

    internal ConformanceException(CaseResult result)
        : base(Text(result)) => Result = result;

    /// <summary>What came of the case.</summary>
    public CaseResult? Result { get; }

    private static string Text(CaseResult result) =>
        result.Evidence is { } evidence ? $"{result}\nexpected  {evidence.Expected}\ncame      {evidence.Came}" : $"{result}";
}
