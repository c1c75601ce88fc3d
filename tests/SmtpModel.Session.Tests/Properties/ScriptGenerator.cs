using FsCheck;
using FsCheck.Fluent;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>Makes scripts: whole transactions, single commands in and out of order, broken ones, data full of dots, noise, and lines at
/// the limits.</summary>
public static class ScriptGenerator
{
    private static readonly string[] Lines =
    [
        "HELO client.example\r\n",
        "EHLO [192.0.2.1]\r\n",
        "helo x\r\n",
        "HELO\r\n",
        "HELO -\r\n",
        "MAIL FROM:<a@a.example>\r\n",
        "MAIL FROM:<>\r\n",
        "SEND FROM:<a@a.example>\r\n",
        "SOML FROM:<a@a.example> X=1\r\n",
        "MAIL FROM:<a@a.example> SIZE=1\r\n",
        "MAIL TO:<a@a.example>\r\n",
        "RCPT TO:<b@b.example>\r\n",
        "RCPT TO:<c@refused.example>\r\n",
        "RCPT TO:<@r.example:d@d.example>\r\n",
        "RCPT TO:<Postmaster>\r\n",
        "RCPT TO:<>\r\n",
        "DATA\r\n",
        "DATA x\r\n",
        "RSET\r\n",
        "NOOP\r\n",
        "noop\r\n",
        "NOOP \r\n",
        "VRFY smith\r\n",
        "VRFY\r\n",
        "EXPN staff\r\n",
        "HELP\r\n",
        "HELP MAIL\r\n",
        "QUIT x\r\n",
        "JUMP\r\n",
        "\r\n",
        "\r\r\n",
        "NOOP\r\r\n",
        "NOOP\n",
        "NOOP\r",
        "\n",
        "\r",
        ".\r\n",
        "..\r\n",
        "\0\r\n",
        "NO\u00ffOP\r\n",
        "BDAT 6\r\nNOOP\r\n",
        "BDAT 4\r\n\r\n.\r",
        "BDAT 0\r\n",
        "BDAT 6 LAST\r\nQUIT\r\n",
        "bdat 0 last\r\n",
        "BDAT 3 FIRST\r\n\r\n.",
        "BDAT x\r\n",
        "BDAT 70000\r\n",
    ];

    private static readonly string[] Transactions =
    [
        "HELO a.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n",
        "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<b@b.example>\r\nRCPT TO:<c@c.example>\r\nDATA\r\n",
        "MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\none\r\n..two\r\n.\r\n",
        "one\r\n.two\r\n\r\n.\r\n", "\r\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\r\r\n.\r\n", "\r\n.\r\n", "text\r\n.\r\n",
        "EHLO a.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nBDAT 5\r\n\0.\r\n.",
    ];

    public static Arbitrary<Script> Scripts()
    {
        var long0 = from length in Gen.OneOf(Gen.Choose(505, 515), Gen.Choose(995, 1005), Gen.Choose(60_000, 70_000))
                    from head in Gen.Elements("VRFY ", "", ".", "..")
                    select head + new string('x', Math.Max(0, length - head.Length - 2)) + "\r\n";
        var noise = from octets in Gen.Choose(0, 255).ArrayOf() select string.Concat(octets.Select(octet => (char)octet));
        var fragment = Gen.Frequency(
            (10, Gen.Elements(Lines)),
            (8, Gen.Elements(Transactions)),
            (2, noise),
            (1, long0),
            (1, Gen.Constant("QUIT\r\n"))
        );
        var script =
            from profile in Gen.Elements([.. SmtpSession.ProfileNames, "rfc5321+chunking"])
            from greeting in Gen.Elements("", "HELO client.example\r\n")
            from fragments in fragment.ArrayOf()
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select new Script(profile, [greeting, .. fragments], seed);
        return Arb.From(script, Shrink);
    }

    // leaves out half of the fragments, or one
    private static IEnumerable<Script> Shrink(Script script)
    {
        var fragments = script.Fragments;
        if (fragments.Count > 3)
        {
            yield return script with { Fragments = [.. fragments.Take(fragments.Count / 2)] };
            yield return script with { Fragments = [.. fragments.Skip(fragments.Count / 2)] };
        }

        for (var index = 0; index < fragments.Count; index++)
        {
            yield return script with { Fragments = [.. fragments.Take(index), .. fragments.Skip(index + 1)] };
        }
    }
}
