using FsCheck;
using FsCheck.Fluent;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests;

/// <summary>A scripted session of one of the profiles.</summary>
public sealed record ScriptedSession(Profile Profile, TestSession Session)
{
    public override string ToString() => $"{Profile}: greeting {Session.Greeting}; {Session}";
}

// FsCheck finds the arbitraries here.
public static class ScriptedSessions
{
    private static readonly Dictionary<Profile, Palette> Palettes = EveryProtocol.All.ToDictionary(
        profile => profile,
        profile => DrawnArguments.Palette(profile.Table, new PaletteOptions { Seed = TestRun.Seed })
    );

    private static readonly Dictionary<Profile, SessionGenerator> Generators = EveryProtocol.All.ToDictionary(
        profile => profile,
        profile => new SessionGenerator(profile.Table, Palettes[profile], isScripted: true)
    );

    public static Arbitrary<ScriptedSession> Session() =>
        Arb.From(
            Gen.Elements(EveryProtocol.All.AsEnumerable())
                .SelectMany(profile => Of(profile).Arbitrary.Generator.Select(session => new ScriptedSession(profile, session))),
            scripted => SessionShrinker.Shrink(scripted.Session).Select(session => scripted with { Session = session })
        );

    internal static Palette PaletteOf(Profile profile) => Palettes[profile];

    internal static SessionGenerator Of(Profile profile) => Generators[profile];
}
