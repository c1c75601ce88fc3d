using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmtpModel.Server;

/// <summary>Names of files in a Maildir: time, process, a count, chance, and the machine's name. Nothing a client sent is in
/// them.</summary>
internal sealed class MaildirNames
{
    // what ends or divides a name is written by its octal code, as is the convention
    private readonly string _machine = Environment
        .MachineName.Replace("/", @"\057", StringComparison.Ordinal)
        .Replace(":", @"\072", StringComparison.Ordinal);
    private long _count;

    public string Next(DateTimeOffset now)
    {
        var count = Interlocked.Increment(ref _count);
        var micros = now.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var chance = RandomNumberGenerator.GetHexString(8, lowercase: true);
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}.M{micros}P{Environment.ProcessId}Q{count}R{chance}")
            .Append('.').Append(_machine).ToString();
    }
}
