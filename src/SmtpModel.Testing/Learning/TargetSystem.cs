using System.Globalization;
using System.Text.RegularExpressions;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A server as a system that is learned. An output is the code of a reply, with what the server did to the channel; what it reads
/// next follows from the code. A session is over where the channel was closed, and where nothing came, since nobody knows then what
/// a later reply is for.
/// </summary>
internal sealed partial class TargetSystem : ILearnable
{
    /// <summary>What is sent for the end of data where commands are read.</summary>
    public const string Dot = ".";

    /// <summary>The output where the channel was closed instead of a reply.</summary>
    public const string Closed = "closed";

    /// <summary>What stands behind a code where the channel was closed after the reply.</summary>
    public const string ThenClosed = ", closed";

    /// <summary>The output where nothing came.</summary>
    public const string Silence = "silence";

    /// <summary>The output where something came that is no reply.</summary>
    public const string NoReply = "no reply";

    // how often a session is begun again where the server does not let one in, and how long is waited before
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    // a server that has said goodbye closes at once, or does not
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    // between the replies to one input, where it draws several
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly ITarget _target;
    private readonly TransitionTable _table;
    private readonly IReadOnlyList<LearningInput> _inputs;
    private readonly bool _isAbstract;
    private readonly HashSet<int> _data;
    private readonly HashSet<int> _responses;
    private readonly HashSet<int> _farewells;
    private bool _isNarrow;

    /// <summary>A server.</summary>
    /// <param name="target">The server.</param>
    /// <param name="table">What says which reply asks for mail data, or for a response.</param>
    /// <param name="inputs">What is sent.</param>
    /// <param name="isAbstract">Whether only the first digit of a reply counts, but for replies that ask for more.</param>
    public TargetSystem(ITarget target, TransitionTable table, IReadOnlyList<LearningInput> inputs, bool isAbstract)
    {
        (_target, _table, _inputs, _isAbstract) = (target, table, inputs, isAbstract);
        _data = Codes(table, Reading.Data);
        _responses = Codes(table, Reading.Responses);
        _farewells = [table.Faults.Closing, .. table.Ending is { } ending ? table[ending].Replies.Accepting : []];
    }

    /// <summary>The greeting of the first session; 0 before it.</summary>
    public int Greeting { get; set; }

    /// <summary>How often a session was not let in at first.</summary>
    public int TurnedAway { get; private set; }

    /// <inheritdoc/>
    public int Inputs => _inputs.Count;

    /// <inheritdoc/>
    public int FirstMode => (int)Reading.Commands;

    /// <summary>Whether a text is an output that a server can have.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOutput(string text) => Form().IsMatch(text);

    /// <summary>The code of an output; 0 where it has none.</summary>
    /// <param name="output">The output.</param>
    public static int CodeOf(string output) =>
        output.Length >= 3 && int.TryParse(output.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;

    /// <inheritdoc/>
    public int ModeBehind(int mode, string output) =>
        output.EndsWith(Closed, StringComparison.Ordinal) || output is Silence or NoReply ? ILearnable.Over
        : CodeOf(output) is not (>= 300 and < 400 and var code) ? (int)Reading.Commands
        : _responses.Contains(code) && !_data.Contains(code) ? (int)Reading.Responses : (int)Reading.Data;

    /// <inheritdoc/>
    public bool Takes(int mode, int input) => _inputs[input].Line.Command.Kind switch
    {
        // where commands are read the end of data is a line with a dot
        InputKind.Data => (Reading)mode is Reading.Data or Reading.Commands,
        InputKind.Response => (Reading)mode is Reading.Responses,
        _ => (Reading)mode is Reading.Commands,
    };

    /// <summary>What is sent in a mode for an input.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="input">The input's place.</param>
    public Move Line(int mode, int input) =>
        _inputs[input].Line is var line && line.Kind is MoveKind.Data && (Reading)mode is Reading.Commands ? DotLine ?? line : line;

    private Move? DotLine => field ??= _table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.UnknownLine) is { } use
        ? new Move(use.Command, MoveKind.Unknown, Dot) : null;

