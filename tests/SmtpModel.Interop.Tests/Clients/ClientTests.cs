using SmtpModel.Peers;
using SmtpModel.Testing;
using SmtpModel.Watching;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>Real clients are known for what they are known for, and for nothing else; the page of them is what they do.</summary>
public sealed class ClientTests
{
    public static TheoryData<string> Names { get; } = [.. TriedClient.All.Select(client => client.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_does_what_it_is_known_for(string name)
    {
        var client = TriedClient.All.Single(one => one.Name == name);
        client.RequireInstalled();
        var report = await client.TryAsync();
        Assert.Null(report.Stopped);
        var found = report.Results.Where(result => result.Verdict is not (CaseVerdict.Pass or CaseVerdict.NotApplicable)).ToList();
        Assert.True(
            KnownClients
                .Of(name)
                .SelectMany(known => known.Lines)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(found.Select(Words).Order(StringComparer.Ordinal)),
            $"{name} is known for\n"
                + $"{string.Join('\n', KnownClients.Of(name).SelectMany(known => known.Lines).Order(StringComparer.Ordinal))}\nand did\n"
                + $"{string.Join('\n', found.Select(Told))}\n"
                + $"played with: smtpmodel provoke --include ID -- "
                + $"{(client.Tool is null ? client.Use : $"{client.Tool} {string.Join(' ', client.Words("{port}"))}")}"
        );
    }

    [Fact]
    public async Task The_matrix_in_the_documentation_is_what_the_clients_do()
    {
        Dictionary<string, (string Version, TrialReport Report)> clients = [];
        foreach (var client in TriedClient.All)
        {
            client.RequireInstalled();
            var version = client.Tool is null ? Library(client.Name)
                : (await PeerTools.Run(client.Tool, ["--version"], cancellation: TestContext.Current.CancellationToken)).Output.Trim();
            clients[client.Name] = (version, await client.TryAsync());
        }

        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(Repository.Root, "docs", "clients.md");
        var now = ClientDocument.Write(clients);
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, now, cancellation);
        }

        Assert.Equal(ClientDocument.WithoutVersions(now), ClientDocument.WithoutVersions(await File.ReadAllTextAsync(path, cancellation)));
    }

    private static string Library(string name) =>
        name == "MailKit"
            ? $"MailKit {typeof(MailKit.Net.Smtp.SmtpClient).Assembly.GetName().Version?.ToString(3)}"
            : $".NET {Environment.Version}";

    private static string Words(ScenarioResult result) =>
        $"{KnownClient.Word(result.Verdict)} {result.Rule?.Id ?? "-"} {result.Scenario.Id}";

    private static string Told(ScenarioResult result) => $"{Words(result)}: {result.Reason} ({string.Join("; ", result.Output)})";
}
