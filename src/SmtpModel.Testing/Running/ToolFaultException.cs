using System.Diagnostics;
using System.Reflection;

namespace SmtpModel.Testing.Engine;

/// <summary>A fault of this library and not of the server, with what was being played when it showed.</summary>
public sealed class ToolFaultException : Exception
{
    /// <summary>Without words.</summary>
    public ToolFaultException() { }

    /// <summary>With words.</summary>
    /// <param name="message">The words.</param>
    public ToolFaultException(string message) : base(message) { }

    /// <summary>With words and the cause.</summary>
    /// <param name="message">The words.</param>
    /// <param name="innerException">The cause.</param>
    public ToolFaultException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The session that was being played, to be played again; null where none was.</summary>
    public ReplayFile? Played { get; init; }

    /// <summary>What was being done, in a few words: the case, or the session by its commands. Safe to print.</summary>
    public string During { get; init; } = "";

    /// <summary>A fault in one line: what it is, and the innermost member of ours in which it showed.</summary>
    /// <param name="fault">The fault.</param>
    public static string Describe(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var frame = new StackTrace(fault, fNeedFileInfo: true)
            .GetFrames()
            .FirstOrDefault(frame =>
                frame.GetMethod()?.DeclaringType?.Namespace?.StartsWith(nameof(SmtpModel), StringComparison.Ordinal) is true
            );
        var line = frame?.GetFileLineNumber() is > 0 and var number ? $", line {number}" : "";
        var place = frame?.GetMethod() is { } method ? $" in {Name(method)}{line}" : "";
        return $"{Kind(fault.GetType().Name)}{place}: {Printable.Text(fault.Message)}";
    }

    // the type without the word that all of them end with
    private static string Kind(string name) =>
        name.EndsWith(nameof(Exception), StringComparison.Ordinal) && name.Length > nameof(Exception).Length
            ? name[..^nameof(Exception).Length]
            : name;

    // what the compiler makes of an asynchronous member has that member's name in brackets
    private static string Name(MethodBase method)
    {
        var (type, name) = (method.DeclaringType!, method.Name);
        while (type.Name.StartsWith('<') && type.DeclaringType is { } outer)
        {
            name = type.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? type.Name[1..end] : name;
            type = outer;
        }

        return $"{type.Name}.{name.Trim('<').Split('>')[0]}";
    }
}
