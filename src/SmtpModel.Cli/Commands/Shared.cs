using System.CommandLine;
using System.Net;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Commands;

/// <summary>Options that several verbs have.</summary>
internal static class Shared
{
    public static Option<string> Profile(string standard)
    {
        var option = new Option<string>("--profile")
        {
            Description = "The protocol: " + string.Join(", ", Profiles.All.Select(profile => $"{profile.Name} ({profile.Title})")) + ".",
            HelpName = string.Join('|', Profiles.All.Select(profile => profile.Name)),
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            var name = result.GetValueOrDefault<string>();
            if (name is not null && Profiles.Find(name) is null)
            {
                result.AddError($"there is no profile '{name}'; there are {string.Join(" and ", Profiles.All.Select(profile => profile.Name))}");
            }
        });
        return option;
    }

    public static Profile Get(this ParseResult parsed, Option<string> profile) => Profiles.Find(parsed.GetValue(profile)!)!;

    /// <summary>An option for a length of time, as 30, 30s, 500ms, 5m or 1h.</summary>
    public static Option<TimeSpan?> Time(string name, string description, TimeSpan? standard = null) => new(name)
    {
        // said in words, since a default of the option would be shown as 00:05:00
        Description = standard is { } time ? $"{description} [default: {Duration.Write(time)}]" : description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Duration.TryParse(text, out var time))
            {
                return time;
            }

            result.AddError($"'{text}' is not a time for {name}; write 30 or 30s, 500ms, 5m, 1h");
            return null;
        },
    };

    public static Option<int> Number(string name, string description, int standard, int least, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError(most == int.MaxValue ? $"{name} must be at least {least}, not {value}" : $"{name} must be from {least} to {most}, not {value}");
            }
        });
        return option;
    }

    /// <summary>Reads HOST:PORT, [ADDRESS]:PORT.</summary>
    public static (string Host, int Port)? ParseTarget(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port) || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return IPAddress.TryParse(host[1..^1], out _) ? (host[1..^1], port) : null;
        }

        return host.Contains(':', StringComparison.Ordinal) ? null : (host, port);
    }
}

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
        var milliseconds = text[number.Length..] switch { "" or "s" => 1000.0, "ms" => 1.0, "m" => 60_000.0, "h" => 3_600_000.0, _ => 0.0 };
        var isNumber = double.TryParse(number, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var value);
        var isTime = isNumber && milliseconds > 0 && value > 0 && value * milliseconds < TimeSpan.FromDays(365).TotalMilliseconds;
        time = isTime ? TimeSpan.FromMilliseconds(value * milliseconds) : default;
        return isTime;
    }
}
