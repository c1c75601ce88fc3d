using System.Globalization;

namespace SmtpModel.Server;

/// <summary>What extensions can list that is each site's own, by the name that the specification has for it.</summary>
internal static class SiteValues
{
    private static readonly Dictionary<string, Func<SessionSettings, bool, string?>> Known = new()
    {
        ["max-message-size"] = static (settings, _) => Number(settings.MaxMessageSize),
        ["max-recipients"] = static (settings, _) => Number(settings.MaxRecipients),
        // where there is a certificate, and the channel is in clear; there is nothing to say behind the keyword
        ["tls"] = static (settings, isSecured) => settings.OffersStartTls && !isSecured ? "" : null,
        // where there is somebody to ask for passwords, and they may be told
        ["sasl-mechanisms"] = static (settings, isSecured) => settings.Mechanisms.Count > 0 && (isSecured || settings.AuthenticatesInClear)
            ? string.Join(' ', settings.Mechanisms) : null,
    };

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>What a site lists for a value; null where it does not list the keyword.</summary>
    /// <param name="row">The value.</param>
    /// <param name="settings">The site's settings.</param>
    /// <param name="isSecured">Whether the channel is in TLS.</param>
    /// <exception cref="ArgumentException">No site has such a value.</exception>
    public static string? Of(SiteRow row, SessionSettings settings, bool isSecured)
    {
        var value = Known.TryGetValue(row.Name, out var find)
            ? find(settings, isSecured)
            : throw new ArgumentException(
                $"no site has a value '{row.Name}' to list behind a keyword; there are {string.Join(", ", Names)}"
            );
        return value is null ? null
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > row.Most
                ? row.Before + Number(row.Most)
            : row.Before + value;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
