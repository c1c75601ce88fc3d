namespace SmtpModel.Protocol.Tests;

public class PathProperties
{
    [WireProperty]
    public void A_path_is_taken_exactly_if_the_productions_of_RFC_5321_give_it(PathOctets path) =>
        Assert.Equal(ReferencePathGrammar.IsPath(Wire.Text(path.Octets), Dialect.Rfc5321), IsPath(path.Octets, Dialect.Rfc5321));

    [WireProperty]
    public void A_path_is_taken_exactly_if_the_productions_of_RFC_821_give_it(PathOctets path) =>
        Assert.Equal(ReferencePathGrammar.IsPath(Wire.Text(path.Octets), Dialect.Rfc821), IsPath(path.Octets, Dialect.Rfc821));

    [WireProperty]
    public void No_octets_make_the_path_parser_throw_or_read_beyond_its_span(AnyOctets octets) => CheckAll(octets.Octets);

    [WireProperty]
    public void No_near_path_makes_the_path_parser_throw_or_read_beyond_its_span(PathOctets octets) => CheckAll(octets.Octets);

    [WireProperty]
    public void The_parts_of_a_path_lie_within_it_and_in_order(PathOctets octets)
    {
        byte[] argument = [.. "TO:"u8, .. octets.Octets];
        if (PathGrammar.ParseForwardPath(argument, Dialect.Rfc5321, out var path) != SyntaxFault.None)
            return;
        Assert.Equal(3, path.Path.Start);
        Assert.True(path.SourceRoute.End <= path.LocalPart.Start);
        Assert.True(path.Domain.IsEmpty || path.LocalPart.End + 1 == path.Domain.Start);
        Assert.Equal(path.Path.End - 1, path.Domain.IsEmpty ? path.LocalPart.End : path.Domain.End);
        Assert.True(path.Parameters.IsEmpty || path.Path.End + 1 == path.Parameters.Start);
        Assert.True(Math.Max(path.Parameters.End, path.Path.End) >= argument.Length - 1);
    }

    // the same octets with two different fences around them: a parser that looks beyond its span would tell them apart
    private static void CheckAll(byte[] octets)
    {
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            foreach (string prefix in (string[])["", "FROM:", "TO:", "FROM:<", "TO:<", "TO:<a@"])
            {
                byte[] argument = [.. Wire.Octets(prefix), .. octets];
                var fault = PathGrammar.ParseReversePath(Wire.Fenced(argument, (byte)'>'), dialect, out var path);
                Assert.Equal(fault, PathGrammar.ParseReversePath(Wire.Fenced(argument, (byte)'a'), dialect, out var again));
                Assert.Equal(path, again);
                fault = PathGrammar.ParseForwardPath(Wire.Fenced(argument, (byte)'>'), dialect, out path);
                Assert.Equal(fault, PathGrammar.ParseForwardPath(Wire.Fenced(argument, (byte)'a'), dialect, out again));
                Assert.Equal(path, again);
            }
        }
    }

    private static bool IsPath(byte[] path, Dialect dialect)
    {
        byte[] argument = [.. "FROM:"u8, .. path];
        return PathGrammar.ParseReversePath(argument, dialect, out var parsed) == SyntaxFault.None
            && !parsed.IsNull && parsed.Path.End == argument.Length;
    }
}
