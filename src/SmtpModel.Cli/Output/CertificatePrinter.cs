using System.Globalization;
using System.Text;
using System.Text.Json;
using SmtpModel.Cli.Suites;

namespace SmtpModel.Cli.Output;

/// <summary>The certificate of a suite, or why it has none, as text and as JSON.</summary>
internal static class CertificatePrinter
{
    public static string Text(SuiteCheck check)
    {
        var (mealy, states) = (check.Machine.Mealy, check.Machine.States.Count);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{check.File.Name}: {Words.Count(check.Sessions.Count, "session")}, "
                + $"{Words.Count(check.Sessions.Sum(session => session.Count), "command")}, at most "
                + $"{Words.Count(MostRefusals(check), "refusal")} in a session\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{check.Machine.Table.Profile.Name}: {Words.Count(states, "state")}, {Words.Count(mealy.Inputs.Count, "input")}, "
                + $"{Words.Count(Transitions(mealy), "transition")}, where a choice is the server's as the suite's replies have it\n"
                + $"{SuitePrinter.Elsewhere(check.Machine)}"
        );
        if (check.IsComplete)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\ncomplete: each state is identified and each transition verified; no server with up to "
                    + $"{Words.Count(states + check.ExtraStates, "state")} differs from the machine unseen\n"
            );
            if (Silent(mealy) is { Count: > 0 } silent)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"taken for granted: in {string.Join(" and ", silent)} a command line is data and draws nothing\n"
                );
            }

            return text.ToString();
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"\nNOT COMPLETE{(check.ExtraStates > 0 ? $" for {Words.Count(check.ExtraStates, "state")} more" : "")}: {Verified(check)}\n"
        );
        foreach (var wrong in check.Wrong)
        {
            text.Append(CultureInfo.InvariantCulture, $"  WRONG {wrong}\n");
        }

        var width = check.Gaps.Select(gap => What(mealy, gap).Length).DefaultIfEmpty().Max();
        foreach (var gap in check.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {What(mealy, gap).PadRight(width)}  {gap.Says(mealy)}\n");
        }

        return text.ToString();
    }

    public static string Json(SuiteCheck check)
    {
        var mealy = check.Machine.Mealy;
        return JsonSerializer.Serialize(new
        {
            version = 1,
            profile = check.Machine.Table.Profile.Name,
            complete = check.IsComplete,
            extraStates = check.ExtraStates,
            states = mealy.States.Count,
            inputs = mealy.Inputs.Count,
            transitions = Transitions(mealy),
            sessions = check.Sessions.Count,
            commands = check.Sessions.Sum(session => session.Count),
            mostRefusals = MostRefusals(check),
            wrong = check.Wrong,
            unverified = check.Gaps.Select(gap => new
            {
                state = mealy.States[gap.State],
                input = gap.Input is { } input ? mealy.Inputs[input] : null,
                way = gap.Way.Select(each => mealy.Inputs[each]),
                notApartFrom = gap.NotApartFrom.Select(each => mealy.States[each]),
                says = gap.Says(mealy),
            }),
        }, MutantPrinter.Readable) + "\n";
    }

    private static string Verified(SuiteCheck check)
    {
        // of a state that is not identified no transition is verified
        var states = check.Gaps.Where(gap => gap.Input is null).Select(gap => gap.State).ToHashSet();
        var transitions = Cells(check.Machine.Mealy)
            .Count(cell => states.Contains(cell.State) || check.Gaps.Any(gap => gap.State == cell.State && gap.Input == cell.Input));
        List<string> parts = [];
        if (check.Wrong.Count > 0)
        {
            parts.Add(
                $"{Words.Count(check.Wrong.Count, "session")} {(check.Wrong.Count == 1 ? "expects" : "expect")} what the machine does not "
                    + $"do"
            );
        }

        if (states.Count > 0)
        {
            parts.Add($"{states.Count} of {Words.Count(check.Machine.States.Count, "state")} not identified");
        }

        if (transitions > 0)
        {
            parts.Add($"{transitions} of {Words.Count(Transitions(check.Machine.Mealy), "transition")} not verified");
        }

        return string.Join("; ", parts);
    }

    private static string What(Mealy machine, SuiteGap gap) =>
        gap.Input is { } input ? $"{machine.States[gap.State]}, {machine.Inputs[input]}" : machine.States[gap.State];

    // there no command is tried
    private static List<string> Silent(Mealy machine) =>
        [
            .. Enumerable
                .Range(0, machine.States.Count)
                .Where(state => Enumerable.Range(0, machine.Inputs.Count).Any(input => !machine.IsDefined(state, input)))
                .Select(state => machine.States[state]),
        ];

    private static int Transitions(Mealy machine) => Cells(machine).Count();

    private static IEnumerable<(int State, int Input)> Cells(Mealy machine) =>
        from state in Enumerable.Range(0, machine.States.Count)
        from input in Enumerable.Range(0, machine.Inputs.Count)
        where machine.IsDefined(state, input)
        select (state, input);

    private static int MostRefusals(SuiteCheck check) => check.Sessions.Select(session =>
    {
        var (refusals, state) = (0, 0);
        foreach (var input in session)
        {
            refusals += check.Machine.Mealy.Output(state, input) % ResolvedMachine.Closes >= 400 ? 1 : 0;
            state = check.Machine.Mealy.Next(state, input);
        }

        return refusals;
    }).DefaultIfEmpty().Max();
}
