using System.CommandLine;
using System.CommandLine.Parsing;
using SmtpModel.Reports;

namespace SmtpModel.Cli.Commands;

/// <summary>A report to be written.</summary>
/// <param name="Option">The option that asks for it, for messages.</param>
/// <param name="Format">What is written: json, junit, sarif or html.</param>
/// <param name="Path">The file, or <c>-</c> for the standard output.</param>
internal sealed record ReportFile(string Option, string Format, string Path)
{
    /// <summary>Whether it goes to the standard output, on which nothing else may be printed then.</summary>
    public bool IsOutput => Path == "-";
}

/// <summary>The options that ask for reports, for every verb that writes some.</summary>
internal static class ReportOptions
{
    public static readonly string[] Formats = ["json", "junit", "sarif", "html"];

    /// <summary><c>--report FORMAT=FILE[,FORMAT=FILE]</c>, any number of times.</summary>
    public static Option<ReportFile[]> Create() => new("--report")
    {
        Description = $"Write reports; the formats are {string.Join(", ", Formats)}. A FILE of - is the standard output.",
        HelpName = "FORMAT=FILE[,FORMAT=FILE]",
        CustomParser = Parse,
    };

    /// <summary>An option for one format, as <c>--json FILE</c>.</summary>
    public static Option<ReportFile?> One(string format, string description) => new($"--{format}")
    {
        Description = $"{description} A FILE of - is the standard output.",
        HelpName = "FILE",
        CustomParser = result =>
        {
            if (Read($"--{format}", format, result.Tokens[0].Value) is { } file)
            {
                return file;
            }

            result.AddError($"--{format} has no name; write --{format} FILE, or --{format} - for the standard output");
            return null;
        },
    };

    /// <summary>The reports that <c>--report</c> and an option for one format ask for.</summary>
    public static ReportFile[] Asked(ParseResult parsed, Option<ReportFile[]> reports, Option<ReportFile?> one) =>
        [.. parsed.GetValue(reports) ?? [], .. new[] { parsed.GetValue(one) }.OfType<ReportFile>()];

    /// <summary>Makes sure, before anything is run, that the reports can be written.</summary>
    public static void Check(IReadOnlyList<ReportFile> files)
    {
        if (files.Where(file => file.IsOutput).Skip(1).FirstOrDefault() is { } second)
        {
            throw new UsageException($"{second.Option}: only one report can go to the standard output; give the others a file");
        }

        foreach (var file in files.Where(file => !file.IsOutput))
        {
            if (files.First(other => Full(other) == Full(file)) != file)
            {
                throw new UsageException($"{file.Option}: two reports would be written to {file.Path}; give each a file of its own");
            }

            Files.CheckWritable(Said(file), file.Path);
        }
    }

    /// <summary>Writes the reports; what was written is said on the standard error.</summary>
    public static async Task WriteAsync(
        IReadOnlyList<ReportFile> files,
        IReadOnlyList<ServerReport> servers,
        CancellationToken cancellation
    )
    {
        foreach (var file in files)
        {
            var text = file.Format switch
            {
                "json" => JsonReport.Write(servers),
                "junit" => JUnitReport.Write(servers),
                "sarif" => SarifReport.Write(servers),
                _ => HtmlReport.Write(servers),
            };
            if (file.IsOutput)
            {
                await Console.Out.WriteAsync(text);
                continue;
            }

            Files.Write(Said(file), file.Path, text);
            await Console.Error.WriteLineAsync($"wrote {file.Path}");
        }
    }

    private static ReportFile[]? Parse(ArgumentResult result)
    {
        var files = new List<ReportFile>();
        foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            var (format, path) = part.Split('=', 2) is [var name, var rest] ? (name, rest) : (part, "");
            if (!Formats.Contains(format))
            {
                var question = path.Length > 0 ? Nearest.Or(format, Formats, ";") : ";";
                result.AddError(
                    $"'{part}' is no report for --report{question} write FORMAT=FILE, where FORMAT is one of {string.Join(", ", Formats)}"
                );
                return null;
            }

            if (Read("--report", format, path) is not { } file)
            {
                result.AddError($"'{part}' has no file for --report; write {format}=FILE");
                return null;
            }

            files.Add(file);
        }

        return [.. files];
    }

    private static ReportFile? Read(string option, string format, string path) =>
        path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) ? new ReportFile(option, format, path) : null;

    private static string Full(ReportFile file) => file.IsOutput ? "" : Path.GetFullPath(file.Path);

    private static string Said(ReportFile file) => $"{file.Option}: cannot write {file.Path}";
}
