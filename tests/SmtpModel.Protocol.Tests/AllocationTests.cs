namespace SmtpModel.Protocol.Tests;

public class AllocationTests
{
    private readonly ByteBuffer _content = new();
    private readonly ByteBuffer _output = new();
    private MailDataDecoder _decoder = new(1000, 1 << 20);

    [Fact]
    public void The_command_path_allocates_nothing_once_its_buffers_have_grown()
    {
        // twice before measuring: buffers grow, and what runs only once in a process is behind
        Exchange();
        Exchange();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Exchange();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Exchange()
    {
        Command("EHLO [IPv6:2001:db8::1]"u8);
        Command("MAIL FROM:<@relay.example:\"a b\"@c.example> SIZE=1000 BODY=8BITMIME"u8);
        Command("RCPT TO:<Postmaster>"u8);
        Command("RCPT TO:<joe@[10.0.0.1]>"u8);
        Command("RCPT TO:<joe@"u8);
        Command("VRFY First Last"u8);
        Command("RCPT TO:<\xFF>"u8);
        Command(""u8);
        _content.Clear();
        _output.Clear();
        MailData.Encode("Subject: x\r\n\r\n.dot\r\n\n.\n\r.\r\nend\r\n"u8, _content);
        _decoder.Reset();
        _decoder.Decode(_content.WrittenSpan, _output);
        Assert.True(_decoder.Ended);
    }

    private void Command(ReadOnlySpan<byte> line)
    {
        var fault = CommandLine.Split(line, out var keyword, out var slice);
        var argument = slice.Of(line);
        if (fault == SyntaxFault.None)
        {
            fault = keyword.Of(line)[0] switch
            {
                (byte)'E' => DomainGrammar.Parse(argument, Dialect.Rfc5321, addressLiteral: true),
                (byte)'M' => Sender(argument),
                (byte)'R' => PathGrammar.ParseForwardPath(argument, Dialect.Rfc5321, out _),
                _ => StringGrammar.Parse(argument, Dialect.Rfc5321),
            };
        }
        _output.Clear();
        ReplyFormat.Write(_output, fault == SyntaxFault.None ? 250 : 501, fault.Describe());
        ReplyFormat.Write(_output, 250, argument);
    }

    private static SyntaxFault Sender(ReadOnlySpan<byte> argument)
    {
        var fault = PathGrammar.ParseReversePath(argument, Dialect.Rfc5321, out var path);
        return fault != SyntaxFault.None ? fault : ParameterGrammar.Parse(path.Parameters.Of(argument));
    }
}
