namespace SmtpModel.Protocol;

// Octets; RFC 821 4.5.3 and RFC 5321 4.5.3.1. They are what everybody must be able to take, so what is longer may be refused.
internal static class SizeLimits
{
    public const int LocalPart = 64;
    public const int DomainOfRfc821 = 64;
    public const int DomainOfRfc5321 = 255;
    public const int Path = 256;
    public const int ReplyLine = 512;

    public static int Domain(Dialect dialect) => dialect == Dialect.Rfc821 ? DomainOfRfc821 : DomainOfRfc5321;
}
