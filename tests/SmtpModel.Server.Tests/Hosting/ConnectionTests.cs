using System.Net;

namespace SmtpModel.Server.Tests.Hosting;

public sealed class ConnectionTests : IDisposable
{
    private static readonly string[] StoppedInOrder =
    [
        "220 mx.example Service ready\r\n421 bye\r\n(end)",
        "220 mx.example Service ready\r\n250 OK\r\n421 bye\r\n(end)",
    ];

    private readonly ManualTime _time = new();
    private readonly ServerCounters _counters = new();
    private readonly ServerContext _context;
    private readonly ScriptedTransport _transport = new();
    private readonly Connection _connection;

    public ConnectionTests()
    {
        var options = new SmtpServerOptions
        {
            Store = DiscardStore.Instance,
            TimeProvider = _time,
            OnFault = fault => Assert.Fail(fault.ToString()),
            Session = new SessionSettings { HostName = "mx.example" },
        };
        _context = new ServerContext(options, _counters);
        _connection = new Connection(_context, _context.Kits.Take(), _transport, new IPEndPoint(IPAddress.Loopback, 1));
    }

    [Fact]
    public async Task All_replies_to_one_received_block_go_out_in_one_piece()
    {
        var running = _connection.RunAsync(null);
        Assert.Equal("220 mx.example Service ready\r\n", await _transport.NextSentAsync());
        _transport.Give("HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<b@mx.example>\r\nDATA\r\n");
        Assert.Equal(
            "250 mx.example\r\n250 OK\r\n250 OK\r\n354 Start mail input; end with <CRLF>.<CRLF>\r\n",
            await _transport.NextSentAsync()
        );
        _transport.Give("x\r\n.\r\nMAIL FROM:<>\r\nRSET\r\nQUIT\r\n");
        Assert.Equal(
            "250 OK\r\n250 OK\r\n250 OK\r\n221 mx.example Service closing transmission channel\r\n",
            await _transport.NextSentAsync()
        );
        Assert.Equal("(end)", await _transport.NextSentAsync());
        _transport.End();
        await running.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, _counters.LostConnections);
    }

    [Fact]
    public async Task Output_is_bounded_however_much_is_asked_for_in_one_block()
    {
        var running = _connection.RunAsync(null);
        await _transport.NextSentAsync();
        _transport.Give(string.Concat(Enumerable.Repeat("HELP\r\n", 2700)));
        var replies = 0;
        while (replies < 2700)
        {
            var piece = await _transport.NextSentAsync();
            Assert.InRange(piece.Length, 1, 66 * 1024);
            replies += piece.Split("\r\n").Count(line => line.StartsWith("214 ", StringComparison.Ordinal));
        }

        _transport.End();
        await running.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_deadline_acts_once_and_cuts_when_the_client_does_not_close()
    {
        var running = _connection.RunAsync(null);
        await _transport.NextSentAsync();
        Assert.Equal(Overdue.Nothing, _connection.Check(_time.GetTimestamp()));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Overdue.SayGoodbye, _connection.Check(_time.GetTimestamp()));
        _connection.Act(Overdue.SayGoodbye);
        _connection.Act(Overdue.SayGoodbye);
        _connection.Stop("another goodbye");
        Assert.Equal("421 mx.example Timeout, closing transmission channel\r\n", await _transport.NextSentAsync());
        Assert.Equal("(end)", await _transport.NextSentAsync());
        Assert.Equal(Overdue.Nothing, _connection.Check(_time.GetTimestamp()));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Overdue.Cut, _connection.Check(_time.GetTimestamp()));
        _connection.Act(Overdue.Cut);
        await running.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.True(_transport.IsCut);
    }

    [Fact]
    public async Task A_stop_during_an_exchange_waits_for_its_end_and_lets_no_further_one_begin()
    {
        var policy = new StoppingPolicy();
        using var context = new ServerContext(_context.Options with { Policy = policy }, _counters);
        var connection = new Connection(context, context.Kits.Take(), _transport, null);
        policy.OnNoop = () => connection.Stop("bye");
        // both blocks are there before the first is read, so that nothing is ever waited for
        _transport.Give("HELO c.example\r\nNOOP\r\nRSET\r\n");
        _transport.Give("HELO again.example\r\n");
        var running = connection.RunAsync(null);
        Assert.Equal("220 mx.example Service ready\r\n", await _transport.NextSentAsync());
        Assert.Equal("250 mx.example\r\n250 OK\r\n250 OK\r\n", await _transport.NextSentAsync());
        Assert.Equal("421 bye\r\n", await _transport.NextSentAsync());
        Assert.Equal("(end)", await _transport.NextSentAsync());
        _transport.End();
        await running.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_and_a_command_at_the_same_time_leave_every_reply_whole()
    {
        // the two are let loose on each other; whichever is first, what is sent is replies, then 421, then the end
        for (var round = 0; round < 2000; round++)
        {
            var transport = new ScriptedTransport();
            var connection = new Connection(_context, _context.Kits.Take(), transport, null);
            var running = connection.RunAsync(null);
            var stopping = Task.Run(() => connection.Stop("bye"), TestContext.Current.CancellationToken);
            transport.Give("NOOP\r\n");
            await stopping;
            var sent = "";
            while (!sent.EndsWith("(end)", StringComparison.Ordinal))
            {
                sent += await transport.NextSentAsync();
            }

            Assert.Contains(sent, StoppedInOrder);
            transport.End();
            await running.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _context.Dispose();
    }

    private sealed class StoppingPolicy : SitePolicy
    {
        public Action OnNoop { get; set; } = () => { };

        public override Decision OnOther(in SessionRequest request)
        {
            OnNoop();
            return Decision.Accept;
        }
    }
}
