using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SmtpModel.Server;

/// <summary>Why a server cannot listen.</summary>
public enum ListenProblem
{
    /// <summary>Another socket has the port: it listens there, or is a connection that is open or was just closed.</summary>
    AddressInUse,

    /// <summary>The user may not listen there.</summary>
    NotPermitted,

    /// <summary>The address is none of this machine.</summary>
    NotAnAddressHere,

    /// <summary>Anything else; the inner exception says what.</summary>
    Other,
}

/// <summary>A server cannot listen where it was told to. The message says where, why, and what to do.</summary>
public sealed class ListenException : IOException
{
    internal ListenException(IPEndPoint endPoint, SocketException cause) : this(endPoint, ProblemOf(cause), cause) { }

    private ListenException(IPEndPoint endPoint, ListenProblem problem, SocketException cause)
        : base(Describe(endPoint, problem, cause), cause) => (EndPoint, Problem) = (endPoint, problem);

    internal ListenException(string path, string why) : base($"cannot listen on unix:{path}: {why}") =>
        (UnixSocket, Problem) = (path, Path.Exists(path) ? ListenProblem.AddressInUse : ListenProblem.NotAnAddressHere);

    internal ListenException(string path, SocketException cause)
        : base($"cannot listen on unix:{path}: {Describe(cause)}", cause) => (UnixSocket, Problem) = (path, ProblemOf(cause));

    /// <summary>Where it was to listen; null where that was a Unix socket.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>The path of the Unix socket that it was to listen on; null where that was no such socket.</summary>
    public string? UnixSocket { get; }

    /// <summary>Why it cannot.</summary>
    public ListenProblem Problem { get; }

    private static ListenProblem ProblemOf(SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => ListenProblem.AddressInUse,
        SocketError.AccessDenied => ListenProblem.NotPermitted,
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => ListenProblem.NotAnAddressHere,
        _ => ListenProblem.Other,
    };

    // true where that cannot be known
    private static bool IsListenedOn(IPEndPoint endPoint)
    {
        try
        {
            return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(other => other.Port == endPoint.Port);
        }
        catch (Exception fault) when (fault is NetworkInformationException or PlatformNotSupportedException or IOException)
        {
            return true;
        }
    }

    private static string Describe(SocketException cause) => ProblemOf(cause) switch
    {
        ListenProblem.AddressInUse => "another program listens there; stop it, or choose another path",
        ListenProblem.NotPermitted => "not permitted; choose a folder that you may write to",
        _ => cause.Message,
    };

    private static string Describe(IPEndPoint endPoint, ListenProblem problem, SocketException cause) =>
        problem switch
        {
            ListenProblem.AddressInUse when !IsListenedOn(endPoint) =>
                $"cannot listen on {endPoint}: nobody listens there, and a connection that has that port is open or was just closed, "
                    + "which holds it for a minute or two; wait, or choose another port (0 lets the system choose)",
            ListenProblem.AddressInUse =>
                $"cannot listen on {endPoint}: another program listens there; stop it, or choose another port (0 lets the system choose)",
            ListenProblem.NotPermitted =>
                $"cannot listen on {endPoint}: not permitted; choose a port from 1024 up, or run with the right to bind lower ones",
            ListenProblem.NotAnAddressHere =>
                $"cannot listen on {endPoint}: this machine has no such address; choose one it has, or 0.0.0.0 for all",
            _ => $"cannot listen on {endPoint}: {cause.Message}",
        };
}
