using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A server that is what the specification says: what a learner asks of it is known before there is a server.</summary>
/// <param name="server">Its inputs and outputs.</param>
/// <param name="table">The profile's table.</param>
/// <param name="machine">What it does.</param>
internal sealed class SpecifiedSystem(TargetSystem server, TransitionTable table, Mealy machine) : ILearnable
{
    /// <inheritdoc/>
    public int Inputs => server.Inputs;

    /// <inheritdoc/>
    public int FirstMode => server.FirstMode;

    /// <inheritdoc/>
    public int ModeBehind(int mode, string output) => server.ModeBehind(mode, output);

    /// <inheritdoc/>
    public bool Takes(int mode, int input) => server.Takes(mode, input);

    /// <inheritdoc/>
    public ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation) => new(new Session(this));

    private string Answer(int input, ref int state)
    {
        if (!machine.IsDefined(state, input))
        {
            // the specification says nothing of it; a server stays where it is
            return server.Said(table.Faults.Unrecognized);
        }

        var (output, next) = (machine.Output(state, input), machine.Next(state, input));
        state = next;
        var said = server.Said(output % ResolvedMachine.Closes);
        return next < 0 || output >= ResolvedMachine.Closes ? said + TargetSystem.ThenClosed : said;
    }

    private sealed class Session(SpecifiedSystem system) : ILearnableSession
    {
        private int _state;

        public ValueTask<string> SendAsync(int input, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return new ValueTask<string>(system.Answer(input, ref _state));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
