using System.CommandLine;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The option that says which of the extensions that a server offers are meant.</summary>
internal static class ExtensionsOption
{
    private const string All = "all";
    public const string None = "none";

    public static Option<string> Create()
    {
        var option = new Option<string>("--extensions")
        {
            Description =
                "Which of the extensions that the server lists in its reply to EHLO are meant: all, none, or some by their keywords. What "
                    + "is not offered is not tried.",
            HelpName = "all|none|KEYWORD,...",
            DefaultValueFactory = _ => All,
        };
        option.Validators.Add(result =>
        {
            var words = Words(result.GetValueOrDefault<string>());
            if (words.FirstOrDefault(word => Profiles.Find($"rfc5321+{word}") is null) is { } unknown)
            {
                string[] known = [.. Profiles.Every.Select(part => part.Extension!.Keyword)];
                result.AddError(
                    $"there is no extension '{unknown}' for --extensions{Nearest.Among(unknown, known)}, or write all or none"
                );
            }
        });
        return option;
    }

    /// <summary>A profile with everything that a server may offer and a test tries by itself; the profile itself where nothing can be
    /// added.</summary>
    public static Profile Whole(Profile profile) => profile.Table.Listing is null || profile.Table.Extensions.Count > 0 ? profile
        : Profiles.Extended(profile, Profiles.Played.Select(part => part.Extension!.Keyword));

    /// <summary>Reads what the server offers, and composes the profile of it.</summary>
    public static Task<ServerOffer> ReadAsync(
        this ParseResult parsed,
        Option<string> option,
        ITarget target,
        Profile profile,
        PaletteOptions palette,
        CancellationToken cancellation,
        Action<string>? greeted = null
    )
    {
        var text = parsed.GetValue(option);
        return ServerOffer.ReadAsync(target, profile, palette, Only(text), greeted, cancellation);
    }

    /// <summary>The keywords that are meant; null for all.</summary>
    public static IReadOnlyCollection<string>? Only(string? text) => text is All ? null : Words(text);

    /// <summary>The cases of a profile, and of the extensions that are tested by themselves beside it, which are made when they are looked
    /// at.</summary>
    public static IEnumerable<TestCase> Cases(Profile profile) => CaseCatalogue.Of(profile).Cases.Concat(ApartTest.CasesOf(profile));

    /// <summary>Every case that some server may get: <see cref="Cases"/>, and those of extensions that no named profile has.</summary>
    public static IEnumerable<TestCase> Possible(Profile profile)
    {
        // no machine with all extensions is made where nobody looks at its cases
        foreach (var one in Cases(profile).Concat(OfferedBySome(profile)))
        {
            yield return one;
        }
    }

    // one machine with all of them has the cases of each
    private static IEnumerable<TestCase> OfferedBySome(Profile profile)
    {
        if (profile.Table.Listing is not null)
        {
            var keywords = Profiles.Every.Except(Profiles.OfTheChannel).Select(part => part.Extension!.Keyword);
            foreach (var one in CaseCatalogue.Of(Profiles.Extended(profile, keywords)).Cases)
            {
                yield return one;
            }
        }
    }

    private static string[] Words(string? text) =>
        text is null or All or None ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
