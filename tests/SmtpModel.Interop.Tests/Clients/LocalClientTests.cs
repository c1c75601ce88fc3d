using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;
using SmtpModel.Watching;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>A real client of LMTP, and what it is known for in <see cref="LocalClientTests.Played"/>.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Use">How it is called, in words.</param>
/// <param name="Tool">The tool that it is.</param>
/// <param name="Words">Its arguments.</param>
/// <param name="HasQueue">Whether its exit status says what its queue made of the message.</param>
internal sealed record LocalClient(string Name, string Use, string Tool, string[] Words, bool HasQueue = false)
{
    private static readonly string[] Recipients = ["first@example.test", "second@example.test", "third@example.test"];

    public static IReadOnlyList<LocalClient> All { get; } =
    [
        new("smtplib", "LMTP, sendmail and quit", PeerTools.Smtplib, ["{port}", "none", "-", "-", "-", .. Recipients])
        {
            Known =
            [
                new(
                    CaseVerdict.Fail,
                    "K54",
                    "each/end-of-data/last-450 each/end-of-data/last-550 each/end-of-data/rest-550 each/end-of-data/late",
                    "of the replies behind the dot it reads the first, and takes it for all recipients; the second is then taken for the "
                        + "reply to QUIT"
                ),
                new(CaseVerdict.NonStrict, "K53", "reply/LHLO/500", "HELO is tried where LHLO is refused"),
                new(
                    CaseVerdict.Info,
                    "K41",
                    "each/end-of-data/mixed each/end-of-data/rest-421",
                    "likewise: nothing is raised, and what sendmail returns says nothing of the others"
                ),
            ],
        },
        new(
            "swaks",
            "--protocol LMTP",
            PeerTools.Swaks,
            [
                "--protocol", "LMTP", "--server", "{host}:{port}", "--from", "sender@example.test", "--to", string.Join(',', Recipients),
                "--helo", "client.example.test", "--data", "@{message}",
            ]
        )
        {
            Known =
            [
                new(
                    CaseVerdict.Info,
                    "K41",
                    "each/end-of-data/first-450 each/end-of-data/first-550 each/end-of-data/last-450 each/end-of-data/last-550 "
                        + "each/end-of-data/mixed each/end-of-data/rest-550",
                    "all replies are read, and the status is 0 where any of them accepts; the others stand in its output only"
                ),
            ],
        },
        new("Postfix", "lmtp(8) for a queue of its own", PeerTools.PostfixClient, ["{port}", .. Recipients], HasQueue: true),
        new("Exim", "the smtp transport with protocol = lmtp", PeerTools.EximClient, ["{port}", .. Recipients], HasQueue: true),
    ];

    public IReadOnlyList<KnownClient> Known { get; init; } = [];

    public override string ToString() => Name;
}

/// <summary>Real clients of LMTP are known for what they make of a reply for each recipient (RFC 2033 4.2), and for nothing else.</summary>
public sealed class LocalClientTests
{
    private const int Kept = 75;

    internal static readonly string[] Played =
    [
        "reply/LHLO/500",
        "reply/end-of-data/450",
        "each/end-of-data/first-450",
        "each/end-of-data/first-550",
        "each/end-of-data/last-450",
        "each/end-of-data/last-550",
        "each/end-of-data/mixed",
        "each/end-of-data/rest-550",
        "each/end-of-data/rest-421",
        "each/end-of-data/rest-closed",
        "each/end-of-data/late",
    ];

    public static TheoryData<string> Names { get; } = [.. LocalClient.All.Select(client => client.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_of_LMTP_does_what_it_is_known_for(string name)
    {
        var client = LocalClient.All.Single(one => one.Name == name);
        Installed.Tool(client.Tool);
        var report = await new ClientTrial(
            new TrialOptions
            {
                Command = ["/usr/bin/env", "PEER_PROTOCOL=lmtp", .. PeerTools.Command(client.Tool, client.Words)],
                Profile = Profiles.Lmtp,
                TimeLimit = TimeSpan.FromSeconds(20),
                DeferredExits = client.HasQueue ? [Kept] : [],
                Select = one => Played.Contains(one.Id),
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(report.Stopped);
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal(Played.Order(StringComparer.Ordinal), report.Results.Select(one => one.Scenario.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            client.Known.SelectMany(known => known.Lines).Order(StringComparer.Ordinal),
            report
                .Results.Where(result => result.Verdict is not CaseVerdict.Pass)
                .Select(result => $"{KnownClient.Word(result.Verdict)} {result.Rule?.Id} {result.Scenario.Id}")
                .Order(StringComparer.Ordinal)
        );
    }
}
