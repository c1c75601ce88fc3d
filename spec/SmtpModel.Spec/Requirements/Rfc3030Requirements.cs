using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 3030, CHUNKING (2) and BINARYMIME (3), asks of a receiver.</summary>
internal static class Rfc3030Requirements
{
    private const string NoMark =
        "It is seen in the delivered message; what comes in chunks has no mark by which test --delivered would know it.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        Must("2", "DATA is served as well.", "CH11"),
        Stated("2", "BDAT has a size in digits, and LAST behind it or nothing.", "CH1", "CH2", "CH12"),
        Stated("2", "A last chunk may have the size 0.", "CH2"),
        Must("2", "BDAT behind the last chunk draws 503.", "CH6"),
        Must("2", "Each chunk that is taken draws 250.", "CH1"),
        Must("2", "The octets of a BDAT that fails are taken and thrown away before it is answered.", "CH3"),
        Must("2", "With PIPELINING, chunks that come behind a failed one are taken and thrown away too.", "CH3"),
        Stated("2", "RSET before the last chunk clears what was sent.", "CH10"),
        Must("2", "DATA behind a chunk of the same transaction draws 503.", "CH8"),
        Stated("2", "The octets of a chunk are counted and kept as they are; no dot is taken off.").But(NoMark),
        Must("2", "Lines of any octets are received, processed and refused.", "W15", "W16")
            .But("A NUL in a line is tried, which may draw any one reply, and an octet over 127 in a path, whose refusal is a SHOULD."),
        Stated("3", "BINARYMIME is offered only with CHUNKING.", "BM4"),
        Stated("3", "Nothing stands behind the keyword.", "BM5"),
        Stated("3", "MAIL has the value BINARYMIME of BODY besides the others.", "BM1"),
        Stated("3", "A line with MAIL may be 16 octets longer.").But(Reasons.LongerLine),
        Must("3", "A message with binary material that was taken is passed on with all bits kept.").But(NoMark),
        Must("3", "DATA behind MAIL with BODY=BINARYMIME draws 503.", "BM2"),
        Stated("3", "What MAIL says of the body is said of its message.", "BM3"),
        Must("3", "A message that calls itself binary where BODY does not is taken.").But(Reasons.WhichReason),
        Should("3", "It is then sent back with a notice.").But(Reasons.Notices),
        Must("3", "A conversion to 7 or 8 bits loses nothing and gives valid MIME.").But(Reasons.Relaying),
    ];
}
