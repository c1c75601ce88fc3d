using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>What each standard of this specification asks of a receiver: all of it, also what no case holds it to.</summary>
public static class Requirements
{
    private static IReadOnlyList<Requirement> Rfc5321All => [.. Rfc5321Sections.To41, .. Rfc5321Commands.Of41, .. Rfc5321Replies.From42];

    /// <summary>RFC 5321, and every extension; LMTP, which is a base of its own.</summary>
    public static IReadOnlyList<RequirementList> All { get; } =
    [
        new("RFC 5321", Profiles.Rfc5321, Rfc5321All) { Part = Rfc5321.Part },
        Of("RFC 1870", Rfc1870.Part, Rfc1870Requirements.All),
        Of("RFC 1985", Rfc1985.Part, Rfc1985Requirements.All),
        new("RFC 2033", Profiles.Lmtp, Rfc2033Requirements.All) { Part = Rfc2033.Part },
        Of("RFC 2034", Rfc2034.Part, Rfc2034Requirements.All),
        Of("RFC 2645", Rfc2645.Part, Rfc2645Requirements.All),
        Of("RFC 2852", Rfc2852.Part, Rfc2852Requirements.All),
        Of("RFC 2920", Rfc2920.Part, Rfc2920Requirements.All),
        // with PIPELINING, of which it asks something
        new("RFC 3030", Chunks, Rfc3030Requirements.All) { Part = Rfc3030.Part },
        Of("RFC 3207", Rfc3207.Part, Rfc3207Requirements.All),
        Of("RFC 3461", Rfc3461.Part, Rfc3461Requirements.All),
        Of("RFC 3865", Rfc3865.Part, Rfc3865Requirements.All),
        Of("RFC 4468", Rfc4468.Part, Rfc4468Requirements.All),
        Of("RFC 4865", Rfc4865.Part, Rfc4865Requirements.All),
        Of("RFC 4954", Rfc4954.Part, Rfc4954Requirements.All),
        Of("RFC 6152", Rfc6152.Part, Rfc6152Requirements.All),
        new("RFC 6409", Profiles.Extended(Profiles.Submission, [Rfc4954.AUTH.Name]), Rfc6409Requirements.All) { Part = Rfc6409.Part },
        Of("RFC 6531", Rfc6531.Part, Rfc6531Requirements.All),
        Of("RFC 6710", Rfc6710.Part, Rfc6710Requirements.All),
        Of("RFC 7293", Rfc7293.Part, Rfc7293Requirements.All),
        new("RFC 7504", Profiles.Rfc5321, Rfc7504Requirements.All) { Part = Rfc7504.Part },
        Of("RFC 8689", Rfc8689.Part, Rfc8689Requirements.All),
        Of("RFC 9422", Rfc9422.Part, Rfc9422Requirements.All),
    ];

    private static Profile Chunks => Profiles.Composed(
        Rfc2920.Part.Extension!.Keyword, Rfc3030.Part.Extension!.Keyword, Rfc3030Binary.Part.Extension!.Keyword);

    // the smallest profile with a name that has the extension, or the base with it alone
    private static RequirementList Of(string document, ProfilePart part, IReadOnlyList<Requirement> all) =>
        new(document, Holding(part), all) { Part = part };

    private static Profile Holding(ProfilePart part) =>
        Profiles.All.FirstOrDefault(profile => profile != Profiles.Lmtp && profile.Parts.Contains(part))
            ?? Profiles.Composed(part.Extension!.Keyword);
}
