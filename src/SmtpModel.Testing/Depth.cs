namespace SmtpModel.Testing;

/// <summary>How far a test goes with a server, the least first.</summary>
public enum Depth
{
    /// <summary>The greeting, HELO and EHLO, and commands that begin nothing.</summary>
    Greeting,

    /// <summary>Transactions up to the 354 that asks for mail data; the connection is then dropped, so nothing is ever
    /// delivered.</summary>
    Envelope,

    /// <summary>Whole messages: they are delivered.</summary>
    Data,

    /// <summary>Logins that fail, too: a site counts these, and locks out who fails often (RFC 4954 9).</summary>
    Credentials,
}
