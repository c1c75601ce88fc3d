namespace SmtpModel.Spec;

/// <summary>Why some requirements are not held against a server, where several have the same reason.</summary>
internal static class Reasons
{
    // ------------------------------------------------------------------ seen where it delivers, or later, or on another side

    public const string Delivered = "It is seen in the delivered message; no case of test --delivered looks for it.";

    public const string WhereItDelivers = "It is seen where the server delivers, and not in the session: test --delivered looks there.";

    public const string TraceLines = "It is seen in the trace lines of the delivered message, which test --delivered takes off unread.";

    public const string TakenOff = "That the dot is taken off is seen where the server delivers: test --delivered looks there.";

    public const string Relaying = "It is seen at the server that it sends on to; no case of test --delivered looks for it.";

    public const string NextWithout = "It takes a next server that offers the extension, and that of test --delivered does not.";

    public const string Looking = "What a server reads is not seen, but only what it changes or refuses.";

    public const string Later = "It is about what becomes of a message behind the reply that took it.";

    public const string Notices = "It is about the notices that a server sends, and a test waits for none.";

    public const string AsClient = "It binds the server where it sends on as a client.";

    public const string Gateway = "It binds a gateway, on a side that is not SMTP.";

    // ------------------------------------------------------------------ what a tester does not know or have

    public const string Site = "It is about how a site is set up or runs, and shows in no session that a tester can bring about.";

    public const string Mailbox = "It needs a mailbox or a list of a kind that a tester does not know.";

    public const string Names = "It takes the DNS, or knowledge of names, that a tester does not have.";

    public const string Port = "A test is given a port, and who gives it says what the port is for: no case holds it against a server.";

    public const string TestersTime = "To see it, a test would have to wait for minutes.";

    public const string NearTheLimit = "It takes a message near the maximum; a tester sends small ones to a server that is not its own.";

    public const string Layers =
        "It takes a mechanism with a security layer, as GSSAPI or DIGEST-MD5, and a tester logs in with none such.";

    // ------------------------------------------------------------------ what would be an accusation without proof

    public const string WhichReason =
        "A refusal behind the end of data has any of many reasons, and no case sends the same message with and without this one.";

    public const string ReplyWords = "It is about words for people; a client goes by the code.";

    public const string AnyText = "No case holds it: the grammar has the code alone, and a client has to take any text.";

    public const string Offer = "The report prints what EHLO lists; what is not offered is not held against a server.";

    public const string Demands = "It shows only with a server that demands it; 530 is taken from every one, wherever it says it.";

    public const string FreeText = "Free text is allowed in exceptional cases: a reply without a mailbox is not strict, and no failure.";

    // ------------------------------------------------------------------ what no case does

    public const string LongerLine = "No case makes a line so long: each parameter is tried alone, behind a plain path.";

    public const string EnhancedCode =
        "The code is in the reply, and no case looks at which it is; the rules of RFC 2034 look at its form.";

    public const string ReverseRoutes = "Forward-paths are tried; no case has a route in a reverse-path.";

    public const string OverTheLimit = "No case goes on to a server's own limit: a hundred recipients are sent, and no more.";
}
