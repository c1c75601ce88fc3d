using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("NOOP", "NOOP", "")]
    [InlineData("quit", "quit", "")]
    [InlineData("QUIT  \t ", "QUIT", "")]
    [InlineData("MAIL FROM:<a@b>", "MAIL", "FROM:<a@b>")]
    [InlineData("MAIL   FROM:<a@b>  ", "MAIL", "FROM:<a@b>")]
    [InlineData("VRFY First  Last", "VRFY", "First  Last")]
    [InlineData("X-EXPS GSSAPI", "X-EXPS", "GSSAPI")]
    [InlineData("A1 b", "A1", "b")]
    [InlineData("x", "x", "")]
    public void A_line_is_cut_into_keyword_and_argument_RFC_5321_4_1_1(string line, string keyword, string argument)
    {
        byte[] octets = Wire.Octets(line);

        Assert.Equal(None, CommandLine.Split(octets, out var first, out var rest));
        Assert.Equal((keyword, argument), (Wire.Text(first.Of(octets)), Wire.Text(rest.Of(octets))));
    }

    [Theory]
    [InlineData("", EmptyLine)]
    [InlineData("  ", EmptyLine)]
    [InlineData(" NOOP", KeywordMissing)]
    [InlineData("1A", KeywordMissing)]
    [InlineData("-A", KeywordMissing)]
    [InlineData("<a@b>", KeywordMissing)]
    [InlineData("MAIL:<a@b>", KeywordCharacter)]
    [InlineData("NOOP.", KeywordCharacter)]
    [InlineData("NO\0OP", NulOctet)]
    [InlineData("\0NOOP", NulOctet)]
    [InlineData("NOOP\r", BareCr)]
    [InlineData("NOOP\n", BareLf)]
    [InlineData("NOOP\tx", ControlCharacter)]
    [InlineData("\x7F", ControlCharacter)]
    [InlineData("NOOP\xA0", EightBitOctet)]
    public void A_line_without_a_keyword_is_refused_RFC_821_4_1_2(string line, SyntaxFault expected)
    {
        Assert.Equal(expected, CommandLine.Split(Wire.Octets(line), out var keyword, out var argument));
        Assert.True(keyword.IsEmpty);
        Assert.True(argument.IsEmpty);
    }

    [Theory]
    [InlineData("NOOP a\0", NulOctet)]
    [InlineData("NOOP a\rb", BareCr)]
    [InlineData("NOOP a\nb", BareLf)]
    [InlineData("NOOP \x1B", ControlCharacter)]
    [InlineData("NOOP a\tb", ControlCharacter)]
    [InlineData("NOOP \x80", EightBitOctet)]
    public void The_keyword_is_known_when_the_fault_lies_in_the_argument_RFC_5321_4_1_2(string line, SyntaxFault expected)
    {
        byte[] octets = Wire.Octets(line);

        Assert.Equal(expected, CommandLine.Split(octets, out var keyword, out _));
        Assert.Equal("NOOP", Wire.Text(keyword.Of(octets)));
    }

    [Fact]
    public void Each_octet_that_is_not_printable_is_a_fault_wherever_it_stands_in_the_line()
    {
        byte[] line = Wire.Octets("MAIL FROM:<a@b.example> SIZE=1 BODY=8BITMIME");
        for (int at = 0; at < line.Length; at++)
        {
            for (int octet = 0; octet < 256; octet++)
            {
                byte[] changed = [.. line[..at], (byte)octet, .. line[at..]];
                var expected = octet switch
                {
                    0 => NulOctet,
                    '\r' => BareCr,
                    '\n' => BareLf,
                    > 127 => EightBitOctet,
                    < 32 or 127 => ControlCharacter,
                    _ => None,
                };
                var fault = CommandLine.Split(changed, out _, out _);
                Assert.Equal(expected, fault is KeywordMissing or KeywordCharacter ? None : fault);
            }
        }
    }

    [WireProperty]
    public void No_octets_make_the_split_throw_or_read_beyond_its_span(AnyOctets octets)
    {
        var fault = CommandLine.Split(Wire.Fenced(octets.Octets, (byte)' '), out var keyword, out var argument);

        Assert.Equal(fault, CommandLine.Split(Wire.Fenced(octets.Octets, (byte)'a'), out var again, out _));
        Assert.Equal(keyword, again);
        Assert.True(argument.End <= octets.Octets.Length && keyword.End <= argument.Start);
        _ = ParameterGrammar.Parse(octets.Octets);
    }
}
