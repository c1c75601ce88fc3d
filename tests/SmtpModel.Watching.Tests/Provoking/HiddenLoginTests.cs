using System.Net;
using System.Net.Sockets;
using SmtpModel.Spec;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>What a client on trial gives in a login stands in nothing that is written, also where the login is no right one.</summary>
public sealed class HiddenLoginTests
{
    private const string Name = "ZnJlZC1uYW1l";

    [Theory]
    [InlineData($"AUTH LOGIN\r\n{Name}\r\n{LoginVeilTests.Password}\r\n")]
    [InlineData("AUTH LOGIN\r\n", $"{Name}\r\n", $"{LoginVeilTests.Password}\r\n")]
    [InlineData("AUTH LOGIN\r\n", "*\r\n", $"{Name}\r\n", $"{LoginVeilTests.Password}\r\n")]
    [InlineData($"AUTH PLAIN {LoginVeilTests.Plain}\n")]
    [InlineData($"AUHT PLAIN {LoginVeilTests.Plain}\r\n", $"{LoginVeilTests.Password}\r\n")]
    [InlineData($"AUTH XUNKNOWN {LoginVeilTests.Password}\r\n", "secret-word\r\n")]
    [InlineData($"AUTH PLAIN {LoginVeilTests.Plain}\r\n", "DATA\r\n", $"secret-word: {LoginVeilTests.Password}\r\n")]
    public async Task A_password_is_in_nothing_that_is_written(params string[] steps)
    {
        var isPlain = true;
        var report = await new ClientTrial(
            new TrialOptions
            {
                Profile = Profiles.Extended(TrialOptions.Standard, ["AUTH"]),
                PlaysOnce = true,
                DemandsTls = true,
                Call = async (server, _, stop) =>
                {
                    await SayAsync(server, steps, stop);

                    // it delivers where nothing is unusual, and tells elsewhere what it said
                    if (!isPlain)
                    {
                        throw new RefusedException($"I say {string.Join(' ', steps.Select(step => step.Trim()))}", 550);
                    }

                    isPlain = false;
                },
                Select = one => one.Id is "reply/AUTH/535" or "reply/AUTH/504",
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        var results = report.Results.Append(report.Plain).ToList();
        Assert.Contains(results, result => result.Lines.Any(line => line.Text.Contains("(hidden", StringComparison.Ordinal)));
        Assert.Contains(results, result => result.Output.Any(said => said.Contains("I say", StringComparison.Ordinal)));
        LoginVeilTests.HoldsNoSecret([
            .. results.SelectMany(result =>
                (IEnumerable<string>)
                    [
                        result.Reason,
                        .. result.Output,
                        .. result.Lines.Select(line => line.Text),
                        .. result.Blames.SelectMany(LoginVeilTests.Texts),
                    ]
            ),
            .. report.ServerFaults,
        ]);
    }

    private static async Task SayAsync(IPEndPoint server, string[] steps, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server, stop);
        var stream = client.GetStream();
        await TlsTrialTests.AskAsync(stream, null, stop);
        await TlsTrialTests.AskAsync(stream, "EHLO client.example.test", stop);
        foreach (var step in steps)
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(step), stop);
            await TlsTrialTests.AskAsync(stream, null, stop);
        }

        string[] message = ["MAIL FROM:<a@example.test>", "RCPT TO:<b@example.test>", "DATA", "Subject: x\r\n\r\ntext\r\n.", "QUIT"];
        foreach (var line in message)
        {
            await TlsTrialTests.AskAsync(stream, line, stop);
        }

        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(new byte[1024], stop) > 0)
        {
            // the replies that are left
        }
    }
}
