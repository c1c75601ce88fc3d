using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes sessions of profiles: those that the server was built with, and those that are composed when a program runs.</summary>
public static class ProfileSessions
{
    /// <summary>The same options for a server of a profile, which may be composed just now.</summary>
    /// <param name="options">The options of a server.</param>
    /// <param name="profile">The profile.</param>
    /// <exception cref="SpecificationException">The session cannot serve such a machine.</exception>
    public static SmtpServerOptions Serving(this SmtpServerOptions options, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(profile);
        return IsGenerated(profile)
            ? options with
            {
                Profile = profile.Name,
            }
            : options with
            {
                Profile = profile.Name,
                MakeSession = Of(profile),
            };
    }

    /// <summary>Makes a session of a profile.</summary>
    /// <param name="profile">The profile.</param>
    internal static Func<SessionSettings, SitePolicy, SmtpSession> Of(Profile profile)
    {
        if (IsGenerated(profile))
        {
            return (settings, policy) => SmtpSession.Create(profile.Name, settings, policy);
        }

        var order = SpecifiedOrder.Of(profile);
        return (settings, policy) => SmtpSession.Create(order, settings, policy);
    }

    private static bool IsGenerated(Profile profile) => Spec.Profiles.All.Contains(profile);
}
