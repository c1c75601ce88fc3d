using System.CommandLine;
using SmtpModel.Cli.Replaying;
using SmtpModel.Cli.Serving;
using SmtpModel.Server;
using SmtpModel.Watching;

namespace SmtpModel.Cli.Commands;

/// <summary>The options of <c>provoke</c>.</summary>
internal sealed class ProvokeOptionsOfCommand
{
    private const string Anywhere = "127.0.0.1:0";
    private static readonly TrialOptions Standard = new();
    private readonly Option<string> _profile = Shared.Profile(TrialOptions.Standard.Name);
    private readonly Option<TimeSpan?> _timeLimit = Shared.Time(
        "--time-limit",
        "How long the client may take for one scenario; then it is ended.",
        Standard.TimeLimit
    );
    private readonly Option<TimeSpan?> _linger = Shared.Time(
        "--linger",
        "How long to wait for a connection when the client has ended without one, as one that queues does.",
        Standard.Linger
    );
    private readonly Option<string[]> _success = new("--success-exit")
    {
        Description =
            "The exit status that says that the message was sent, 0 if left out; may be given several times; none where the exit status "
                + "says nothing.",
        HelpName = "N|none",
    };

    private readonly Option<string[]> _deferred = new("--deferred-exit")
    {
        Description =
            "The exit status by which a client with a queue says that it keeps the message to try again, 75 of many; may be given several "
                + "times. Then what it keeps and what it returns is judged.",
        HelpName = "N",
    };

