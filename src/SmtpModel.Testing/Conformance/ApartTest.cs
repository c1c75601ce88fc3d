using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The test of an extension that changes the channel, or who is at its other end, by itself: its sessions begin in front of what all
/// others are played inside, so it has a profile, a way in and a report of its own.
/// </summary>
public sealed class ApartTest
{
    private static readonly ConcurrentDictionary<(Profile Base, ProfilePart Part), (Profile Profile, Scope Scope)> Known = new();

    private readonly ConformanceTest _test;

    private readonly ReplayAccess? _access;

    private readonly TcpTarget _server;

    private ApartTest(string title, string keyword, Profile profile, TcpTarget target, TestOptions options)
    {
        (Title, Keyword, Target, _access, _server, Options) = (
            title,
            keyword,
            target.Inside(profile),
            ReplayAccess.Of(target),
            target,
            options
        );
        _test = new ConformanceTest(profile, options);
        Cases = [.. options.Scope!.Cases.Where(options.Select!)];
    }

    /// <summary>How it is done.</summary>
    internal TestOptions Options { get; }

    /// <summary>The same test, of its cases about octets only.</summary>
    internal ApartTest OfOctets() =>
        new(Title, Keyword, Profile, _server, Options with { Select = one => one.Kind is CaseKind.Wire && Options.Select!(one) });

    /// <summary>What is tested, for people, as <c>STARTTLS</c>.</summary>
    public string Title { get; }

    /// <summary>The extension's keyword.</summary>
    public string Keyword { get; }

    /// <summary>The server, as its sessions are let in.</summary>
    public ITarget Target { get; }

    /// <summary>The profile.</summary>
    public Profile Profile => _test.Profile;

    /// <summary>The cases that are judged.</summary>
    public IReadOnlyList<TestCase> Cases { get; }

    /// <summary>The cases that tests of a base have, whatever a server offers; they are made when they are asked for.</summary>
    /// <param name="profile">The base; one that lists no extensions has none, nor has one in whose machine these are already.</param>
    public static IEnumerable<TestCase> CasesOf(Profile profile) => Parts(profile).SelectMany(part => Of(profile, part).Scope.Cases);

