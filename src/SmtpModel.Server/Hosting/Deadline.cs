namespace SmtpModel.Server;

/// <summary>What is done when a deadline has passed.</summary>
internal enum Overdue
{
    /// <summary>Nothing is waited for.</summary>
    Nothing,

    /// <summary>The client is told 421.</summary>
    SayGoodbye,

    /// <summary>The store, or the authenticator, is told to give up.</summary>
    CancelDelivery,

    /// <summary>The connection is cut.</summary>
    Cut,
}

/// <summary>
/// A point in time and what is done then, in one word, so that the sweep reads both at once while the connection goes on.
/// Setting one costs a write; nothing is registered anywhere.
/// </summary>
internal struct Deadline
{
    private const int KindBits = 2;
    private long _word;

    public void Set(long timestamp, Overdue kind) => Volatile.Write(ref _word, (timestamp << KindBits) | (long)kind);

    public void Clear() => Volatile.Write(ref _word, 0);

    /// <summary>What is overdue now.</summary>
    public Overdue Check(long now)
    {
        var word = Volatile.Read(ref _word);
        return word != 0 && word >> KindBits <= now ? (Overdue)(word & ((1 << KindBits) - 1)) : Overdue.Nothing;
    }
}

/// <summary>The options' times in the clock's own unit.</summary>
internal sealed class TimeLimits(SmtpServerOptions options)
{
    public long Command { get; } = InTicks(options.CommandTimeout, options);

    public long DataBlock { get; } = InTicks(options.DataBlockTimeout, options);

    public long Data { get; } = InTicks(options.DataTimeout, options);

    public long Delivery { get; } = InTicks(options.DeliveryTimeout, options);

    public long Send { get; } = InTicks(options.SendTimeout, options);

    public long Authentication { get; } = InTicks(options.AuthenticationTimeout, options);

    /// <summary>For a handshake of TLS; without TLS there is none.</summary>
    public long Handshake { get; } = InTicks(options.Tls?.HandshakeTimeout ?? TimeSpan.Zero, options);

    public long Close { get; } = InTicks(options.CloseTimeout, options);

    /// <summary>How often to look: a tenth of the shortest limit, between 10 milliseconds and a second.</summary>
    public TimeSpan SweepInterval { get; } = TimeSpan.FromMilliseconds(Math.Clamp(Shortest(options).TotalMilliseconds / 10, 10, 1000));

    /// <summary>A length of time in the clock's own unit.</summary>
    public long InTicks(TimeSpan time) => InTicks(time, options);

    private static long InTicks(TimeSpan time, SmtpServerOptions options) =>
        (long)(time.TotalSeconds * options.TimeProvider.TimestampFrequency);

    private static TimeSpan Shortest(SmtpServerOptions options) =>
        new[]
        {
            options.CommandTimeout,
            options.DataBlockTimeout,
            options.DataTimeout,
            options.DeliveryTimeout,
            options.SendTimeout,
            options.CloseTimeout,
            options.AuthenticationTimeout,
            options.Tls?.HandshakeTimeout ?? TimeSpan.MaxValue,
        }.Min();
}
