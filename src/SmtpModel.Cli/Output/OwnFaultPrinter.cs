namespace SmtpModel.Cli.Output;

/// <summary>Says of a fault of the tool what is needed to report it: the command, the place, and what was being played.</summary>
internal static class OwnFaultPrinter
{
    public static void Print(TextWriter to, IReadOnlyList<string> args, Exception fault)
    {
        to.WriteLine("smtpmodel: this is a fault of SmtpModel itself and not of the server; please report it with these lines:");
        to.WriteLine($"  command  smtpmodel {Printable.Text(string.Join(' ', args))}");
        to.WriteLine($"  fault    {(fault is ToolFaultException told ? told.Message : ToolFaultException.Describe(fault))}");
        if (fault is not ToolFaultException { During.Length: > 0 } known)
        {
            return;
        }

        to.WriteLine($"  during   {known.During}");
        if (known.Played is { } played)
        {
            to.WriteLine($"  session  smtpmodel replay {played.ToId()}");
        }
    }
}
