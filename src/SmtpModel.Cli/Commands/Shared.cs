using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Commands;

/// <summary>Options that several verbs have.</summary>
internal static class Shared
{
    public static Option<string> Profile(string standard)
    {
        var option = new Option<string>("--profile")
        {
            Description = $"The protocol: {KnownProfiles}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Profiles.Find(name) is null)
            {
                result.AddError(NoProfile(name));
            }
        });
        return option;
    }

    /// <summary>The profiles there are, in words.</summary>
    public static string KnownProfiles => string.Join(", ", Profiles.Named.Select(profile => $"{profile.Name} ({profile.Title})"))
        + $", or rfc5321 with some, as rfc5321+size+dsn (extensions: "
        + $"{string.Join(", ", Profiles.Every.Select(part => part.Extension!.Keyword.ToLowerInvariant()))})";

    /// <summary>What is said of a name that no profile has.</summary>
    public static string NoProfile(string name) => NoProfile(name, [.. Profiles.Named.Select(profile => profile.Name)]);

    /// <summary>The same, where other words may be said as well.</summary>
    public static string NoProfile(string name, IReadOnlyList<string> known) =>
        $"there is no profile '{name}'{Nearest.Among(name, known)}, "
        + $"and rfc5321 with extensions, as rfc5321+size+dsn; the extensions are "
        + $"{string.Join(", ", Profiles.Every.Select(part => part.Extension!.Keyword.ToLowerInvariant()))}";

    /// <summary>The profile of a command that plays against a server: one in which the channel and the client stay what they
    /// are.</summary>
    /// <exception cref="UsageException">It has STARTTLS or AUTH among its extensions.</exception>
    public static Profile GetPlayed(this ParseResult parsed, Option<string> profile) =>
        parsed.Get(profile) is var found && found.Table.LastingRegions.Count == 0
            ? found
            : throw new UsageException(
                $"{found} has {string.Join(" and ", found.Extensions.Intersect(Profiles.OfTheChannel.Select(part => part.Extension!)))} "
                    + $"among its extensions: a server is played inside TLS and behind a login, "
                    + "and test plays what is about them by itself; give --profile rfc5321, and --tls starttls or --user NAME for a "
                    + "server that wants them (fuzz takes any profile, in memory or with HOST:PORT)"
            );

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

    public static Option<int> Number(string name, string description, int standard, int least, int most = int.MaxValue) =>
        Number<int>(name, description, standard, least, most);

    public static Option<T> Number<T>(string name, string description, T standard, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    && value >= least
                    && value <= most
                )
                {
                    return value;
                }

                result.AddError(
                    $"'{text}' is no number for {name}; write one "
                        + $"{(most == T.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}"
                );
                return standard;
            },
        };

    /// <summary>An option whose value is one of a few words.</summary>
    public static Option<string> Choice(string name, string description, string standard, params string[] words) =>
        Among(
            new Option<string>(name)
            {
                Description = description,
                HelpName = string.Join('|', words),
                DefaultValueFactory = _ => standard,
            },
            words
        );

    /// <summary>An option that takes a few words only.</summary>
    public static TOption Among<TOption>(TOption option, params string[] words) where TOption : Option
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Where(word => !words.Contains(word)))
            {
                result.AddError($"there is no {option.Name[2..]} '{word}'{Nearest.Among(word, words)}");
            }
        });
        return option;
    }

    /// <summary>An option for the name of a host.</summary>
    public static Option<string> Domain(string name, string description, string standard)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "DOMAIN", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } domain && !Names.IsDomain(domain))
            {
                result.AddError($"'{domain}' is not a domain for {name}; write one as mx.example.test or [127.0.0.1]");
            }
        });
        return option;
    }

    /// <summary>An option for a file or a folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="helpName">What its value is called.</param>
    /// <param name="place">Makes the value of the text.</param>
    /// <param name="isHyphenTaken">Whether <c>-</c> means the standard output to it. To all others it is no name, since whoever writes it
    /// means that.</param>
    public static Option<T?> Place<T>(string name, string description, string helpName, Func<string, T> place, bool isHyphenTaken = false)
        where T : FileSystemInfo =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text == "-" && !isHyphenTaken)
                {
                    result.AddError($"{name} does not take - for the standard input or output; write {name} {helpName}");
                    return null;
                }

                if (text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal))
                {
                    return place(text);
                }

                result.AddError($"{name} has no name; write {name} {helpName}");
                return null;
            },
        };

    /// <summary>An argument that names a server.</summary>
    public static Argument<string> Server(string name, string description, bool isOptional = false)
    {
        var argument = new Argument<string>(name)
        {
            Description = $"{description} A port that is not given is 25.",
            Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        argument.Validators.Add(CheckServers);
        return argument;
    }

    /// <summary>Says of each word that names no server what would.</summary>
    public static void CheckServers(ArgumentResult result)
    {
        foreach (var word in result.Tokens.Select(token => token.Value).Where(word => ServerName.Parse(word) is null))
        {
            result.AddError(ServerName.NoServer(word));
        }
    }
}
