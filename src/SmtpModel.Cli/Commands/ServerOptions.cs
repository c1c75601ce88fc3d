using System.CommandLine;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>What <c>test</c>, <c>fuzz</c> and <c>diff</c> have to know about a server, and how long it waits for it.</summary>
internal sealed class ServerOptions
{
    public Option<string> From { get; } = Mailbox("--from", "A mailbox the server takes mail from.", new PaletteOptions().From);

    public Option<string> Rcpt { get; } = Mailbox("--rcpt", "A mailbox the server takes mail for.", new PaletteOptions().Recipient);

    public Option<string> BadRcpt { get; } =
        Mailbox("--bad-rcpt", "A mailbox the server takes no mail for.", new PaletteOptions().BadRecipient);

    public Option<string> Helo { get; } = Shared.Domain("--helo", "The name given in HELO and EHLO.", new PaletteOptions().Helo);

    public Option<TimeSpan?> ConnectTimeout { get; } =
        Shared.Time("--connect-timeout", "How long to wait for a connection.", new TcpTimeouts().Connect);

    public Option<TimeSpan?> ReplyTimeout { get; } =
        Shared.Time("--reply-timeout", "How long to wait for a reply.", new TcpTimeouts().Reply);

    public AccessOptions Access { get; } = new();

    public IEnumerable<Option> All => [From, Rcpt, BadRcpt, Helo, .. OfConnection];

    /// <summary>Those that say how a server is reached and entered.</summary>
    public IEnumerable<Option> OfConnection => [ConnectTimeout, ReplyTimeout, .. Access.All];

    public PaletteOptions Palette(ParseResult parsed) => new()
    {
        From = parsed.GetValue(From)!,
        Recipient = parsed.GetValue(Rcpt)!,
        BadRecipient = parsed.GetValue(BadRcpt)!,
        Helo = parsed.GetValue(Helo)!,
    };

    /// <summary>How long it is waited for: what was said, and otherwise as long as it was when something was found, or as any
    /// is.</summary>
    public TcpTimeouts Timeouts(ParseResult parsed, TcpTimeouts? found = null)
    {
        var standard = found ?? new TcpTimeouts();
        return new TcpTimeouts
        {
            Connect = parsed.GetValue(ConnectTimeout) ?? standard.Connect,
            Reply = parsed.GetValue(ReplyTimeout) ?? standard.Reply,
        };
    }

    /// <summary>The server that HOST:PORT names; the word has been looked at before.</summary>
    /// <exception cref="UsageException">How it is to be entered cannot be.</exception>
    public TcpTarget Target(ParseResult parsed, string text, Profile profile, ReplayFile? found = null)
    {
        var (host, port) = ServerName.Parse(text)!.Value;
        var (tls, login) = Access.Of(parsed, port, found?.Access);
        var isHeloKnown = parsed.GetResult(Helo) is not null;
        return new TcpTarget(host, port, Timeouts(parsed, found?.Timeouts))
        {
            Tls = tls,
            Login = login,
            Helo = isHeloKnown ? parsed.GetValue(Helo)! : new PaletteOptions().Helo,
            Listing = (profile.Table.Listing ?? Profiles.Rfc5321.Table.Listing!).Name,
        };
    }

    private static Option<string> Mailbox(string name, string description, string standard)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "MAILBOX", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } mailbox && !Names.IsMailbox(mailbox))
            {
                result.AddError($"'{mailbox}' is not a mailbox for {name}; write it without brackets, as user@example.test");
            }
        });
        return option;
    }
}
