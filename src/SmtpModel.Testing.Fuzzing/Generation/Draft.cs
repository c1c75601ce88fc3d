namespace SmtpModel.Testing.Engine;

/// <summary>A session while it is drawn: its steps, and where it is if the server does as it is told.</summary>
internal sealed class Draft(int state, int length, int most)
{
    public List<Step> Steps { get; } = new(most);

    public int State { get; private set; } = state;

    /// <summary>How long it is to be; what was begun may go on behind it.</summary>
    public int Length => length;

    public bool IsLongEnough => Steps.Count >= length;

    public bool IsFull => Steps.Count >= most;

    public void Add(Step step, int to)
    {
        Steps.Add(step);
        State = to;
    }

    /// <summary>Takes a choice with its plain move, or with another one.</summary>
    public void Take(Choice choice, int which = 0)
    {
        var move = which % 4 != 1 ? choice.Moves[0] : choice.Moves[which / 4 % choice.Moves.Count];
        // a refusal that is asked for leads nowhere
        var isRefused =
            choice.Script == 0
            && move.Provokes >= 400
            && choice.IsAccepted
            && choice.Edge!.Exchange.Command.Kind is not Machines.InputKind.Data;
        Add(new Step(move, choice.Script), isRefused ? State : choice.To);
    }
}