    /// <summary>The case of a name, with the profile it belongs to; null when there is none.</summary>
    /// <param name="profile">The base.</param>
    /// <param name="id">The name, in either case.</param>
    public static (Profile Profile, TestCase Case)? Find(Profile profile, string id) => Parts(profile).Select(part => Of(profile, part))
        .SelectMany(one => one.Scope.Cases, (one, testCase) => ((Profile Profile, TestCase Case)?)(one.Profile, testCase))
        .FirstOrDefault(found => string.Equals(found!.Value.Case.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The tests that a server's offer asks for; those in which logins fail come last. None where nothing is selected.</summary>
    /// <param name="target">The server; one that is behind no port has none.</param>
    /// <param name="profile">The base that it is held against.</param>
    /// <param name="offer">What it offers where the other cases are played.</param>
    /// <param name="options">How it is tested.</param>
    /// <param name="only">The keywords that are meant, in either case; null for all.</param>
    public static IReadOnlyList<ApartTest> Of(
        ITarget target,
        Profile profile,
        ServiceOffer offer,
        TestOptions options,
        IReadOnlyCollection<string>? only = null
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(options);
        return target is not TcpTarget server
            ? []
            :
            [
                .. Parts(profile)
                    .Where(part => only?.Contains(part.Extension!.Keyword, StringComparer.OrdinalIgnoreCase) ?? true)
                    .SelectMany(part => Of(server, profile, part, offer, options)),
            ];
    }

    /// <summary>Tests the server.</summary>
    /// <inheritdoc cref="ConformanceTest.RunAsync(ITarget, Action{TestProgress}?, CancellationToken)"/>
    public async Task<TestReport> RunAsync(Action<TestProgress>? progress = null, CancellationToken cancellation = default)
    {
        var report = await _test.RunAsync(Target, progress, cancellation);
        return report with { Access = _access, Results = [.. report.Results.Select(Marked)] };
    }

    /// <summary>The report where the server could not be had any more: no case of it is decided.</summary>
    /// <param name="why">What kept it from being played, safe to print.</param>
    internal TestReport Unplayed(string why) =>
        new(
            Target.Name,
            Profile,
            [
                .. Cases.Select(one =>
                    one.Depth > Options.Depth ? TestRun.TooDeep(one) : new CaseResult(one, CaseVerdict.Inconclusive, why)
                ),
            ]
        )
        {
            Depth = Options.Depth,
            Coverage = new Coverage(Profile.Table),
            Started = DateTimeOffset.UtcNow,
            Notes = [$"{Title} could not be tested: {why}"],
            Access = _access,
        };

    // what goes into TLS or logs in by itself is not said again by hand; nor is what was said in clear to whom all else is said inside TLS
    private CaseResult Marked(CaseResult result) =>
        result.Evidence is not { } evidence
            ? result
            : result with
            {
                Evidence = evidence with
                {
                    IsInside = _access is not null || evidence.Session is null || evidence.Session.Steps.Any(step => Enters(step.Move)),
                },
            };

    private bool Enters(Move move) => Profile.Table.Machine.Vocabulary.Securing.Contains(move.Command) || SpokenLogin.IsIn(move.Text);

    /// <summary>What is tested by itself beside a base.</summary>
    internal static IEnumerable<ProfilePart> Parts(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Table.Listing is null || profile.Table.LastingRegions.Count > 0 ? [] : Profiles.OfTheChannel;
    }

    private static (Profile Profile, Scope Scope) Of(Profile profile, ProfilePart part) =>
        Known.GetOrAdd((Profiles.BaseOf(profile), part), static key =>
        {
            var extended = Profiles.Extended(key.Base, [key.Part.Extension!.Keyword]);
            return (extended, new Scope(extended, key.Base));
        });

    /// <summary>The test of one server that suits another one, too; null where it does not offer what is tested, or nothing that suits
    /// both.</summary>
    internal static ApartTest? Pair(
        TcpTarget target,
        ServiceOffer offer,
        TcpTarget other,
        ServiceOffer others,
        Profile profile,
        ProfilePart part,
        TestOptions options
    )
    {
        var listed = LoginLines.Listed(offer);
        var common = listed
            .Intersect(LoginLines.Listed(others), StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return Of(
                target,
                profile,
                part,
                offer,
                options,
                others.Lists(part.Extension!.Keyword) ? common : listed,
                IsSecure(target) && IsSecure(other)
            )
            .FirstOrDefault();
    }

    private static bool IsSecure(TcpTarget target) => target.Tls.Mode is not TlsMode.None && target.IsSecure;

    private static IEnumerable<ApartTest> Of(
        TcpTarget target,
        Profile tested,
        ProfilePart part,
        ServiceOffer offer,
        TestOptions options
    ) => Of(target, tested, part, offer, options, LoginLines.Listed(offer), IsSecure(target));

    private static IEnumerable<ApartTest> Of(
        TcpTarget target,
        Profile tested,
        ProfilePart part,
        ServiceOffer offer,
        TestOptions options,
        IReadOnlyList<string> mechanisms,
        bool isSecure
    )
    {
        var keyword = part.Extension!.Keyword;
        var isTls = keyword == StartTls.Keyword;
        var login = isTls ? null : LoginLines.Of(mechanisms, target.Login, isSecure, fails: false);
        if (isTls ? !target.MaySay(keyword, offer) : login is null)
        {
            yield break;
        }

        var (profile, scope) = Of(tested, part);

        bool[] rounds = !isTls && options.Depth >= Depth.Credentials && login!.CanFail ? [false, true] : [false];
        foreach (var fails in rounds)
        {
            var how = options with
            {
                Depth = fails || options.Depth < Depth.Credentials ? options.Depth : Depth.Data,
                Scope = scope,
                Select = one =>
                    scope.Judges(one)
                    && (options.Select?.Invoke(one) ?? true)
                    && (rounds.Length == 1 || scope.IsAboutFailing(one) == fails),
                Palette = options.Palette with { Login = login is null ? null : login with { Fails = fails } },
                // one who fails is not to be many at a time
                Connections = fails ? 1 : options.Connections,
                ConnectionsWhereSlow = fails ? 1 : options.ConnectionsWhereSlow,
            };
            var test = new ApartTest(fails ? $"{keyword}, with logins that fail," : keyword, keyword, profile, target, how);
            if (test.Cases.Count > 0)
            {
                yield return test;
            }
        }
    }
}
