using System.Text.RegularExpressions;

namespace SmtpModel.Watching;

/// <summary>
/// What is secret in a client's command, so that it stands in nothing that is written: what the names of its arguments say is one, what is
/// taken from the environment, and what the client gave in a login. In its place stands {env:NAME}, which a command may have in the first
/// place: it is replaced by the value of that variable when the client is started.
/// </summary>
internal sealed partial class ClientSecrets
{
    // shorter ones are words of their own, or nothing: they stand in others by chance
    private const int LeastPart = 4;
    private const string Left = "(a secret)";
    private readonly IReadOnlyList<string> _command;
    private readonly Lock _gate = new();
    private readonly List<string> _known = [];
    private readonly List<string> _given = [];

    public ClientSecrets(IReadOnlyList<string> command)
    {
        _command = command;
        for (var at = 0; at < command.Count; at++)
        {
            Note(Option().IsMatch(command[at]) ? command.ElementAtOrDefault(at + 1) : null);
            Note(Assigned().Match(command[at]).Groups[1].Value);
            Note(InAddress().Match(command[at]).Groups[1].Value);
            Note(UserOption().IsMatch(command[at]) ? AfterColon(command.ElementAtOrDefault(at + 1)) : null);
        }
    }

    /// <summary>The words of the command, each secret left out.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            lock (_gate)
            {
                return [.. _command.Select(Masked)];
            }
        }
    }

    /// <summary>The variables that have to be set where the words are played again, besides those that were there.</summary>
    public IReadOnlyList<string> Variables
    {
        get
        {
            var words = Words;
            lock (_gate)
            {
                return [.. _known.Select((_, at) => Name(at)).Where(name => words.Any(word => word.Contains($"{{env:{name}}}", Ordinal)))];
            }
        }
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    /// <summary>Takes what a client gave as a secret, in each form that it has.</summary>
    public void Learn(IEnumerable<string> secrets)
    {
        lock (_gate)
        {
            foreach (var secret in secrets.Where(secret => secret.Length > 0))
            {
                if (_command.Any(word => IsIn(secret, word)))
                {
                    Note(secret);
                }

                if (!_given.Contains(secret))
                {
                    _given.Add(secret);
                }
            }
        }
    }

    /// <summary>A word as it is given to the client.</summary>
    /// <exception cref="ClientNotStartedException">There is no such variable.</exception>
    public string Filled(string word) => Variable().Replace(word, match =>
    {
        var name = match.Groups[1].Value;
        var value = Environment.GetEnvironmentVariable(name) ?? throw new ClientNotStartedException(
            $"{match.Value} among the client's arguments: there is no variable {name} in the environment; set it to what is to stand there"
        );
        Learn([value]);
        return value;
    });

    /// <summary>A text without what is secret.</summary>
    public string Hide(string text)
    {
        lock (_gate)
        {
            // the longest first: what is left of one of which a part was replaced would not be known any more
            return _known.Concat(_given).Where(secret => secret.Length >= LeastPart).OrderByDescending(secret => secret.Length)
                .Aggregate(text, (said, secret) => said.Replace(secret, Left, Ordinal));
        }
    }

    private void Note(string? secret)
    {
        if (secret is { Length: > 0 } && !secret.Contains('{', Ordinal) && !_known.Contains(secret))
        {
            _known.Add(secret);
        }
    }

    private string Masked(string word)
    {
        for (var at = 0; at < _known.Count; at++)
        {
            var name = $"{{env:{Name(at)}}}";
            word = word == _known[at] ? name
                : IsIn(_known[at], word) ? word.Replace(_known[at], name, Ordinal)
                : word;
        }

        return word;
    }

    private static bool IsIn(string secret, string word) =>
        word == secret
        || (secret.Length >= LeastPart && word.Contains(secret, Ordinal))
        || word.EndsWith($"={secret}", Ordinal)
        || word.EndsWith($":{secret}", Ordinal);

    private static string Name(int at) => at == 0 ? "PASSWORD" : $"PASSWORD_{at + 1}";

    private static string? AfterColon(string? word) =>
        word?.IndexOf(':', Ordinal) is > 0 and var colon ? word[(colon + 1)..] : null;

    [GeneratedRegex(@"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();

    // --auth-password of swaks, --smtp-pass of git, --oauth2-bearer of curl; -ap is swaks'
    [GeneratedRegex(@"^(-ap|-{1,2}[\w-]*(pass|passwd|password|passphrase|secret|token|bearer))$", RegexOptions.IgnoreCase)]
    private static partial Regex Option();

    [GeneratedRegex(@"^-{0,2}[\w-]*(?:pass|passwd|password|passphrase|secret|token|bearer)=(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"://[^/@:]*:([^/@]+)@")]
    private static partial Regex InAddress();

    [GeneratedRegex(@"^(-u|--user|--proxy-user)$")]
    private static partial Regex UserOption();
}
