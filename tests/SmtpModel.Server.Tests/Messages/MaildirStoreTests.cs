using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Server.Tests.Hosting;

namespace SmtpModel.Server.Tests.Messages;

public sealed partial class MaildirStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("maildir");
    private readonly List<Exception> _failures = [];
    private readonly MaildirStore _store;

    public MaildirStoreTests() => _store = new MaildirStore(_directory.FullName, _failures.Add);

    [Fact]
    public async Task A_message_is_under_new_with_Return_Path_and_Received_RFC_821_4_1_1_and_RFC_5321_4_4()
    {
        Assert.Equal(
            0,
            (await _store.StoreAsync(Incoming.Message(forwardPaths: ["<b@mx.example>", "<@relay.example:c@mx.example>"]))).Code
        );
        var file = Assert.Single(Files("new"));
        Assert.Equal($"""
            Return-Path: <a@client.example>
            X-Original-To: <b@mx.example>
            X-Original-To: <@relay.example:c@mx.example>
            Received: from client.example ([127.0.0.1])
            {'\t'}by mx.example with ESMTP id {file.Name};
            {'\t'}Fri, 02 Jan 2026 03:04:05 +0000
            Subject: hello

            hello

            """.ReplaceLineEndings("\r\n"), await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken));
        Assert.Empty(Files("tmp"));
        Assert.Empty(Files("cur"));
    }

    [Fact]
    public async Task A_message_over_the_network_comes_back_octet_for_octet()
    {
        var octets = Enumerable
            .Range(0, 20_000)
            .Select(i => (byte)(i * 7))
            .Where(octet => octet is not (byte)'\r' and not (byte)'\n')
            .Chunk(500)
            .SelectMany(chunk => chunk.Prepend((byte)'x').Concat("\r\n"u8.ToArray()))
            .ToArray();
        using var plain = new MaildirStore(_directory.FullName) { AddsTraceLines = false };
        await using (var running = await Running.StartAsync(plain))
        {
            using var client = await Client.AfterAsync(
                running.Server,
                "HELO c.example",
                "MAIL FROM:<>",
                "RCPT TO:<\"../../x\"@mx.example>",
                "DATA"
            );
            await client.SendAsync(octets);
            Assert.StartsWith("250 ", await client.AskAsync("."));
        }

        Assert.Equal(octets, await File.ReadAllBytesAsync(Assert.Single(Files("new")).FullName, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_are_unique_and_hold_nothing_the_client_sent()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            _store.StoreAsync(Incoming.Message(forwardPaths: ["<\"../secret\"@mx.example>"])).AsTask()));
        Assert.Equal(40, Files("new").Length);
        Assert.All(Files("new"), file => Assert.Matches(Name, file.Name));
    }

    [Fact]
    public async Task A_message_is_for_its_owner_s_eyes_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        await _store.StoreAsync(Incoming.Message());
        Assert.Equal("Rw", Files("new")[0].UnixFileMode is (UnixFileMode.UserRead | UnixFileMode.UserWrite) ? "Rw" : "more");
    }

    [Theory]
    [InlineData("tmp")]
    [InlineData("new")]
    public async Task What_cannot_be_written_draws_451_is_reported_and_leaves_nothing_behind(string part)
    {
        // root may write anywhere, so that a file stands where the directory should
        Directory.Delete(Path.Combine(_directory.FullName, part));
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, part), "", TestContext.Current.CancellationToken);
        Assert.Equal(451, (await _store.StoreAsync(Incoming.Message())).Code);
        Assert.NotEmpty(_failures);
        Assert.Empty(part is "tmp" ? Files("new") : Files("tmp"));
    }

    [Fact]
    public async Task A_full_disk_draws_452_and_leaves_nothing_behind()
    {
        using var store = new MaildirStore(_directory.FullName, _failures.Add)
        {
            OpenFile = (path, options) => new FullDisk(path, options),
        };
        Assert.Equal(452, (await store.StoreAsync(Incoming.Message())).Code);
        Assert.Single(_failures);
        Assert.Empty(Files("tmp"));
        Assert.Empty(Files("new"));
    }

    [Fact]
    public async Task A_delivery_that_was_cancelled_leaves_nothing_behind()
    {
        using var cancelling = new CancellationTokenSource();
        using var store = new MaildirStore(_directory.FullName)
        {
            OpenFile = (path, options) =>
            {
                cancelling.Cancel();
                return new FileStream(path, options);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.StoreAsync(Incoming.Message(), Incoming.Trace, cancelling.Token).AsTask()
        );
        Assert.Empty(Files("tmp"));
        Assert.Empty(Files("new"));
    }

    [Fact]
    public async Task A_client_is_told_451_and_may_go_on()
    {
        Directory.Delete(Path.Combine(_directory.FullName, "tmp"));
        await using var running = await Running.StartAsync(_store);
        using var client = await Client.AfterAsync(running.Server, "HELO c.example", "MAIL FROM:<>", "RCPT TO:<b@mx.example>", "DATA");
        Assert.Equal("451 Local error in processing", await client.AskAsync("."));
        Assert.StartsWith("250 ", await client.AskAsync("MAIL FROM:<>"));
        Assert.Equal(0, running.Server.Counters.Messages);
    }

    [Fact]
    public void A_place_that_cannot_be_a_Maildir_is_found_at_once()
    {
        var file = Path.Combine(_directory.FullName, "file");
        File.WriteAllText(file, "");
        Assert.ThrowsAny<IOException>(() => new MaildirStore(file));
    }

    [Fact]
    public void A_directory_that_cannot_be_brought_to_the_disk_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such call");
        DirectorySync.Flush(_directory.FullName);
        Assert.Throws<IOException>(() => DirectorySync.Flush(Path.Combine(_directory.FullName, "nowhere")));
    }

    [Fact]
    public void No_octet_of_the_client_s_begins_a_line_of_its_own()
    {
        var message = Incoming.Message(forwardPaths: ["<b\r\nX-Bad: yes@mx.example>"]);
        var lines = new Protocol.ByteBuffer();
        TraceLines.Write(
            lines,
            message,
            Incoming.Trace with
            {
                ClientName = "evil\r\nX-Bad: yes",
                ClientAddress = System.Net.IPAddress.Parse("fe80::1%3"),
            },
            "id"
        );
        var text = Encoding.Latin1.GetString(lines.WrittenSpan);
        Assert.DoesNotContain("\nX-Bad", text, StringComparison.Ordinal);
        Assert.Contains("from evil??X-Bad: yes ([IPv6:fe80::1])\r\n", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Delete(recursive: true);
    }

    private FileInfo[] Files(string part) => new DirectoryInfo(Path.Combine(_directory.FullName, part)).GetFiles();

    [GeneratedRegex(@"^\d+\.M\d+P\d+Q\d+R[0-9a-f]{8}\.[^/:]+$")]
    private static partial Regex Name { get; }

    private sealed class FullDisk(string path, FileStreamOptions options) : FileStream(path, options)
    {
        private const int NoSpace = 28;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..(buffer.Length / 2)]);
            throw new IOException("No space left on device", NoSpace);
        }
    }
}
