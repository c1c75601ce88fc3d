using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// The three buffers of a transaction (RFC 821 4.1.1). The memory is the session's and used again: copy what is to be kept.
/// </summary>
public sealed class IncomingMessage
{
    private const int KeptCapacity = 256 * 1024;
    private readonly ByteBuffer _forwardPaths = new();
    private readonly ByteBuffer _parameters = new();
    private readonly List<Slice> _ends = [];
    private readonly List<Slice> _parameterEnds = [];

    /// <summary>Whether a reverse-path is held; a null reverse-path is held too.</summary>
    public bool HasReversePath { get; private set; }

    /// <summary>The reverse-path with its angle brackets, as it was sent.</summary>
    public ReadOnlySpan<byte> ReversePath => ReversePathBuffer.WrittenSpan;

    /// <summary>The parameters that stood behind the reverse-path, as they were sent and one space between (RFC 5321 4.1.1.11); empty
    /// without.</summary>
    public ReadOnlySpan<byte> ReversePathParameters => ReversePathParametersBuffer.WrittenSpan;

    /// <summary>How many forward-paths are held.</summary>
    public int RecipientCount => _ends.Count;

    /// <summary>The mail data: lines with CRLF, without the dots that were doubled for transparency and without the end of data.</summary>
    public ReadOnlyMemory<byte> Data => DataBuffer.WrittenMemory;

    /// <summary>How the message is to be delivered.</summary>
    public DeliveryKind Kind { get; internal set; }

    internal ByteBuffer DataBuffer { get; } = new();

    private ByteBuffer ReversePathBuffer { get; } = new(64);

    private ByteBuffer ReversePathParametersBuffer { get; } = new();

    /// <summary>A forward-path with its angle brackets, as it was sent.</summary>
    /// <param name="index">Its place, from 0, in the order of the RCPT commands.</param>
    public ReadOnlySpan<byte> Recipient(int index) => _ends[index].Of(_forwardPaths.WrittenSpan);

    /// <summary>The parameters that stood behind a forward-path, as they were sent and one space between; empty without.</summary>
    /// <param name="index">The forward-path's place, from 0.</param>
    public ReadOnlySpan<byte> RecipientParameters(int index) => _parameterEnds[index].Of(_parameters.WrittenSpan);

    /// <summary>A copy that stays good.</summary>
    public StoredMessage Copy()
    {
        var recipients = new string[RecipientCount];
        var parameters = new string[RecipientCount];
        for (var index = 0; index < recipients.Length; index++)
        {
            recipients[index] = System.Text.Encoding.Latin1.GetString(Recipient(index));
            parameters[index] = System.Text.Encoding.Latin1.GetString(RecipientParameters(index));
        }

        return new StoredMessage(System.Text.Encoding.Latin1.GetString(ReversePath), recipients, Data.ToArray(), Kind)
        {
            ReversePathParameters = System.Text.Encoding.Latin1.GetString(ReversePathParameters),
            ForwardPathParameters = parameters,
        };
    }

    internal void Apply(BufferEffects effects, ReadOnlySpan<byte> path, ReadOnlySpan<byte> parameters = default)
    {
        if ((effects & BufferEffects.ClearReversePath) != 0)
        {
            HasReversePath = false;
            ReversePathBuffer.Clear();
            ReversePathParametersBuffer.Clear();
        }

        if ((effects & BufferEffects.ClearForwardPath) != 0)
        {
            _forwardPaths.Clear();
            _ends.Clear();
            _forwardPaths.Trim(KeptCapacity);
            _parameters.Clear();
            _parameterEnds.Clear();
            _parameters.Trim(KeptCapacity);
        }

        if ((effects & BufferEffects.ClearMailData) != 0)
        {
            DataBuffer.Clear();
            DataBuffer.Trim(KeptCapacity);
        }

        if ((effects & BufferEffects.SetReversePath) != 0)
        {
            HasReversePath = true;
            ReversePathBuffer.Clear();
            ReversePathBuffer.Append(path);
            ReversePathParametersBuffer.Clear();
            ReversePathParametersBuffer.Append(parameters);
        }

        if ((effects & BufferEffects.AppendForwardPath) != 0)
        {
            _ends.Add(new Slice(_forwardPaths.Length, path.Length));
            _forwardPaths.Append(path);
            _parameterEnds.Add(new Slice(_parameters.Length, parameters.Length));
            _parameters.Append(parameters);
        }

        // the lines of mail data come from the decoder; with the argument of a command it is a fault of the order
        if ((effects & BufferEffects.AppendMailData) != 0)
        {
            DataBuffer.Append(path);
        }
    }
}
