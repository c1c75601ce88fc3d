using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>An exchange of a session as it was played, read back from what was said.</summary>
/// <param name="State">The state the model was in before.</param>
/// <param name="Move">What was sent.</param>
/// <param name="Came">What came back, as the transcript has it.</param>
internal sealed record PlayedExchange(State State, Move Move, string Came)
{
    /// <summary>The exchanges in order; what the session itself did not send, as mail data that was filled in, is left out.</summary>
    public static IEnumerable<PlayedExchange> Of(TransitionTable table, TestSession session, Transcript transcript)
    {
        var moves = session.Steps.ToLookup(step => step.Move.ToString(), step => step.Move);
        return from line in transcript.Lines
               let move = moves[line.Sent ?? ""].FirstOrDefault()
               let state = table.AllStates.FirstOrDefault(one => one.Name == line.State)
               where move is not null && state is not null
               select new PlayedExchange(state, move, line.Came);
    }
}
