namespace SmtpModel.Diagrams;

/// <summary>
/// A layout is thought of along the line that the states stand on and across it; here that becomes right and down. Text always runs
/// to the right.
/// </summary>
/// <param name="isDown">Whether the states stand below each other.</param>
internal sealed class Axis(bool isDown)
{
    public bool IsDown => isDown;

    /// <summary>How much of the line a text takes.</summary>
    public double Along(TextBlock text) => isDown ? text.Height : text.Width;

    /// <summary>How much across the line a text takes.</summary>
    public double Across(TextBlock text) => isDown ? text.Width : text.Height;

    /// <summary>A point.</summary>
    public Spot At(double along, double across) => isDown ? new(across, along) : new(along, across);

    /// <summary>A rectangle.</summary>
    public Frame Frame(double alongStart, double alongEnd, double low, double high)
    {
        var corner = At(alongStart, low);
        return isDown
            ? new(corner.X, corner.Y, high - low, alongEnd - alongStart)
            : new(corner.X, corner.Y, alongEnd - alongStart, high - low);
    }
}
