namespace SmtpModel.Spec;

/// <summary>Why some requirements are not seen from outside, where several have the same reason.</summary>
internal static class Reasons
{
    public const string Delivered = "It is seen in the delivered message, not in the session.";

    public const string WhereItDelivers = "It is seen where the server delivers, and not in the session: test --delivered looks there.";

    public const string Later = "It is about what becomes of a message behind the reply that took it.";

    public const string AsClient = "It binds the server where it sends on as a client.";

    public const string Gateway = "It binds a gateway, on a side that is not SMTP.";

    public const string Site = "It is about how a site is set up or runs, and shows in no session that a tester can bring about.";

    public const string WhichReason = "A refusal behind the end of data does not say which of many reasons it has.";

    public const string ReplyWords = "It is about words for people; a client goes by the code.";

    public const string TestersTime = "To see it, a test would have to wait for minutes.";

    public const string Mailbox = "It needs a mailbox or a list of a kind that a tester does not know.";

    public const string Names = "It takes the DNS, or knowledge of names, that a tester does not have.";

    public const string Relaying = "It is seen where the message is relayed to, which a tester does not see.";

    public const string Offer = "The report prints what EHLO lists; what is not offered is not held against a server.";

    public const string LongerLine = "No case sends a line of the length that the extension makes.";

    public const string NearTheLimit = "It takes a message near the maximum; a tester sends small ones to a server that is not its own.";

    public const string Demands = "It shows only with a server that demands it; 530 is taken from every one, wherever it says it.";

    public const string ReverseRoutes = "Forward-paths are tried; no case has a route in a reverse-path.";

    public const string TakenOff = "That the dot is taken off is seen where the server delivers: test --delivered looks there.";

    public const string FreeText = "Free text is allowed in exceptional cases: a reply without a mailbox is not strict, and no failure.";

    public const string Layers = "No mechanism in use over SMTP has a security layer.";
}
