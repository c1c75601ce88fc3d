using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests;

/// <summary>
/// A scripted session in lockstep with a server that takes scripts: every reply has to be the predicted one, and
/// everything handed over has to be what the model holds.
/// </summary>
internal sealed class Conversation(TransitionTable table, ITarget target)
{
    private readonly Move _plainData = new(
        table.Commands.First(use => use.Command.Kind is InputKind.Data).Command,
        MoveKind.Data,
        "text\r\n"
    );
    private Engine.Conversation? _replies;
    private readonly List<(SessionModel Model, Move? Move, Observation Came)> _said = [];

    /// <summary>How many exchanges there were in all.</summary>
    public int Exchanges { get; private set; }

    /// <summary>What differs from the model after each exchange, where more than the reply can be seen; null for nothing.</summary>
    public Func<SessionModel, string?>? Inspect { get; init; }

    /// <summary>Plays a session; null when all of it was as predicted, else what was not, with the transcript.</summary>
    public async ValueTask<string?> PlayAsync(TestSession session, CancellationToken cancellation)
    {
        _said.Clear();
        var difference = await RunAsync(session, cancellation);
        return difference is null ? null : TestRun.Failure($"{target.Name}: {difference}", session, Transcribe());
    }

    private async ValueTask<string?> RunAsync(TestSession session, CancellationToken cancellation)
    {
        await using var connection = await target.ConnectAsync(session.Greeting, cancellation);
        var model = SessionModel.Of(table, session.Greeting);
        _replies = new Engine.Conversation(connection, table);
        _said.Add((model, null, connection.Greeting));
        if (session.Greeting != 0 && connection.Greeting.Code != session.Greeting)
        {
            return $"the greeting should be {session.Greeting}, and is {connection.Greeting}";
        }

        if (Inspect?.Invoke(model) is { } early)
        {
            return early;
        }

        foreach (var step in session.Steps)
        {
            // shrinking may leave data where none is read, or a command where data is
            if (step.Move.Kind is MoveKind.Data && !model.ReadsData && model.State != table.Final)
            {
                continue;
            }

            if (model.ReadsData && step.Move.Kind is not MoveKind.Data)
            {
                (model, var wrong) = await ExchangeAsync(connection, model, new Step(_plainData), cancellation);
                if (wrong is not null)
                {
                    return wrong;
                }
            }

            (model, var difference) = await ExchangeAsync(connection, model, step, cancellation);
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private async ValueTask<(SessionModel After, string? Difference)> ExchangeAsync(
        ITargetSession connection,
        SessionModel model,
        Step step,
        CancellationToken cancellation
    )
    {
        var predicted = model.Predict(step.Move, step.Script);
        var came = _replies!.Due(step.Move.Command) is var due and > 0 ? await _replies.ExchangeAsync(step, due, cancellation)
            : await connection.SendAsync(step.Move.Octets, step.Script, cancellation);
        if (came.Earlier is { } earlier && came.Code != table.Faults.Closing && earlier.Any(one => one.Code != came.Code))
        {
            return (model, $"{step.Move} in {model.State} is scripted to draw one reply each time, and drew {came}");
        }

        _replies.Follow(step.Move.Command / came.Code);
        Exchanges++;
        _said.Add((model, step.Move, came));
        if (predicted == SessionModel.Nothing)
        {
            return (model, came.Kind is ObservationKind.Closed ? null : $"the channel should be closed, but there came {came}");
        }

        if (came.Kind is not ObservationKind.Reply || (predicted ?? came.Code) != came.Code)
        {
            return (model, $"{step.Move} in {model.State} should draw {predicted?.ToString() ?? "a reply"}, and drew {came}");
        }

        if (predicted is null && table.Find(model.State, step.Move.Command / came.Code) is null)
        {
            return (model, $"{step.Move} in {model.State} drew {came}, which the machine does not permit");
        }

        // what is handed over is what was held before the reply cleared it
        if (
            model.ReadsData
            && (connection.Delivered is not { } delivered ? "nothing was handed over" : Buffers.Differ(model, step.Move, delivered))
                is { } other
        )
        {
            return (model, other);
        }

        var after = model.After(step.Move, came.Code);
        return (after, Inspect?.Invoke(after));
    }

    private Transcript Transcribe()
    {
        var transcript = new Transcript();
        for (var index = 0; index < _said.Count; index++)
        {
            var (model, move, came) = _said[index];
            transcript.Add(
                new TranscriptLine(
                    model.State.Name,
                    move?.ToString(),
                    came.ToString(),
                    index == _said.Count - 1 ? Verdict.Fail : Verdict.Pass
                )
            );
        }

        return transcript;
    }
}
