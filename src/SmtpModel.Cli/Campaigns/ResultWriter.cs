using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// Writes the results of a share, a line at a time, so that they can be read up to where it was cut off. What was there before stays
/// until the share is complete.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private const string Part = ".part";
    private readonly string _path;
    private readonly string _passing;
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private FileStream? _file;

    private ResultWriter(string path, string passing, FileStream file) => (_path, _passing, _file) = (path, passing, file);

    // what stands between the name of a file and the number of the process that writes what is to replace it
    private static string Here => $".{Environment.MachineName}-";

    /// <summary>How long it has been open.</summary>
    public double Seconds => Math.Round(_clock.Elapsed.TotalSeconds, 3);

    /// <summary>Begins a share.</summary>
    /// <param name="path">The file. One that is there is replaced when the share is complete.</param>
    /// <param name="begin">Its first line.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static ResultWriter Open(string path, BeginLine begin)
    {
        // two runs of one share, as a cluster may start them, never write to one file
        var passing = File.Exists(path)
            ? string.Create(CultureInfo.InvariantCulture, $"{path}{Here}{Environment.ProcessId}{Part}") : path;
        Files.Trouble(path, () => RemoveParts(path));
        ResultWriter? writer = null;
        Files.OrUsage(Said(path), path, () =>
        {
            var file = new FileStream(passing, passing == path ? FileMode.CreateNew : FileMode.Create, FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete);
            writer = new ResultWriter(path, passing, file);
            writer.Put(begin);
        });
        return writer!;
    }

    // a run that was killed could not remove its own. Of other machines it is not known who runs there
    private static void RemoveParts(string path)
    {
        var (folder, start) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + Here);
        foreach (var part in Directory.GetFiles(folder, "*" + Part))
        {
            var name = Path.GetFileName(part);
            if (name.StartsWith(start, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(start.Length, name.Length - start.Length - Part.Length), NumberStyles.None,
                    CultureInfo.InvariantCulture, out var process)
                && !IsRunning(process))
            {
                File.Delete(part);
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            Process.GetProcessById(process).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>What stands before the reason why it cannot be written.</summary>
    public static string Said(string path) => $"--results {path}: cannot write it";

    /// <summary>Adds a line, which is in the file when this returns.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Write(ResultLine line) => Files.OrUsage(Said(_path), _path, () => Put(line));

    /// <summary>Ends the share: all of it is done.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Complete(EndLine end) => Files.OrUsage(Said(_path), _path, () =>
    {
        Put(end);
        _file!.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
        if (_passing != _path)
        {
            File.Move(_passing, _path, overwrite: true);
        }
    });

    /// <summary>What replaces nothing is not left behind.</summary>
    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        _file = null;
        if (_passing != _path)
        {
            File.Delete(_passing);
        }
    }

    private void Put(ResultLine line)
    {
        lock (_lock)
        {
            _file!.Write(Encoding.UTF8.GetBytes(line.Write() + "\n"));
            _file.Flush();
        }
    }
}
