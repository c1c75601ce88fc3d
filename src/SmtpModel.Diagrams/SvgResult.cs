namespace SmtpModel.Diagrams;

/// <summary>What came of drawing an SVG: a <see cref="SvgDrawn"/> or a <see cref="SvgNotDrawn"/>.</summary>
public abstract record SvgResult
{
    private protected SvgResult() { }
}

/// <summary>The SVG was drawn.</summary>
/// <param name="Svg">The whole SVG document.</param>
public sealed record SvgDrawn(string Svg) : SvgResult;

/// <summary>The SVG was not drawn.</summary>
/// <param name="Reason">Why not, for a program.</param>
/// <param name="Message">Why not and what to do about it, for a person.</param>
public sealed record SvgNotDrawn(SvgFailure Reason, string Message) : SvgResult;

/// <summary>Why an SVG was not drawn.</summary>
public enum SvgFailure
{
    /// <summary>Graphviz is not installed.</summary>
    GraphvizMissing,

    /// <summary>Graphviz took longer than it was given and was ended.</summary>
    TimedOut,

    /// <summary>Graphviz ended with an error.</summary>
    Failed,
}
