using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests;

/// <summary>The names of all profiles, so that each property is a test of each of them.</summary>
public sealed class EachProfile : TheoryData<string>
{
    public EachProfile()
    {
        foreach (var profile in Profiles.All)
        {
            Add(profile.Name);
        }
    }

    internal static Profile Named(string name) => Profiles.Find(name) ?? throw new ArgumentException(name, nameof(name));
}
