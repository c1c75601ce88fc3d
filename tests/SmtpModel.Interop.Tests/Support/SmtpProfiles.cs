using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Interop.Tests.Support;

/// <summary>The profiles that a client of SMTP can speak with; LMTP has another greeting.</summary>
internal static class SmtpProfiles
{
    public static IReadOnlyList<string> Names { get; } =
    [.. SmtpSession.ProfileNames.Where(name => Profiles.BaseOf(Profiles.Find(name)!) != Profiles.Lmtp)];
}
