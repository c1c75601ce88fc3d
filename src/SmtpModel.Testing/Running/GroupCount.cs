namespace SmtpModel.Testing.Engine;

/// <summary>How many groups of inputs were sent in one packet each, and how many inputs the longest of them had.</summary>
/// <param name="Groups">The number of groups; a packet with one input is none.</param>
/// <param name="Longest">The inputs of the longest; 0 where there was none.</param>
public readonly record struct GroupCount(long Groups, int Longest)
{
    internal static GroupCount Of(int inputs) => new(1, inputs);

    internal GroupCount Plus(GroupCount other) => new(Groups + other.Groups, Math.Max(Longest, other.Longest));
}
