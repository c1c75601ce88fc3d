namespace SmtpModel.Diagrams;

/// <summary>What the rows of a table of states and commands are.</summary>
public enum TableRows
{
    /// <summary>A row for each state, a column for each command.</summary>
    States,

    /// <summary>A row for each command, a column for each state; the narrower one.</summary>
    Commands,
}
