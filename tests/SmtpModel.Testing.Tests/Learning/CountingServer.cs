namespace SmtpModel.Testing.Tests.Learning;

/// <summary>Servers that are right until something has come a second or a third time.</summary>
internal static class CountingServer
{
    /// <summary>The third VRFY of a transaction counts as a RCPT.</summary>
    public const string ThirdVrfy = "the third VRFY of a transaction adds a recipient";

    /// <summary>The third VRFY of a session counts as a RCPT.</summary>
    public const string ThirdVrfyOfSession = "the third of the VRFY of a session adds a recipient";

    /// <summary>The second RSET of a session is answered and does nothing.</summary>
    public const string SecondRset = "the second RSET of a session leaves the sender";

    /// <summary>RSET behind a delivered message forgets EHLO.</summary>
    public const string RsetBehindMessage = "RSET behind a delivered message forgets EHLO";

    /// <summary>What it does with a line: the reply that it gives in place of that of a right server; null where it gives that.</summary>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="send">Has the right server behind it take a line.</param>
    public static Func<string, Task<Observation?>> Of(string what, Func<string, Task<int>> send)
    {
        var (count, isDelivered, isForgotten, isInData) = (0, false, false, false);
        return async line =>
        {
            switch (what[..10], line.Split(' ')[0])
            {
                case ("the third ", "VRFY"):
                    if (++count == 3)
                    {
                        await send("RCPT TO:<hidden@example.test>");
                    }

                    break;
                case ("the third ", "MAIL" or "RSET" or "EHLO" or "HELO" or "SEND" or "SOML" or "SAML") when what == ThirdVrfyOfSession:
                    break;
                case ("the third ", "MAIL" or "RSET" or "EHLO" or "HELO" or "SEND" or "SOML" or "SAML"):
                    count = 0;
                    break;
                case ("the second", "RSET") when ++count == 2:
                    return new Observation(ObservationKind.Reply, 250);
                case ("RSET behin", "RSET") when isDelivered:
                    isForgotten = true;
                    break;
                case ("RSET behin", "EHLO" or "HELO"):
                    isForgotten = false;
                    break;
                case ("RSET behin", "MAIL" or "SEND" or "SOML" or "SAML") when isForgotten:
                    return new Observation(ObservationKind.Reply, 503);
                case ("RSET behin", "Subject:"):
                    isDelivered = true;
                    break;
                case ("closes beh", "DATA"):
                    isInData = true;
                    break;
                case ("closes beh", "XYZZY") when !isInData && ++count == 3:
                    return new Observation(ObservationKind.Reply, 421);
                default:
                    isInData = false;
                    break;
            }

            return null;
        };
    }
}
