namespace SmtpModel.Testing.Engine;

/// <summary>One login on one connection: the AUTH command, the server's challenges and what they are answered with (RFC 4954 4).</summary>
/// <param name="session">The connection.</param>
/// <param name="login">Who logs in.</param>
/// <param name="name">With which mechanism.</param>
internal sealed class SaslDialogue(TcpSession session, Login login, string name)
{
    /// <summary>The code of a login that succeeded.</summary>
    public const int Success = 235;

    /// <summary>The code of a challenge.</summary>
    public const int Challenge = 334;

    /// <summary>More challenges than any mechanism here has.</summary>
    public const int MostChallenges = 8;

    // RFC 5321 4.5.3.1.4, with CRLF: an initial response that makes the line longer is sent behind an empty challenge (RFC 4954 4)
    private const int MostOfLine = 510;

    // servers make one who failed wait, and tell nobody why
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Secrets _secrets = new(login.Password);

    /// <summary>The AUTH command that begins a dialogue, and what is owed to an empty challenge; null where nothing is.</summary>
    /// <param name="name">The mechanism, as it is written.</param>
    /// <param name="initial">What the client says first; null where the server begins.</param>
    public static (string Line, string? Owed) Begin(string name, string? initial)
    {
        var line = $"{Entrance.Keyword} {name} {(initial is "" ? "=" : initial)}";
        return initial is not null && line.Length <= MostOfLine ? (line, null) : ($"{Entrance.Keyword} {name}", initial);
    }

    /// <summary>Plays it.</summary>
    /// <returns>Null when it succeeded; else what the server said, or why the dialogue ended, and its code: 0 where there is none. Safe to
    /// print.</returns>
    public async ValueTask<(int Code, string Said)?> RunAsync(CancellationToken cancellation)
    {
        var client = new SaslClient(name, login.User, login.Password, _secrets);
        var (line, owed) = Begin(name, client.First());
        var came = await session.AsideAsync(line, Patience, cancellation);
        for (var count = 0; came.Code == Challenge && count < MostChallenges; count++)
        {
            var response = owed is not null && count == 0 ? owed : client.Answer(came.Reply!.Lines[0]);
            if (response is null)
            {
                _ = await session.AsideAsync("*", Patience, cancellation);
                return (0, $"the server's challenge is none that {name} has");
            }

            came = await session.AsideAsync(response, Patience, cancellation);
        }

        return came.Code == Success ? null
            : came.Kind is ObservationKind.Reply ? (came.Code, _secrets.Hide(came.ToString()))
            : (
                0,
                came.Kind is ObservationKind.Silence
                    ? $"the server does not answer within {Patience.TotalSeconds:0} s"
                    : "the server closes the connection"
            );
    }
}
