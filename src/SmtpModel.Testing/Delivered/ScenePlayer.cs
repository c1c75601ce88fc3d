using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>A scene that was played.</summary>
/// <param name="Mail">Its messages; null where it was not begun.</param>
/// <param name="Undecided">Why it shows nothing, null where it shows something.</param>
internal sealed record PlayedScene(MailSession? Mail, string? Undecided)
{
    /// <summary>What was said.</summary>
    public Transcript Transcript => Mail?.Transcript ?? new Transcript();

    /// <summary>Whether the server does not take such a message, which is its choice.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>Plays sessions that deliver.</summary>
/// <param name="prober">Plays whole commands.</param>
/// <param name="watch">Marks the messages.</param>
internal sealed class ScenePlayer(Prober prober, DeliveryWatch watch)
{
    // long enough for a server to see what came in a packet by itself
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    public async ValueTask<PlayedScene> PlayAsync(Scene scene, CancellationToken cancellation)
    {
        if (scene.Manner is not DataManner.Whole)
        {
            return await ByHandAsync(scene, cancellation);
        }

        var played = await prober.PlayAsync(scene.Moves, TimeSpan.Zero, cancellation);
        return new PlayedScene(
            played.Mail,
            Undecided(scene, played.Steps.Select(step => step.Came).ToList(), played.Cut ?? played.Violation?.ToString())
        )
        {
            IsRefused = played.Last?.Came.IsRefusal() is true,
        };
    }

    private static string? Undecided(Scene scene, List<Observation> came, string? cut)
    {
        for (var at = 0; at < came.Count; at++)
        {
            if (scene.Free.Contains(at) || (scene.Refused.Contains(at) ? came[at].IsRefusal() : came[at].IsAcceptance()))
            {
                continue;
            }

            return $"{scene.Moves[at]} drew {came[at]}";
        }

        var recipients = came.Where((reply, at) => scene.Moves[at].Command == Rfc821.RCPT && reply.IsAcceptance()).Count();
        return came.Count < scene.Moves.Count ? cut ?? "the session could not be played to its end"
            : recipients < scene.Recipients ? $"{recipients} of the recipients {(recipients == 1 ? "was" : "were")} accepted" : null;
    }

    // mail data in a manner of its own; all before it has to be accepted, so that what is held is what was given
    private async ValueTask<PlayedScene> ByHandAsync(Scene scene, CancellationToken cancellation)
    {
        await using var visit = await prober.Door.EnterAsync(cancellation);
        if (visit.Session is not IWireSession session)
        {
            return new PlayedScene(null, visit.Refused ?? "only a server behind a port takes octets in pieces");
        }

        var transcript = new Transcript();
        visit.Said = (transcript, null);
        var mail = watch.Begin(scene.Moves, transcript);
        var table = prober.Oracle.Table;
        var state = table.From(table.Start).First(edge => edge.Exchange.IsAccepted).To;
        transcript.Add(new TranscriptLine(table.Start.Name, null, $"{session.Greeting.Told()} (a new connection)", Verdict.Pass));
        try
        {
            foreach (var move in scene.Moves.SkipLast(1))
            {
                var came = await session.SendAsync(mail.Mark(move).Octets, 0, cancellation);
                transcript.Add(new TranscriptLine(state.Name, move.ToString(), came.Told(), Verdict.Pass));
                if (!came.IsAcceptance())
                {
                    return new PlayedScene(mail, $"{move} drew {came}");
                }

                if (move.Kind is MoveKind.Data)
                {
                    Took(mail.Sent[^1], scene, Fate.Taken, came.ToString());
                }

                state = table.Find(state, move.Command / came.Code)?.To ?? state;
            }

            return await DataAsync(scene, session, mail, state, cancellation);
        }
        catch (SessionLostException lost)
        {
            return new PlayedScene(mail, lost.Message);
        }
    }

    private static async ValueTask<PlayedScene> DataAsync(
        Scene scene,
        IWireSession session,
        MailSession mail,
        State state,
        CancellationToken cancellation
    )
    {
        var data = mail.Mark(scene.Moves[^1]);
        var message = mail.Sent[^1];
        if (scene.Manner is DataManner.InPieces)
        {
            foreach (var piece in Pieces(data.Octets))
            {
                await session.WriteAsync(piece, cancellation);
                await Task.Delay(Between, cancellation);
            }

            var came = await session.ReadAsync(null, cancellation);
            mail.Transcript!.Add(new TranscriptLine(state.Name, $"{data} (in pieces)", came.Told(), Verdict.Pass));
            Took(message, scene, came.IsAcceptance() ? Fate.Taken : Fate.Open, came.ToString());
            return new PlayedScene(mail, came.IsAcceptance() ? null : $"{data} drew {came}") { IsRefused = came.IsRefusal() };
        }

        // without the dot, or with it and without its CRLF
        await session.WriteAsync(data.Octets[..^(scene.Manner is DataManner.WithoutEnd ? 3 : 2)], cancellation);
        await session.LeaveAsync(Farewell);
        mail.Transcript!.Add(
            new TranscriptLine(
                state.Name,
                $"({data.Octets.Length - 3} octets of mail data{(scene.Manner is DataManner.WithoutEnd ? "" : " and a dot")}, and the end "
                    + $"of the channel)",
                "",
                Verdict.Pass
            )
        );
        Took(message, scene, Fate.Unfinished, "");
        return new PlayedScene(mail, null);
    }

    private static void Took(SentMessage message, Scene scene, Fate standing, string came)
    {
        var given = scene.Moves.Where(move => !move.Content.IsEmpty && move.Kind is MoveKind.Valid).ToList();
        message.ReversePath = Path(given.First(move => move.Command == Rfc821.MAIL));
        message.To = [Path(given.First(move => move.Command == Rfc821.RCPT))];
        (message.Fate, message.Came) = (standing, came);
    }

    private static string Path(Move move) => Marking.Bare(Encoding.Latin1.GetString(move.Content.Span));

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> octets)
    {
        var header = octets.Span.IndexOf("\r\n\r\n"u8) + 2;
        yield return octets[..header];
        for (var start = header; start < octets.Length;)
        {
            var end = start;
            while (end < octets.Length && octets.Span[end++] is not ((byte)'\r' or (byte)'\n' or (byte)'.'))
            {
            }

            yield return octets[start..end];
            start = end;
        }
    }
}
