using System.Net;

namespace SmtpModel.Server;

/// <summary>Something that went wrong inside the server; the server goes on.</summary>
/// <param name="Doing">What was being done.</param>
/// <param name="Exception">What was thrown.</param>
/// <param name="Client">The client whose connection it ended; null when it was none's.</param>
public sealed record ServerFault(string Doing, Exception Exception, EndPoint? Client)
{
    /// <summary>One line for a log, and the exception behind it.</summary>
    public override string ToString() => $"{Doing}{(Client is null ? "" : $" for {Client}")}: {Exception}";
}