    private readonly Option<FileInfo?> _certificate = Shared.Place(
        "--tls-cert",
        "A certificate in PEM, from an authority that the client trusts: with it STARTTLS is offered too.",
        "FILE",
        text => new FileInfo(text)
    );
    private readonly Option<FileInfo?> _key = TlsOptions.CreateKey();
    private readonly Option<bool> _demandsTls = new("--tls-demanded")
    {
        Description = "The client was told to demand TLS: it may send nothing without.",
    };
    private readonly Option<ReportFile[]> _reports = ReportOptions.Create();
    private readonly Option<ReportFile?> _json = ReportOptions.One("json", "Write a JSON report at the end.");
    private readonly Argument<string[]> _client = new("CLIENT")
    {
        Description =
            "Behind --: the client and its arguments, as it sends one message to three recipients. {host} and {port} are replaced by the "
                + "server's, {message} by a file that holds a message, "
                + "{env:NAME} by the variable NAME of the environment, as for a password; "
            + "the message is its standard input too. Without it, clients come by themselves to --listen.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> List { get; } = new("--list") { Description = "Print the scenarios and play none." };

    public Option<string> Listen { get; } =
        new("--listen")
        {
            Description = "Where the client connects to. Port 0 is another one in each scenario.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => Anywhere,
        };

    public Option<bool> Strict { get; } = new("--strict") { Description = "Not to follow a SHOULD is a failure too." };

    public Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Print scenarios that passed too, and what was said where something was not strict." };

    public ScenarioSelection Selection { get; } = new();

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                List,
                Listen,
                _profile,
                _timeLimit,
                _linger,
                _success,
                _deferred,
                _certificate,
                _key,
                _demandsTls,
                Strict,
                Verbose,
                _reports,
                _json,
            }
        )
        {
            command.Add(option);
        }

        Selection.AddTo(command);
        command.Add(_client);
    }

    public ServerCertificate? CertificateOf(ParseResult parsed) => TlsOptions.Load(parsed.GetValue(_certificate), parsed.GetValue(_key));

    public ReportFile[] Reports(ParseResult parsed) => ReportOptions.Asked(parsed, _reports, _json);

    public TrialOptions Settings(ParseResult parsed, ServerCertificate? certificate)
    {
        var profile = parsed.Get(_profile);
        if (certificate is not null)
        {
            profile = Spec.Profiles.Extended(profile, [Spec.Rfc3207.Part.Extension!.Keyword]);
        }

        Refuse(profile, certificate is not null);
        var success = parsed.GetValue(_success) is { Length: > 0 } said ? Exits(_success, said) : [0];
        var deferred = Exits(_deferred, parsed.GetValue(_deferred) ?? []);
        if (success.Intersect(deferred).ToList() is [var both, ..])
        {
            throw new UsageException(
                $"exit status {both} cannot say both that the message was sent and that it is kept; choose another one for "
                    + "--success-exit or --deferred-exit"
            );
        }

        return new TrialOptions
        {
            Command = parsed.GetValue(_client) ?? [],
            Profile = profile,
            Listen = SiteOptions.EndPoint(parsed.GetValue(Listen)!, hasSockets: false),
            TimeLimit = parsed.GetValue(_timeLimit) ?? Standard.TimeLimit,
            Linger = parsed.GetValue(_linger) ?? Standard.Linger,
            SuccessExits = success,
            DeferredExits = deferred,
            Certificate = certificate?.Certificate,
            DemandsTls =
                !parsed.GetValue(_demandsTls) || certificate is not null
                    ? parsed.GetValue(_demandsTls)
                    : throw new UsageException(
                        "--tls-demanded: without a certificate there is no TLS; give one that the client trusts with --tls-cert and "
                            + "--tls-key"
                    ),
        };
    }

    /// <summary>Makes sure that a client can find the server.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public void Require(ParseResult parsed)
    {
        var words = parsed.GetValue(_client) ?? [];
        var isFixed = !SiteOptions.EndPoint(parsed.GetValue(Listen)!, hasSockets: false).Port.Equals(0);
        if (words.Length == 0 && parsed.GetResult(Listen) is not { Implicit: false })
        {
            throw new UsageException(
                "no client: write it behind --, as 'smtpmodel provoke -- swaks --server {host}:{port} --from a@example.test --to "
                    + "b@example.test', "
                    + "or name a place with --listen 127.0.0.1:2525 for clients that come by themselves"
            );
        }

        if (words.Length > 0 && !isFixed && !words.Any(word => word.Contains("{port}", StringComparison.Ordinal)))
        {
            throw new UsageException(
                "the client is not told where the server is: write {port} among its arguments, or --listen 127.0.0.1:2525 for one that "
                    + "knows its place"
            );
        }
    }

    /// <summary>The line that plays one scenario by itself, and the variables that it needs; what is secret in it is left out.</summary>
    public Func<IReadOnlyList<string>, (string Line, IReadOnlyList<string> Variables)> ReplayLine(ParseResult parsed, ClientSecrets secrets)
    {
        List<string> words = [];
        foreach (var option in new Option[] { Listen, _profile, _timeLimit, _linger, _success, _deferred, _certificate, _key })
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
            {
                words.AddRange(given.Tokens.SelectMany(token => new[] { option.Name, token.Value }));
            }
        }

        if (parsed.GetValue(_demandsTls))
        {
            words.Add(_demandsTls.Name);
        }

        return ids =>
        {
            var client = secrets.Words;
            return (
                $"smtpmodel provoke{string.Concat(ids.Select(id => $" --include {id}"))}"
                    + $"{string.Concat(words.Select(word => $" {Shell.Quote(word)}"))}"
                    + $"{(client.Count > 0 ? $" -- {string.Join(' ', client.Select(Shell.Quote))}" : "")}",
                secrets.Variables
            );
        };
    }

    private static void Refuse(Profile profile, bool hasCertificate)
    {
        if (!hasCertificate && profile.Table.Extensions.Contains(Spec.Rfc3207.Part.Extension!))
        {
            throw new UsageException(
                $"--profile {profile.Name} has STARTTLS, which needs a certificate; give one that the client trusts with --tls-cert and "
                    + $"--tls-key"
            );
        }
    }

    private IReadOnlyList<int> Exits(Option option, string[] words) =>
        option == _success && words is ["none"]
            ? []
            :
            [
                .. words.Select(word =>
                    int.TryParse(word, out var status) && status is >= 0 and <= 255
                        ? status
                        : throw new UsageException(
                            $"'{word}' is no exit status for {option.Name}; write a number from 0 to 255"
                                + (option == _success ? ", or none by itself" : "")
                        )
                ),
            ];
}
