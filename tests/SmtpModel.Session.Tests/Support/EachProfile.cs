using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>The names of all profiles a session can be made of.</summary>
public sealed class EachProfile : TheoryData<string>
{
    public EachProfile()
    {
        foreach (var name in SmtpSession.ProfileNames)
        {
            Add(name);
        }
    }
}
