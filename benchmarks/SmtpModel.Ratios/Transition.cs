using System.Diagnostics;
using System.Globalization;
using SmtpModel.Server;

namespace SmtpModel.Ratios;

/// <summary>What one step of the order costs: a transaction over and over, with all extensions in the machine where there are
/// any.</summary>
internal static class Transition
{
    private const int Turns = 2_000_000;

    private static readonly (Verb Verb, int Code)[] Exchanges =
    [
        (Verb.HELO, 250),
        (Verb.MAIL, 250),
        (Verb.RCPT, 250),
        (Verb.RCPT, 251),
        (Verb.DATA, 354),
        (Verb.EndOfData, 250),
        (Verb.RSET, 250),
        (Verb.NOOP, 250),
    ];

    /// <summary>Prints the least of several batches, in nanoseconds for each transition, and the octets that were allocated for
    /// it.</summary>
    public static void Measure()
    {
#if BEFORE
        var order = new Rfc5321Order();
#else
        var order = EsmtpOrder.Table;
#endif
        var (least, allocated) = (double.MaxValue, 0L);
        for (var batch = 0; batch < 9; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.GetTimestamp();
            var state = SessionState.Ready;
            for (var turn = 0; turn < Turns; turn++)
            {
                foreach (var (verb, code) in Exchanges)
                {
                    state = order.Next(state, verb, code).State;
                }
            }

            least = Math.Min(least, Stopwatch.GetElapsedTime(clock).TotalNanoseconds / (Turns * Exchanges.Length));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (state != SessionState.Ready)
            {
                throw new InvalidOperationException($"the transaction ended in {state}");
            }
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{least:0.00} {(double)allocated / (Turns * Exchanges.Length):0.####}")
        );
    }
}
