using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>A site that answers whatever it is told to, to whatever it is asked.</summary>
internal sealed class ScriptedPolicy : SitePolicy
{
    /// <summary>The next answer, and all that follow.</summary>
    public Decision Answer { get; set; }

    /// <summary>What it was asked about.</summary>
    public List<Verb> Asked { get; } = [];

    public override Decision OnConnection()
    {
        Asked.Add(Verb.Connection);
        return Answer;
    }

    public override Decision Decide(in SessionRequest request)
    {
        Asked.Add(request.Verb);
        return Answer;
    }
}