    /// <inheritdoc/>
    public async ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            string? why;
            try
            {
                var session = await _target.ConnectAsync(0, cancellation);
                if (session.Greeting is { Kind: ObservationKind.Reply, Code: >= 200 and < 300 and var code })
                {
                    Greeting = Greeting == 0 ? code : Greeting;
                    return new Session(this, session);
                }

                why = $"it greets with {session.Greeting}";
                await session.DisposeAsync();
            }
            catch (TargetUnreachableException fault) when (Greeting != 0)
            {
                why = fault.Message;
            }

            if (attempt == Pauses.Length)
            {
                throw Greeting != 0 ? new LearningStoppedException($"the server lets no more sessions in: {why}")
                    : new TargetUnreachableException($"{_target.Name} serves nobody now: {why}");
            }

            // it may still hold the session before to be there
            (_isNarrow, TurnedAway) = (true, TurnedAway + 1);
            await Task.Delay(Pauses[attempt], cancellation);
        }
    }

    private static HashSet<int> Codes(TransitionTable table, Reading reading) =>
        [.. table.Edges.Where(edge => table.Reads(edge.To) == reading && table.Reads(edge.From) is Reading.Commands)
            .Select(edge => edge.Exchange.Code)];

    /// <summary>The output for a reply.</summary>
    /// <param name="code">Its code.</param>
    public string Said(int code) => _isAbstract && code / 100 != 3 ? $"{code / 100}yz" : $"{code}";

    [GeneratedRegex($@"^(?:{Closed}|{Silence}|{NoReply}|[0-9](?:[0-9]{{2}}|yz)(?: and [0-9](?:[0-9]{{2}}|yz))*(?:{ThenClosed})?)\z")]
    private static partial Regex Form();

    private sealed class Session(TargetSystem system, ITargetSession session) : ILearnableSession
    {
        private readonly Conversation _conversation = new(session, system._table);
        private int _mode = system.FirstMode;

        public async ValueTask<string> SendAsync(int input, CancellationToken cancellation)
        {
            var line = system.Line(_mode, input);
            var output = await ReadAsync(line, await SendAsync(line, cancellation), cancellation);
            _mode = system.ModeBehind(_mode, output);
            return output;
        }

        public async ValueTask DisposeAsync()
        {
            if (system._isNarrow && session is IWireSession wire)
            {
                await wire.LeaveAsync(Farewell);
            }

            await session.DisposeAsync();
        }

        private async ValueTask<Observation> SendAsync(Move line, CancellationToken cancellation)
        {
            try
            {
                // how many replies are due is not asked for: what a learned server gives is what there is
                return await _conversation.ExchangeAsync(new Step(line), due: 1, cancellation);
            }
            catch (SessionLostException fault)
            {
                throw new LearningStoppedException(fault.Message);
            }
        }

        private async ValueTask<string> ReadAsync(Move line, Observation came, CancellationToken cancellation)
        {
            if (came.Kind is not ObservationKind.Reply)
            {
                return came.Kind is ObservationKind.Closed ? Closed
                    : came.Kind is ObservationKind.Silence && came.Fault is null ? Silence : NoReply;
            }

            var output = system.Said(came.Code);
            if (system._table.ForEach.ContainsKey(line.Command))
            {
                // one reply for each recipient: how many there are is no state of a server
                HashSet<string> all = [output];
                await foreach (var more in _conversation.MoreAsync(Between, cancellation))
                {
                    all.Add(system.Said(more.Code));
                }

                output = string.Join(" and ", all.Order(StringComparer.Ordinal));
            }

            return !system._farewells.Contains(came.Code) || session is not IRepliesSession replies ? output
                : await replies.ReadAsync(Farewell, cancellation) switch
                {
                    { Kind: ObservationKind.Closed } => output + ThenClosed,
                    { Kind: ObservationKind.Reply, Code: var more } => $"{output} and {system.Said(more)}",
                    _ => output,
                };
        }
    }
}
