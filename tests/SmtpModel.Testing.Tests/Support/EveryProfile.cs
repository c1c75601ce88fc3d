using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests;

// The profiles of SMTP by name, for theories: those that a tester plays. What is multiplied by regions has tests of its own
// (RegionTests), and so has LMTP (LmtpTests).
public sealed class EveryProfile : TheoryData<string>
{
    public EveryProfile()
    {
        foreach (var profile in All)
        {
            Add(profile.Name);
        }
    }

    internal static IReadOnlyList<Profile> All { get; } =
    [.. EveryProtocol.All.Where(profile => Profiles.BaseOf(profile) != Profiles.Lmtp)];

    internal static Profile Named(string name) => Profiles.Find(name)!;
}

// The same with LMTP, for what holds whatever the protocol is.
public sealed class EveryProtocol : TheoryData<string>
{
    public EveryProtocol()
    {
        foreach (var profile in All)
        {
            Add(profile.Name);
        }
    }

    internal static IReadOnlyList<Profile> All { get; } = [.. Profiles.All.Where(profile => profile.Table.Regions.Count == 0)];
}
