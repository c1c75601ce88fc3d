using System.Text.Json;
using SmtpModel.Cli.Commands;
using SmtpModel.Watching;
using Spectre.Console;
using Side = SmtpModel.Watching.Side;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what goes on in sessions that are watched, as it comes; and writes it as lines of JSON where that is asked
/// for.</summary>
internal sealed class WatchPrinter : IDisposable
{
    private const int StateWidth = 18;
    private readonly IAnsiConsole _console;
    private readonly StreamWriter? _lines;

    public WatchPrinter(IAnsiConsole console, FileInfo? lines)
    {
        _console = console;
        if (lines is not null)
        {
            StreamWriter? writer = null;
            Files.OrUsage($"--json-lines {lines}: cannot write it", lines.FullName, () =>
                writer = new StreamWriter(lines.FullName) { AutoFlush = true, NewLine = "\n" }
            );
            _lines = writer;
        }
    }

    public void Said(string session, EvidenceLine line)
    {
        _console.WriteLine($"{session,-5} {line.State,-StateWidth} {(line.Side is Side.Client ? "C" : "S")}: {line.Text}");
        Write(new { time = DateTimeOffset.UtcNow, session, side = BlamePrinter.Name(line.Side), state = line.State, text = line.Text });
    }

    public void Noted(string session, string what)
    {
        _console.WriteLine($"{session,-5} {"",-StateWidth} -- {what}");
        Write(new { time = DateTimeOffset.UtcNow, session, note = what });
    }

    public void Blamed(Blame blame)
    {
        _console.Write(
            new Text(
                $"{blame.Session,-5} {blame.State,-StateWidth} {TestPrinter.Word(blame.Verdict)} {blame}",
                Style.Parse(blame.Verdict is Testing.CaseVerdict.Fail ? "red bold" : "yellow")
            )
            {
                Overflow = Overflow.Fold,
            }
        );
        _console.WriteLine();
        Write(new
        {
            time = DateTimeOffset.UtcNow,
            session = blame.Session,
            blamed = BlamePrinter.Name(blame.Side),
            verdict = TestPrinter.Word(blame.Verdict),
            rule = blame.Rule.Id,
            clause = blame.Rule.Clause.ToString(),
            level = blame.Rule.Level.ToString().ToUpperInvariant(),
            what = blame.What,
            expected = blame.Expected,
            came = blame.Came,
            state = blame.State,
        });
    }

    public void Dispose() => _lines?.Dispose();

    private void Write<T>(T entry) => _lines?.WriteLine(JsonSerializer.Serialize(entry));
}
