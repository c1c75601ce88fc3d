namespace SmtpModel.Machines;

/// <summary>A specification that cannot be used: it says something twice, or names what it never defined.</summary>
public sealed class SpecificationException : Exception
{
    /// <summary>A specification fault without words.</summary>
    public SpecificationException() { }

    /// <summary>A specification fault.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public SpecificationException(string message) : base(message) { }

    /// <summary>A specification fault with its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public SpecificationException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The part in which it showed; unknown where it is of the whole.</summary>
    internal SourcePlace Place { get; init; } = SourcePlace.Unknown;
}
