using System.CommandLine;
using System.Net;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Serving;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel serve</c>.</summary>
internal static class ServeCommand
{
    private static readonly SmtpServerOptions Standard = new() { Store = DiscardStore.Instance };

    public static Command Create()
    {
        var listen = new Option<string[]>("--listen")
        {
            Description =
                "Where to listen, an address and a port or unix:/PATH; may be given several times. Port 0 lets the system choose.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => ["127.0.0.1:2525"],
        };
        var profile = Shared.Profile("rfc5321");
        var maildir = Shared.Place(
            "--maildir",
            "Put messages into this Maildir, each flushed to the disk before 250; without it they are thrown away.",
            "DIR",
            text => new DirectoryInfo(text)
        );
        var hostName = Shared.Domain("--hostname", "The name the server gives itself.", "localhost");
        var domains = new Option<string[]>("--domain")
        {
            Description =
                "Take mail only for mailboxes of this domain (and for Postmaster); may be given several times. Without it every mailbox "
                    + "is taken.",
            HelpName = "DOMAIN",
        };
        var users = new Option<string[]>("--user")
        {
            Description = "A user that VRFY knows, as \"Fred Smith <fred@example.test>\"; may be given several times.",
            HelpName = "USER",
        };
        var lists = new Option<string[]>("--list")
        {
            Description = "A mailing list that EXPN knows, as staff=fred@example.test,ann@example.test; may be given several times.",
            HelpName = "NAME=MEMBERS",
        };
        var terminals = new Option<string[]>("--terminal")
        {
            Description =
                "A mailbox whose user is active at a terminal: what SEND, SOML and SAML bring is written here. May be given several "
                    + "times; without it these commands draw 502.",
            HelpName = "MAILBOX",
        };
        var mutant = new Option<string?>("--mutant")
        {
            Description =
                "Serve a mutant instead, a server that is wrong in one place, to try a test tool against it: an ID of 'smtpmodel mutants "
                    + "list'. It gives the reply that an argument or the mail data asks for by the word reply-NNN, as RCPT "
                    + "TO:<reply-550@example.test>.",
            HelpName = "ID",
        };
        var connections = Shared.Number(
            "--max-connections",
            "The most connections at once; one more draws 421.",
            Standard.MaxConnections,
            1
        );
        var perAddress = Shared.Number(
            "--max-connections-per-address",
            "The most connections at once from one address.",
            Standard.MaxConnectionsPerAddress,
            1
        );
        var commandTimeout = Shared.Time("--command-timeout", "How long to wait for a command before 421.", Standard.CommandTimeout);
        var dataTimeout = Shared.Time("--data-timeout", "How long to wait for more mail data before 421.", Standard.DataBlockTimeout);
        var commandLine = Shared.Number(
            "--max-command-line",
            "The longest command line, octets with CRLF.",
            Standard.Session.MaxCommandLine,
            512
        );
        var textLine = Shared.Number("--max-text-line", "The longest text line, octets with CRLF.", Standard.Session.MaxTextLine, 1000);
        var size = Shared.Number("--max-message-size", "The largest message, octets.", Standard.Session.MaxMessageSize, 65536);
        var recipients = Shared.Number("--max-recipients", "The most recipients of a message.", Standard.Session.MaxRecipients, 100);
        var (tls, auth) = (new TlsOptions(), new AuthOptions());
        var command = new Command(
            "serve",
            "Serve SMTP on a loopback port, with the session generated from the specification, until Ctrl-C."
        )
        {
            listen,
            profile,
            maildir,
            hostName,
            domains,
            users,
            lists,
            terminals,
            mutant,
            connections,
            perAddress,
            commandTimeout,
            dataTimeout,
            commandLine,
            textLine,
            size,
            recipients,
        };
        tls.All.Concat(auth.All).ToList().ForEach(command.Options.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (sockets, ports) = SiteOptions.Places(parsed.GetValue(listen)!);
                IPEndPoint[] endPoints = [.. ports.Select(text => SiteOptions.EndPoint(text))];
                Honest(parsed.Get(profile));
                var kept = Profiles.Served(parsed.Get(profile));
                if (
                    kept.Parts.Contains(Rfc2033.Part)
                    && endPoints.FirstOrDefault(one => one.Port == Rfc2033.ForbiddenPort) is { } forbidden
                )
                {
                    throw new UsageException(
                        $"--listen {forbidden}: LMTP must not be used on port {Rfc2033.ForbiddenPort}, which is that of SMTP (RFC 2033 "
                            + $"5); choose another one, as {forbidden.Address}:2424"
                    );
                }

                using var certificate = tls.Certificate(parsed, parsed.GetValue(hostName)!);
                using var authenticator = auth.Authenticator(parsed, parsed.GetValue(hostName)!);
                var served = parsed.GetValue(mutant) is { } id ? MutantsCommand.Find(kept, id) : null;
                var atTerminals = (parsed.GetValue(terminals) ?? [])
                    .Select(mailbox => SiteOptions.Mailbox("--terminal", mailbox))
                    .ToArray();
                var site = new ServedSite(
                    [.. (parsed.GetValue(domains) ?? []).Select(SiteOptions.Domain)],
                    SiteOptions.Directory(parsed.GetValue(users) ?? [], parsed.GetValue(lists) ?? []),
                    atTerminals.Length > 0
                );
                IMessageStore store = parsed.GetValue(maildir) is { } folder
                    ? SiteOptions.Maildir(folder)
                    : DiscardStore.Instance;
                var options = Standard with
                {
                    EndPoints = endPoints.Length > 0 ? endPoints : Standard.EndPoints,
                    UnixSockets = sockets,
                    Policy = site,
                    Tls = tls.Settings(parsed, certificate, kept),
                    Store = atTerminals.Length > 0 ? new TerminalStore(new ConsoleTerminals(atTerminals), store) : store,
                    MaxConnections = parsed.GetValue(connections),
                    MaxConnectionsPerAddress = parsed.GetValue(perAddress),
                    CommandTimeout = parsed.GetValue(commandTimeout) ?? Standard.CommandTimeout,
                    DataBlockTimeout = parsed.GetValue(dataTimeout) ?? Standard.DataBlockTimeout,
                    Session = new SessionSettings
                    {
                        HostName = parsed.GetValue(hostName)!,
                        MaxCommandLine = parsed.GetValue(commandLine),
                        MaxTextLine = parsed.GetValue(textLine),
                        MaxMessageSize = parsed.GetValue(size),
                        MaxRecipients = parsed.GetValue(recipients),
                    },
                };
                options = auth.Apply(parsed, options, authenticator, kept);
                return await RunAsync(
                    served is null ? options.Serving(kept) : options.Serving(served),
                    served,
                    parsed.GetValue(maildir) is { } to ? $"to {to.FullName}" : "nowhere",
                    cancellation
                );
            }
        );
        return command;
    }

    // what EHLO lists is a promise
    private static void Honest(SmtpModel.Machines.Profile profile)
    {
        if (profile.Parts.FirstOrDefault(Profiles.Unserved.Contains) is { Extension: { } extension })
        {
            throw new UsageException(
                $"--profile {profile.Name}: this server does not do what {extension} promises ({extension.Title}, {extension.Clause}), so "
                    + $"it does not offer it; test tries it on servers that do"
            );
        }
    }

    private static async Task<int> RunAsync(SmtpServerOptions options, Mutant? mutant, string where, CancellationToken cancellation)
    {
        // the command line waits for what it has in its hands: a Ctrl-C right behind "serving" would not find it there yet
        await Task.Yield();
        await using var server = new SmtpServer(options);
        try
        {
            await server.StartAsync();
        }
        catch (ListenException fault)
        {
            throw new UsageException(fault.Message);
        }

        if (mutant is not null)
        {
            Console.WriteLine($"MUTANT {mutant.Id}, wrong on purpose: {mutant.Does} ({mutant.Rule}); {Against(mutant.Class)}");
        }

        var places = server.EndPoints.Select(one => one.ToString()).Concat(options.UnixSockets.Select(path => TcpTarget.Unix + path));
        Console.WriteLine($"serving {options.Profile} on {string.Join(", ", places)}, messages go {where}; Ctrl-C ends");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: the normal end of a server
        }

        Console.WriteLine($"closing {Words.Count(server.OpenConnections, "connection")}");
        await server.StopAsync(CancellationToken.None);
        var counters = server.Counters;
        Console.WriteLine(
            $"served {Words.Count(counters.Sessions, "session")}, {Words.Count(counters.Commands, "exchange")}, "
                + $"{Words.Count(counters.Messages, "message")}; refused {Words.Count(counters.RefusedConnections, "connection")}"
                + $"{Handshakes(counters)}{Logins(counters)}"
        );
        return ExitCodes.Fine;
    }

    private static string Handshakes(ServerCounters counters) => counters.Handshakes + counters.FailedHandshakes == 0 ? ""
        : $"; {Words.Count(counters.Handshakes, "handshake")}, {counters.FailedHandshakes} failed";

    private static string Logins(ServerCounters counters) => counters.Logins + counters.FailedLogins == 0 ? ""
        : $"; {Words.Count(counters.Logins, "login")}, {counters.FailedLogins} failed";

    private static string Against(MutantClass which) => which switch
    {
        MutantClass.Faulty => "a test tool should find that",
        MutantClass.Conforming => "that is left to a server, so no test tool may accuse it",
        _ => "nobody can tell it from the plain server",
    };
}
