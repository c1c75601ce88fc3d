using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests;

/// <summary>What the rules of a machine say that no case can show from outside, and why.</summary>
internal static class WithoutCase
{
    /// <summary>Why a rule has no case; null where it must have one.</summary>
    public static string? Why(TransitionTable table, string rule) => rule switch
    {
        _ when rule == Rfc821.S1.Id => "how a line is written: a matter of octets, see the rules about lines",
        _ when rule == Rfc5321Lines.EightBit.Id && table.Utf8Paths is not null => "SMTPUTF8 allows them",
        _ when rule == Rfc7504.NM1.Id || rule == Rfc7504.NM2.Id => "left to a server: who says so is accused of nothing",
        _ => null,
    };
}
