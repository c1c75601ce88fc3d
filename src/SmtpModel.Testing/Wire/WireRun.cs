namespace SmtpModel.Testing;

/// <summary>One playing of one case: the connections it opens, and what was said on them.</summary>
internal sealed class WireRun(WireModel model, WireOptions options, Palette palette, ITarget target, CancellationToken cancellation)
{
    public WireModel Model => model;

    public WireOptions Options => options;

    public Palette Palette => palette;

    public CancellationToken Cancellation => cancellation;

    public Transcript Transcript { get; } = new();

    public WireScript Script { get; } = new();

    public long Sessions { get; private set; }

    /// <summary>Plays on a new connection; one that the server will not serve, or that cannot be had, leaves the case undecided.</summary>
    public async Task<WireOutcome> TalkAsync(Func<WireTalk, Task<WireOutcome>> play)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (options.Pace is { } pace)
            {
                await pace(cancellation);
            }

            string why;
            try
            {
                var session = await target.ConnectAsync(0, cancellation);
                Sessions++;
                Script.Open();
                await using var talk = new WireTalk(session as IWireSession ?? throw new ArgumentException("the wire cases need a target of octets, as a TcpTarget", nameof(play)), this);
                Transcript.Add(new TranscriptLine(model.Table.Start.Name, null, $"{talk.Greeting} (a new connection)", Verdict.Pass));
                try
                {
                    if (talk.Greeting.IsAccepted())
                    {
                        return await play(talk);
                    }
                }
                finally
                {
                    Script.Close();
                }

                why = $"the server would not begin a session: {talk.Greeting}";
            }
            catch (TargetUnreachableException fault)
            {
                why = fault.Message;
            }

            if (attempt == options.Retries)
            {
                return WireOutcome.Undecided(why);
            }

            await Task.Delay(options.Patience, cancellation);
        }
    }

    /// <summary>Forgets what was said so far: it was a control, and shows nothing.</summary>
    public void Forget()
    {
        Transcript.Clear();
        Script.Clear();
    }
}
