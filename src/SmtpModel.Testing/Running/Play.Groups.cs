namespace SmtpModel.Testing.Engine;

/// <content>What holds for inputs that were sent in one packet.</content>
internal sealed partial class Play
{
    /// <summary>
    /// Whether a reply in the middle of a packet leaves what stands behind it without one, or read as something else; then it is
    /// not judged.
    /// </summary>
    public bool IsCutShort(Observation came)
    {
        if (States == oracle.Final)
        {
            // the server said that it closes: what was sent behind that is answered or not
            IsOver = true;
        }
        else if (States.Overlaps(oracle.ReadingData))
        {
            _inconclusive = $"the server asks for mail data in the middle of a group, with {came}";
        }

        return IsOver || _inconclusive is not null;
    }

    /// <summary>
    /// An empty message to nobody was accepted. All that is asked behind a group is that nothing is sent to anybody (RFC 2920 3.2),
    /// so that it is a remark, and the server is where it would be if it had refused it.
    /// </summary>
    public bool TakenForNobody(Move move, Observation came)
    {
        _exchanges++;
        (Edge, Judgement) = (null, null);
        Note(move, came, Verdict.NonStrict);
        Remember($"an empty message to nobody: {came.Code}", Table.GroupAnswers, move, came);
        States = States.Indexes().SelectMany(state => Table.From(Table.AllStates[state], move.Command))
            .Aggregate(StateSet.None, (set, edge) => set.Union(StateSet.Of(Table.IndexOf(edge.To))));
        return true;
    }

    /// <summary>The channel was cut off behind a packet: replies may be lost; false, for the session cannot go on.</summary>
    public bool CutOff(Move move, Observation came)
    {
        Note(move, came, Verdict.Pass);
        (Edge, Judgement) = (null, null);
        _inconclusive = "the connection was reset behind a group, and replies may be lost";
        return false;
    }

    /// <summary>What was sent in a packet behind what ended the session, and what came for it; it is shown and not judged.</summary>
    public void Unjudged(Move move, Observation came) =>
        transcript?.Add(new TranscriptLine("", Sent(move), came.Told(), Verdict.Pass) { IsJoined = true });
}
