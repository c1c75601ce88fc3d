using System.CommandLine;
using System.CommandLine.Parsing;
using SmtpModel.Cli.Output;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>--coverage</c>: where what was covered, and what was not, is written.</summary>
internal sealed class CoverageOption : Option<CoverageOutputs?>
{
    private static readonly string[] FileFormats = ["json", "html"];

    public CoverageOption() : base("--coverage")
    {
        Description =
            "What of the machine was covered, and the shortest session to each gap: json=FILE, html=FILE, or console for the whole list "
                + "here. May be given several times.";
        HelpName = "FORMAT[=FILE][,...]";
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
        CustomParser = Parse;
    }

    private static CoverageOutputs? Parse(ArgumentResult result)
    {
        List<(string Format, string File)> outputs = [];
        foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            var (format, file) = part.Split('=', 2) is [var name, var rest] ? (name, rest) : (part, "");
            if (FileFormats.Contains(format) ? file.Length == 0 || file.Contains('\0', StringComparison.Ordinal) : part != "console")
            {
                result.AddError($"'{part}' is no output for --coverage; write console, json=FILE or html=FILE");
                return null;
            }

            if (file == "-")
            {
                result.AddError("--coverage does not take - for the standard output; write console, json=FILE or html=FILE");
                return null;
            }

            outputs.Add((format, file));
        }

        var twice = outputs
            .Where(output => output.File.Length > 0)
            .GroupBy(output => Path.GetFullPath(output.File))
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            result.AddError($"--coverage writes two formats to {twice.First().File}; give each a file of its own");
        }

        return new CoverageOutputs(outputs);
    }
}

/// <summary>What was asked for with <c>--coverage</c>.</summary>
/// <param name="outputs">Formats and their files; no file for the console.</param>
internal sealed class CoverageOutputs(IReadOnlyList<(string Format, string File)> outputs)
{
    /// <summary>Before the run: what it covered must not be lost for want of a place.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Check()
    {
        foreach (var (_, file) in outputs.Where(output => output.File.Length > 0))
        {
            Files.CheckWritable(Said(file), file);
        }
    }

    /// <summary>After the run.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(IAnsiConsole console, CoverageReport report, string subject)
    {
        foreach (var (format, file) in outputs)
        {
            if (format == "console")
            {
                CoveragePrinter.Gaps(console, report);
                continue;
            }

            Files.Write(Said(file), file, format == "json" ? CoverageJson.Write(report) : CoverageHtml.Write(report, subject));
            console.WriteLine($"wrote {file}");
        }
    }

    private static string Said(string file) => $"--coverage {file}";
}
