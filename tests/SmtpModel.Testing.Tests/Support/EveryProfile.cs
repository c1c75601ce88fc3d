using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests;

// The profiles by name, for theories.
public sealed class EveryProfile : TheoryData<string>
{
    public EveryProfile()
    {
        foreach (var profile in Profiles.All)
        {
            Add(profile.Name);
        }
    }

    internal static Profile Named(string name) => Profiles.Find(name)!;
}
