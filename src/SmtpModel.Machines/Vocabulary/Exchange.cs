namespace SmtpModel.Machines;

/// <summary>A command together with the reply it drew: the label of an edge.</summary>
/// <param name="Command">The command.</param>
/// <param name="Code">The reply's code, 200 to 599.</param>
public readonly record struct Exchange(Command Command, int Code)
{
    /// <summary>Whether the reply is 2yz or 3yz: the command was accepted.</summary>
    public bool IsAccepted => Code < 400;

    /// <summary>What this exchange does to the buffers, in order.</summary>
    public IReadOnlyList<Effect> Effects => IsAccepted ? Command.OnAccept : Command.OnRefuse;

    /// <summary>The exchange as it is written on a diagram, as <c>MAIL / 250</c>.</summary>
    public override string ToString() => $"{Command} / {Code}";
}
