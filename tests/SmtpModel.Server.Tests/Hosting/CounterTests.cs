using System.Diagnostics.Metrics;

namespace SmtpModel.Server.Tests.Hosting;

public class CounterTests
{
    [Fact]
    public async Task Connections_sessions_commands_messages_and_octets_are_counted_and_published()
    {
        await using var running = await Running.StartAsync();
        var counters = running.Server.Counters;
        using (
            var client = await Client.AfterAsync(
                running.Server,
                "HELO c.example",
                "MAIL FROM:<>",
                "RCPT TO:<b@mx.example>",
                "DATA",
                ".",
                "NOOP"
            )
        )
        {
            await client.AskAsync("QUIT");
        }

        await running.UntilEmptyAsync();
        Assert.Equal(1, counters.Connections);
        Assert.Equal(1, counters.Sessions);
        Assert.Equal(7, counters.Commands);
        Assert.Equal(1, counters.Messages);
        Assert.Equal(
            "HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<b@mx.example>\r\nDATA\r\n.\r\nNOOP\r\nQUIT\r\n".Length,
            counters.OctetsReceived
        );
        Assert.Equal(0, counters.RefusedConnections + counters.LostConnections + counters.Faults);

        var published = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, running.Server.Meter))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => published[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => published[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal(7, published["smtp.server.commands"]);
        Assert.Equal(1, published["smtp.server.connections"]);
        Assert.Equal(1, published["smtp.server.messages"]);
        Assert.Equal(0, published["smtp.server.connections.open"]);
        Assert.Equal(0, published["smtp.server.connections.refused"]);
    }
}
