namespace SmtpModel.Testing.Engine;

/// <summary>Plays a part of the sessions of a learner: nothing in it depends on what another part shows.</summary>
/// <param name="Sessions">How many sessions were played.</param>
/// <param name="Inputs">How many inputs they had together.</param>
/// <param name="Stopped">What kept it from more; null where all were played.</param>
internal sealed record LearningShare(int Sessions, long Inputs, string? Stopped)
{
    /// <summary>Plays it.</summary>
    /// <param name="system">The server.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="keep">Is told each as soon as it was played.</param>
    /// <param name="unsteady">Is told where the same inputs drew different outputs.</param>
    /// <param name="cancellation">Ends it with what was played.</param>
    public static async Task<LearningShare> RunAsync(ILearnable system, IReadOnlyList<IReadOnlyList<int>> sessions,
        Action<PlayedSession> keep, Action<Unsteadiness> unsteady, CancellationToken cancellation)
    {
        var player = new LearningPlayer(system, new LearningTree(system), new LearningLimits(), keep, cancellation);
        var told = 0;
        string? stopped = null;
        for (var isOver = false; !isOver;)
        {
            try
            {
                foreach (var session in sessions)
                {
                    await player.PlayAsync(session);
                    Tell();
                }

                isOver = true;
            }
            catch (TreeChangedException)
            {
                // what is known is not asked again
            }
            catch (LearningStoppedException why)
            {
                (isOver, stopped) = (true, why.Message);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                (isOver, stopped) = (true, "it was interrupted");
            }

            Tell();
        }

        return new LearningShare(player.Sessions, player.Inputs, stopped);

        void Tell()
        {
            for (; told < player.Unsteady.Count; told++)
            {
                unsteady(player.Unsteady[told]);
            }
        }
    }
}
