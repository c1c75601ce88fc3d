using System.Buffers.Text;
using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The dialogue of a login (RFC 4954), beside where its commands are in order.</summary>
internal static class LoginCases
{
    // those whose first word is the server's (RFC 2195)
    private static readonly string[] ServerFirst = ["CRAM-MD5"];

    // whose first word is the client's (RFC 4616)
    private const string ClientFirst = "PLAIN";

    // RFC 4954 4: as long a line is enough for every mechanism in use; with its CRLF
    private const int Longest = 12288;

    // servers make one who failed wait
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void AddTo(CaseList list)
    {
        var table = list.Model.Table;
        if (
            table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.Line && table.CountsFailures(use.Command)) is not { } begin
            || table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.Response && table.CountsFailures(use.Command))
                is not { } answer
        )
        {
            return;
        }

        list.Add(
            Rfc4954.AU4,
            "challenge-is-base64",
            "The text of a challenge is base64, or nothing.",
            Depth.Greeting,
            run => ChallengeAsync(run, begin.Command),
            command: begin.Command
        );
        list.Add(
            Rfc4954.AU4,
            "empty-challenge-where-the-client-begins",
            $"AUTH {ClientFirst} without an initial response draws an empty challenge.",
            Depth.Greeting,
            run => EmptyAsync(run, begin.Command),
            command: begin.Command
        );
        list.Add(
            Rfc4954.AU4,
            "a-command-in-the-dialogue-is-a-response",
            "A line that answers a challenge is not obeyed, though it reads like a command.",
            Depth.Credentials,
            run => ObeyedAsync(run, begin.Command),
            command: answer.Command
        );
        list.Add(
            Rfc4954.AU10,
            "initial-response-where-the-server-begins",
            "An initial response to a mechanism in which the server speaks first draws 501.",
            Depth.Credentials,
            run => InitialAsync(run, begin.Command),
            command: begin.Command
        );
        list.Add(
            Rfc4954.AU12,
            "long-response",
            "A response of 12288 octets is one line: it draws one reply, and commands are read again.",
            Depth.Credentials,
            run => LongAsync(run, begin.Command),
            command: answer.Command
        );
        list.Add(
            Rfc4954.AU11,
            "two-failures-are-borne",
            "The channel is open behind two logins that failed.",
            Depth.Credentials,
            run => BorneAsync(run, begin.Command, answer.Command),
            command: begin.Command
        );
    }

    private static Task<WireOutcome> ChallengedAsync(WireRun run, Command begin, Func<WireTalk, Observation, Task<WireOutcome>> play) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                var move = run.Palette.Continuing(begin).FirstOrDefault() ?? run.Plain(begin);
                var came = await talk.ExchangeAsync(move);
                return came.Code / 100 == 3 ? await play(talk, came) : WireOutcome.Undecided($"{move} drew {came}, and no challenge");
            }
        );

    private static Task<WireOutcome> ChallengeAsync(WireRun run, Command begin) => ChallengedAsync(run, begin, (_, came) =>
        {
            var lines = came.Reply!.Lines;
            return Task.FromResult(
                lines.Count == 1 && Base64.IsValid(Encoding.Latin1.GetBytes(lines[0]))
                    ? WireOutcome.Kept
                    : WireOutcome.Broken(
                        lines.Count > 1 ? "the challenge has more than one line" : "the text of the challenge is no base64",
                        "one line, with base64 or nothing behind the code",
                        $"{came}"
                    )
            );
        });

    // RFC 4422 5.1; one that is no base64 is the fault of another case
    private static Task<WireOutcome> EmptyAsync(WireRun run, Command begin) => run.ExtendedAsync(async (talk, offer) =>
    {
        if (offer[begin.Name]?.Parameters.Contains(ClientFirst, StringComparer.OrdinalIgnoreCase) is not true)
        {
            return WireOutcome.NotApplicable($"{ClientFirst} is not offered");
        }

        var line = $"{begin} {ClientFirst}";
        var came = await talk.ExchangeAsync(line);
        return came.Code / 100 != 3 ? WireOutcome.Undecided($"{line} drew {came}, and no challenge")
            : came.Reply!.Lines.All(text => text.Trim().Length == 0) ? WireOutcome.Kept
            : came.Reply.Lines.Any(text => !Base64.IsValid(Encoding.Latin1.GetBytes(text)))
                ? WireOutcome.Undecided($"the challenge to {line} is no base64, which is another case: {came}")
            : WireOutcome.Broken($"{line} draws a challenge that is not empty", "334 and a space", $"{came}");
    });

    // a blank and a letter that base64 has not: no response, whatever the mechanism
    private static Task<WireOutcome> ObeyedAsync(WireRun run, Command begin) => ChallengedAsync(run, begin, async (talk, _) =>
    {
        var line = $"{run.Plain(run.Model.Texted.Command).Text} .";
        await talk.WriteAsync($"{line}\r\n");
        var came = await talk.ReadAsync(Patience);
        return came.Kind is ObservationKind.Reply && came.Code / 100 == 2
            ? WireOutcome.Broken($"'{line}' is obeyed in the dialogue", "501, for it is no response", $"{came}")
            : came.Kind is ObservationKind.Silence ? WireOutcome.Undecided($"'{line}' drew {came}") : WireOutcome.Kept;
    });

    private static Task<WireOutcome> InitialAsync(WireRun run, Command begin) =>
        run.ExtendedAsync(
            async (talk, offer) =>
            {
                if (
                    ServerFirst.FirstOrDefault(name =>
                        offer[begin.Name]?.Parameters.Contains(name, StringComparer.OrdinalIgnoreCase) is true
                    )
                    is not { } mechanism
                )
                {
                    return WireOutcome.NotApplicable("no mechanism is offered in which the server speaks first");
                }

                var line = $"{begin} {mechanism} {Convert.ToBase64String("nobody 0"u8)}";
                await talk.WriteAsync($"{line}\r\n");
                var came = await talk.ReadAsync(Patience);
                return came.Code == run.Model.Table.Faults.NotAcceptable ? WireOutcome.Kept
                    : came.Kind is not ObservationKind.Reply || run.Policy(came) is not null ? WireOutcome.Undecided($"{line} drew {came}")
                    : WireOutcome.Broken(
                        $"an initial response to {mechanism} draws {came.Code}",
                        $"{run.Model.Table.Faults.NotAcceptable}",
                        $"{came}"
                    );
            }
        );

    // a server may find anything wrong in it, or close on it to defend itself (RFC 5321 7.8)
    private static async Task<WireOutcome> LongAsync(WireRun run, Command begin)
    {
        List<string> choices = [];
        foreach (var length in new[] { Longest, 4 * Longest })
        {
            run.Forget();
            var outcome = await ChallengedAsync(run, begin, async (talk, _) =>
            {
                // base64 of one who is not there, with a long password (RFC 4616)
                var response = Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0nobody\0{new string('x', ((length - 2) / 4 * 3) - 8)}"));
                await talk.WriteAsync($"{response}\r\n");
                var answered = await AnsweredOnceAsync(run, talk, $"a response of {response.Length + 2} octets");
                // what no mechanism needs is not asked for: how a server gets rid of it is told
                return length > Longest && answered.Standing is Standing.Broken
                    ? WireOutcome.Chosen($"{answered.Reason}: {answered.Came}")
                    : answered;
            });
            if (outcome.Standing is not (Standing.Kept or Standing.Chosen))
            {
                return outcome;
            }

            choices.AddRange(outcome.Standing is Standing.Chosen ? [outcome.Reason] : []);
        }

        return choices.Count == 0 ? WireOutcome.Kept : WireOutcome.Chosen(string.Join("; ", choices));
    }

    private static async Task<WireOutcome> AnsweredOnceAsync(WireRun run, WireTalk talk, string what)
    {
        const string Expected = "one reply, and one to the command after it";
        var came = await talk.ReadAsync(Patience);
        if (came.Code / 100 == 3)
        {
            // it is taken, and more is asked for
            await talk.WriteAsync("*\r\n");
            came = await talk.ReadAsync(Patience);
        }

        if (came.Kind is ObservationKind.Closed || came.Code == run.Model.Table.Faults.Closing)
        {
            return WireOutcome.Chosen($"the server closes the channel on {what}");
        }

        if (!came.IsRefusal())
        {
            // who is let in is for the site to say, and some let in everybody
            return WireOutcome.Undecided($"{what}, with the name of nobody, drew {came}");
        }

        if (await talk.DrainAsync() is [var extra, ..])
        {
            return extra.Code == run.Model.Table.Faults.Closing ? WireOutcome.Chosen($"{what} draws {came}, and then {extra}")
                : WireOutcome.Broken($"{what} draws more than one reply", Expected, $"{came}, and then {extra}");
        }

        var next = await talk.ExchangeAsync(run.Plain(run.Model.Nothing));
        var more = next.Kind is ObservationKind.Reply ? await talk.DrainAsync() : [];
        return next.Kind is ObservationKind.Closed || next.Code == run.Model.Table.Faults.Closing
                ? WireOutcome.Chosen($"the server closes the channel behind {what} and {came}")
            : more.Count > 0
                ? WireOutcome.Broken($"behind {what} replies and commands are out of step", Expected, $"{next}, and then {more[0]}")
            : GoesOn(run, next) ? WireOutcome.Kept
            : WireOutcome.Undecided($"behind {what} and {came.Code} {run.Model.Nothing} drew {next}");
    }

    // a server that has no such command answers it all the same, and that is what is asked
    private static bool GoesOn(WireRun run, Observation next) =>
        next.IsAccepted()
        || (next.Kind is ObservationKind.Reply
            && (next.Code == run.Model.Table.Faults.Unrecognized || next.Code == run.Model.Table.Faults.NotImplemented));

    private static Task<WireOutcome> BorneAsync(WireRun run, Command begin, Command answer) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                if (
                    run.Palette.Refusable(answer).FirstOrDefault() is not { } wrong
                    || run.Palette.Continuing(begin).FirstOrDefault() is not { } opening
                )
                {
                    return WireOutcome.NotApplicable("there is no mechanism that a wrong password is sent with");
                }

                for (var count = 0; count < 2; count++)
                {
                    await talk.WriteAsync($"{opening.Text} {wrong.Text}\r\n");
                    var came = await talk.ReadAsync(Patience);
                    if (came.Kind is ObservationKind.Closed || came.Code == run.Model.Table.Faults.Closing)
                    {
                        return WireOutcome.Broken(
                            $"the server closes the channel on failure {count + 1}",
                            "a refusal of the login, and a session that goes on",
                            $"{came}"
                        );
                    }

                    if (!came.IsRefusal())
                    {
                        return WireOutcome.Undecided($"a wrong password drew {came}");
                    }
                }

                await talk.WriteAsync($"{run.Plain(run.Model.Nothing).Text}\r\n");
                var next = await talk.ReadAsync(Patience);
                return GoesOn(run, next) ? WireOutcome.Kept
                    : next.Kind is ObservationKind.Closed || next.Code == run.Model.Table.Faults.Closing
                        ? WireOutcome.Broken("the server closes the channel behind two failures", "a session that goes on", $"{next}")
                    : WireOutcome.Undecided($"behind two failures {run.Model.Nothing} drew {next}");
            }
        );
}
