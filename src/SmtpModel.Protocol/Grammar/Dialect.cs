namespace SmtpModel.Protocol;

/// <summary>Whose grammar an argument is held against.</summary>
public enum Dialect : byte
{
    /// <summary>The syntax of RFC 821, section 4.1.2, with the sizes of its section 4.5.3.</summary>
    Rfc821,

    /// <summary>The syntax of RFC 5321, sections 4.1.2 and 4.1.3, with the sizes of its section 4.5.3.1.</summary>
    Rfc5321,

    /// <summary>The syntax of RFC 5321 with mailboxes that may be in UTF-8 (RFC 6531 3.3).</summary>
    Rfc6531,

    /// <summary>The syntax of RFC 821 as RFC 1123 and RFC 1869 changed it, which RFC 5321 writes down whole: read as that is.</summary>
    Rfc1869,
}
