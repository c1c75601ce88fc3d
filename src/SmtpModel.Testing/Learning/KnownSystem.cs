namespace SmtpModel.Testing.Engine;

/// <summary>What was observed of a server, in its place: it answers what is known, and says what it was asked besides.</summary>
/// <param name="server">Its inputs and outputs.</param>
/// <param name="tree">What was observed.</param>
internal sealed class KnownSystem(TargetSystem server, LearningTree tree) : ILearnable
{
    /// <inheritdoc/>
    public int Inputs => server.Inputs;

    /// <inheritdoc/>
    public int FirstMode => server.FirstMode;

    /// <summary>The inputs of which it was not known what the last one draws; null where all was known.</summary>
    public IReadOnlyList<int>? Unknown { get; private set; }

    /// <inheritdoc/>
    public int ModeBehind(int mode, string output) => server.ModeBehind(mode, output);

    /// <inheritdoc/>
    public bool Takes(int mode, int input) => server.Takes(mode, input);

    /// <inheritdoc/>
    public ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation) => new(new Session(this, tree.Root));

    private sealed class Session(KnownSystem system, LearningNode node) : ILearnableSession
    {
        private LearningNode _node = node;

        public ValueTask<string> SendAsync(int input, CancellationToken cancellation)
        {
            if (!_node.Children.TryGetValue(input, out var child))
            {
                system.Unknown = [.. _node.Path, input];
                throw new LearningStoppedException("what was asked so far does not say what the server is; it has to be asked more");
            }

            _node = child;
            return new ValueTask<string>(child.Output);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
