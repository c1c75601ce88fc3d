using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>The profiles this specification has.</summary>
public static class Profiles
{
    /// <summary>RFC 821 and nothing else.</summary>
    public static readonly Profile Rfc821 = new("rfc821", "RFC 821, August 1982", Spec.Rfc821.Part);

    /// <summary>RFC 5321 without extensions.</summary>
    public static readonly Profile Rfc5321 = Rfc821.With("rfc5321", "RFC 5321, October 2008, without extensions", Spec.Rfc5321.Part);

    /// <summary>All profiles, the oldest first.</summary>
    public static IReadOnlyList<Profile> All { get; } = [Rfc821, Rfc5321];

    /// <summary>The profile of a name; null when there is none.</summary>
    /// <param name="name">The name, as <c>rfc5321</c>.</param>
    public static Profile? Find(string name) => All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));
}
