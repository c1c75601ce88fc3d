using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Learns the machine of a live server, and lays it over that of a profile.</summary>
public static class ServerLearning
{
    /// <summary>
    /// Learns a server. It begins with the sessions of the complete suite of the profile: a server that is what that says costs no more.
    /// </summary>
    /// <param name="profile">What it is held against; its commands are the inputs.</param>
    /// <param name="target">The server. Whole messages are delivered to it.</param>
    /// <param name="options">How far it goes.</param>
    /// <param name="log">Where sessions are kept, and what was kept before is read from; null for nowhere.</param>
    /// <param name="progress">Is told how many states, sessions and inputs there are, after each session.</param>
    /// <param name="cancellation">Ends it with what is known.</param>
    /// <exception cref="ArgumentException">An input is asked for that there is not.</exception>
    /// <exception cref="TargetUnreachableException">There is no server, or it serves nobody.</exception>
    public static async Task<LearnedServer> RunAsync(Profile profile, ITarget target, LearnOptions options, LearningLog? log = null,
        IProgress<(int Sessions, long Inputs)>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var task = LearningTask.Of(profile, target, options);
        var tree = new LearningTree(task.System);
        log?.Begin(task.Inputs, tree);
        var (sessions, sent) = (0, 0L);
        return await task.LearnAsync(task.System, tree, options.IsFromNothing ? [] : task.Hints.Sessions, session =>
        {
            log?.Keep(session);
            progress?.Report((++sessions, sent += session.Inputs.Count));
        }, cancellation);
    }
}
