using System.Globalization;
using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>Somebody who talks to a session: lines or octets in, text out. Deliveries are kept and answered.</summary>
internal sealed class Client
{
    private readonly bool _keepsCodes;
    private readonly string _profile;

    public Client(string profile, SitePolicy? policy = null, SessionSettings? settings = null, bool keepsCodes = false)
    {
        (_keepsCodes, _profile) = (keepsCodes, profile);
        Session = Generated.Session(profile, settings ?? new SessionSettings(), policy ?? new SitePolicy());
        Session.Open();
        Greeting = Take();
    }

    public SmtpSession Session { get; }

    public string Greeting { get; }

    public List<StoredMessage> Delivered { get; } = [];

    /// <summary>What is answered to each delivery.</summary>
    public Decision Outcome { get; set; }

    /// <summary>A client that has said HELO.</summary>
    public static Client Greeted(string profile, SitePolicy? policy = null, SessionSettings? settings = null)
    {
        var client = new Client(profile, policy, settings);
        client.Expect(250, "HELO client.example");
        return client;
    }

    /// <summary>A client whose mail data is awaited.</summary>
    public static Client GivingData(string profile, SessionSettings? settings = null)
    {
        var client = Greeted(profile, settings: settings);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
        return client;
    }

    /// <summary>Sends a line and gives the text of what is answered.</summary>
    public string Say(string line) => Send(line + "\r\n");

    /// <summary>Sends a line, which has to draw one reply of this code; gives its text.</summary>
    public string Expect(int code, string line)
    {
        var delivered = Delivered.Count;
        var text = Say(line);
        Assert.True(text.Length > 0, $"no answer to {line}");
        var actual = Dialogue.Code(
            text,
            Delivered.Count > delivered && Generated.Table(_profile).ForEach.Count > 0 ? Delivered[^1].ForwardPaths.Count : 1
        );
        Assert.True(code == actual, $"{line} drew {text.TrimEnd()}, not {code}");
        return text;
    }

    /// <summary>Sends octets, one for each character, and gives the text of what is answered.</summary>
    public string Send(string octets) => Send(Encoding.Latin1.GetBytes(Generated.Greeted(_profile, octets)));

    public string Send(ReadOnlySpan<byte> octets)
    {
        var said = new StringBuilder();
        while (!octets.IsEmpty && Session.Status is not (SessionStatus.Ended or SessionStatus.Securing))
        {
            octets = octets[Session.Receive(octets)..];
            said.Append(Take());
            if (Session.Status is SessionStatus.Delivering)
            {
                Delivered.Add(Session.Message.Copy());
                while (Session.Status is SessionStatus.Delivering)
                {
                    Session.CompleteDelivery(Outcome);
                }

                said.Append(Take());
            }
        }

        return said.ToString();
    }

    /// <summary>The codes of the replies a text holds, in order, with a space between.</summary>
    public static string Codes(string text) => string.Join(' ', text.Split("\r\n")
        .Where(line => line.Length > 3 && line[3] == ' ').Select(line => int.Parse(line[..3], CultureInfo.InvariantCulture)));

    private string Take()
    {
        var text = Encoding.Latin1.GetString(Session.Output.Span);
        Session.ClearOutput();
        return _keepsCodes ? text : Generated.WithoutEnhancedCodes(text);
    }
}
