using System.Diagnostics;

namespace SmtpModel.Cli.Output;

/// <summary>Says on the standard error how far a large file is read: the longer it lasts, the more seldom.</summary>
internal sealed class ReadingProgress(string name, long length)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromSeconds(5);

    /// <summary>So many octets were read.</summary>
    public void Report(long octets)
    {
        if (_clock.Elapsed < _next)
        {
            return;
        }

        _next += _next < TimeSpan.FromMinutes(1) ? _next : TimeSpan.FromMinutes(1);
        Console.Error.WriteLine($"{name}: read {octets / 1_000_000} of {length / 1_000_000} MB in {_clock.Elapsed.TotalSeconds:0} s");
    }
}
