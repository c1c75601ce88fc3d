using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Server.Tests.Hosting;

namespace SmtpModel.Server.Tests.Messages;

public class TerminalStoreTests
{
    private readonly MemoryTerminals _terminals = new();
    private readonly MemoryStore _mailboxes = new();
    private readonly TerminalStore _store;

    public TerminalStoreTests() => _store = new TerminalStore(_terminals, _mailboxes);

    [Fact]
    public async Task MAIL_goes_to_the_mailbox_though_the_user_is_active()
    {
        _terminals.LogOn("b@mx.example");
        Assert.Equal(0, (await _store.StoreAsync(Incoming.Message())).Code);
        Assert.Single(_mailboxes.Messages);
        Assert.Empty(_terminals.Screen("b@mx.example"));
    }

    [Fact]
    public async Task SEND_goes_to_the_terminal_only_RFC_821_3_4()
    {
        _terminals.LogOn("b@mx.example");
        Assert.Equal(0, (await _store.StoreAsync(Incoming.Message(DeliveryKind.Terminal))).Code);
        Assert.Equal(
            "Subject: hello\r\n\r\nhello\r\n",
            Encoding.ASCII.GetString(Assert.Single(_terminals.Screen("b@mx.example")).Data.Span)
        );
        Assert.Empty(_mailboxes.Messages);
    }

    [Fact]
    public async Task SEND_to_one_who_is_not_active_fails_and_nobody_is_shown_anything_RFC_821_3_4()
    {
        _terminals.LogOn("b@mx.example");
        Assert.Equal(
            451,
            (await _store.StoreAsync(Incoming.Message(DeliveryKind.Terminal, forwardPaths: ["<b@mx.example>", "<c@mx.example>"]))).Code
        );
        Assert.Empty(_terminals.Screen("b@mx.example"));
        Assert.Empty(_mailboxes.Messages);
    }

    [Fact]
    public async Task SEND_to_one_who_goes_just_then_fails()
    {
        var store = new TerminalStore(new Leaving(), _mailboxes);
        Assert.Equal(451, (await store.StoreAsync(Incoming.Message(DeliveryKind.Terminal))).Code);
        Assert.Empty(_mailboxes.Messages);
    }

    [Fact]
    public async Task SOML_goes_to_the_terminal_of_one_who_is_active_and_else_to_the_mailbox_RFC_821_3_4()
    {
        _terminals.LogOn("B@mx.example");
        Assert.Equal(
            0,
            (
                await _store.StoreAsync(
                    Incoming.Message(
                        DeliveryKind.TerminalOrMailbox,
                        forwardPaths: ["<c@mx.example>", "<@relay.example:b@mx.example>", "<d@mx.example>"]
                    )
                )
            ).Code
        );
        Assert.Single(_terminals.Screen("b@mx.example"));
        var mailed = Assert.Single(_mailboxes.Messages);
        Assert.Equal(["<c@mx.example>", "<d@mx.example>"], mailed.ForwardPaths);
        Assert.Equal("<a@client.example>", mailed.ReversePath);
        Assert.Equal("Subject: hello\r\n\r\nhello\r\n", Encoding.ASCII.GetString(mailed.Data.Span));
    }

    [Fact]
    public async Task SOML_to_one_who_goes_just_then_goes_to_the_mailbox()
    {
        var store = new TerminalStore(new Leaving(), _mailboxes);
        Assert.Equal(0, (await store.StoreAsync(Incoming.Message(DeliveryKind.TerminalOrMailbox))).Code);
        Assert.Single(_mailboxes.Messages);
    }

    [Fact]
    public async Task SOML_that_the_mailboxes_refuse_is_refused_and_nobody_is_shown_anything()
    {
        _terminals.LogOn("b@mx.example");
        var store = new TerminalStore(_terminals, new StoreOf((_, _) => new(Decision.Refuse(452, "Full"))));
        Assert.Equal(
            452,
            (
                await store.StoreAsync(
                    Incoming.Message(DeliveryKind.TerminalOrMailbox, forwardPaths: ["<b@mx.example>", "<c@mx.example>"])
                )
            ).Code
        );
        Assert.Empty(_terminals.Screen("b@mx.example"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SAML_goes_to_the_mailbox_in_any_case_and_to_the_terminal_of_one_who_is_active_RFC_821_3_4(bool isActive)
    {
        if (isActive)
        {
            _terminals.LogOn("b@mx.example");
        }

        Assert.Equal(0, (await _store.StoreAsync(Incoming.Message(DeliveryKind.TerminalAndMailbox))).Code);
        Assert.Single(_mailboxes.Messages);
        Assert.Equal(isActive ? 1 : 0, _terminals.Screen("b@mx.example").Count);
    }

    [Fact]
    public async Task SAML_that_the_mailbox_refuses_is_refused_and_nobody_is_shown_anything()
    {
        _terminals.LogOn("b@mx.example");
        var store = new TerminalStore(_terminals, new StoreOf((_, _) => new(Decision.Refuse(452, "Full"))));
        Assert.Equal(452, (await store.StoreAsync(Incoming.Message(DeliveryKind.TerminalAndMailbox))).Code);
        Assert.Empty(_terminals.Screen("b@mx.example"));
    }

    [Fact]
    public async Task SEND_over_the_network_reaches_the_terminal()
    {
        _terminals.LogOn("b@mx.example");
        await using var running = await Running.StartAsync(_store, new TerminalPolicy(), options => options with { Profile = "rfc821" });
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "SEND FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        Assert.StartsWith("250 ", await client.AskAsync("look here\r\n."));
        Assert.Single(_terminals.Screen("b@mx.example"));
        _terminals.LogOff("b@mx.example");
        foreach (var command in new[] { "SEND FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA" })
        {
            await client.AskAsync(command);
        }

        Assert.Equal("451 User not active on a terminal", await client.AskAsync("."));
    }

    [Fact]
    public async Task A_terminal_that_is_full_accepts_no_more()
    {
        var terminals = new MemoryTerminals(capacity: 1);
        terminals.LogOn("b@mx.example");
        var message = Incoming.Message().Copy();
        Assert.True(terminals.IsActive("b@mx.example"));
        Assert.True(await terminals.SendAsync("b@mx.example", message, TestContext.Current.CancellationToken));
        Assert.False(terminals.IsActive("b@mx.example"));
        Assert.False(await terminals.SendAsync("b@mx.example", message, TestContext.Current.CancellationToken));
        Assert.False(await terminals.SendAsync("c@mx.example", message, TestContext.Current.CancellationToken));
        terminals.LogOn("b@mx.example");
        Assert.Single(terminals.Screen("b@mx.example"));
    }

    private sealed class Leaving : ITerminals
    {
        public bool IsActive(string mailbox) => true;

        public ValueTask<bool> SendAsync(string mailbox, StoredMessage message, CancellationToken cancellationToken) => new(false);
    }

    private sealed class TerminalPolicy : SitePolicy
    {
        public override bool HasTerminals => true;
    }
}
