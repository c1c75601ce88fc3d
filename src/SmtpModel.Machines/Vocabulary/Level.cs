namespace SmtpModel.Machines;

/// <summary>How binding a rule is for the receiver (RFC 2119). RFC 821 is older; its rules are all taken as <see cref="Must"/>.</summary>
public enum Level
{
    /// <summary>A receiver that does otherwise breaks the protocol.</summary>
    Must,

    /// <summary>A receiver may have a reason to do otherwise.</summary>
    Should,

    /// <summary>The receiver is free to choose.</summary>
    May,
}
