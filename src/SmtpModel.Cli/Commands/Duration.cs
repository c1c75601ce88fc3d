using System.Globalization;

namespace SmtpModel.Cli.Commands;

/// <summary>A length of time as people write it.</summary>
internal static class Duration
{
    public static string Write(TimeSpan time) => time switch
    {
        { Ticks: >= TimeSpan.TicksPerHour } when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours}h",
        { Ticks: >= TimeSpan.TicksPerMinute } when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes}m",
        { Ticks: >= TimeSpan.TicksPerSecond } => $"{time.TotalSeconds}s",
        _ => $"{time.TotalMilliseconds}ms",
    };

    public static bool TryParse(string text, out TimeSpan time)
    {
        var number = text.TrimEnd("smh".ToCharArray());
        var milliseconds = text[number.Length..] switch
        {
            "" or "s" => 1000.0,
            "ms" => 1.0,
            "m" => 60_000.0,
            "h" => 3_600_000.0,
            _ => 0.0,
        };
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        var isTime = isNumber && milliseconds > 0 && value > 0 && value * milliseconds < TimeSpan.FromDays(365).TotalMilliseconds;
        time = isTime ? TimeSpan.FromMilliseconds(value * milliseconds) : default;
        return isTime;
    }
}
