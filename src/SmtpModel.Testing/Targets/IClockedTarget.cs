namespace SmtpModel.Testing.Engine;

/// <summary>A target whose sessions wait by a clock.</summary>
internal interface IClockedTarget
{
    /// <summary>How often a wait of its sessions was ended by the clock, since nothing came.</summary>
    long ClockWaits { get; }
}
