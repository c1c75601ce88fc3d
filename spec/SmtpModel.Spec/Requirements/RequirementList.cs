using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>What one standard asks of a receiver, in the order of its sections. What it leaves to choose (MAY) is no
/// requirement.</summary>
/// <param name="Document">The standard, as <c>RFC 5321</c>.</param>
/// <param name="Profile">A profile that holds its rules.</param>
/// <param name="All">The requirements.</param>
public sealed record RequirementList(string Document, Profile Profile, IReadOnlyList<Requirement> All)
{
    /// <summary>The part that the standard brings; null where it brings none of its own.</summary>
    public ProfilePart? Part { get; init; }
}
