using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a server did in one state: each trial with the probe that played it.</summary>
/// <param name="State">The state as the model has it.</param>
/// <param name="Access">The moves that lead to it on this server.</param>
/// <param name="Cells">Each trial and its probe.</param>
internal sealed record Row(State State, IReadOnlyList<Move> Access, IReadOnlyList<(Trial Trial, ProbeResult Probe)> Cells)
{
    /// <summary>Whether a way leads by it: the way here begins with that one.</summary>
    public bool IsBehind(IReadOnlyList<Move> way) => Access.Take(way.Count).SequenceEqual(way);

    /// <summary>The probe of a move; null when it was not played.</summary>
    public ProbeResult? this[Move move] => Cells.FirstOrDefault(cell => cell.Trial.Move == move).Probe;

    /// <summary>The probe of a line, whatever it was sent for; null when it was not played, or there is no line.</summary>
    public ProbeResult? Drawn(string? line) => line is null ? null : Cells.FirstOrDefault(cell => cell.Trial.Move.Text == line).Probe;

    /// <summary>What came for a move; null when it was not played to its end.</summary>
    public Answer? Answer(Move move) => this[move]?.Last is { } last ? Answers.Of(last.Came) : null;
}
