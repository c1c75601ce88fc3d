using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests;

// The profiles by name, for theories: those that a tester plays. What is multiplied by regions has tests of its own (RegionTests).
public sealed class EveryProfile : TheoryData<string>
{
    public EveryProfile()
    {
        foreach (var profile in All)
        {
            Add(profile.Name);
        }
    }

    internal static IReadOnlyList<Profile> All { get; } = [.. Profiles.All.Where(profile => profile.Table.Regions.Count == 0)];

    internal static Profile Named(string name) => Profiles.Find(name)!;
}
