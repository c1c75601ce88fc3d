using System.Net;
using SmtpModel.Cli.Commands;
using SmtpModel.Server;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Serving;

/// <summary>Reads what <c>serve</c> is told about its site; what cannot be read is a usage error.</summary>
internal static class SiteOptions
{
    /// <summary>The paths of Unix sockets among the places to listen on, and the other places.</summary>
    public static (string[] Sockets, string[] Ports) Places(IReadOnlyList<string> places) =>
        ([.. places.Where(IsSocket).Select(Socket)], [.. places.Where(place => !IsSocket(place))]);

    private static bool IsSocket(string place) => place.StartsWith(TcpTarget.Unix, StringComparison.Ordinal);

    private static string Socket(string place) => place.Length > TcpTarget.Unix.Length ? place[TcpTarget.Unix.Length..]
        : throw new UsageException($"--listen {place}: no path; write {TcpTarget.Unix}/PATH");

    public static IPEndPoint EndPoint(string text, string option = "--listen", bool hasSockets = true)
    {
        var zero = text.EndsWith(":0", StringComparison.Ordinal);
        var port = zero ? text[..^1] + "1" : text;
        // a server that is looked for has a standard port, one that listens is told where
        if (ServerName.Parse(port) is { } target && port.EndsWith($":{target.Port}", StringComparison.Ordinal))
        {
            var host = target.Host == "localhost" ? "127.0.0.1" : target.Host;
            if (IPAddress.TryParse(host, out var address))
            {
                return new IPEndPoint(address, zero ? 0 : target.Port);
            }
        }

        throw new UsageException(
            $"{option} {text}: not an address and a port; write 127.0.0.1:2525 or "
                + $"[::1]:2525{(hasSockets ? ", or unix:/PATH for a socket" : "")}"
        );
    }

    public static SiteDirectory Directory(IEnumerable<string> users, IEnumerable<string> lists) =>
        new(users.Select(User), lists.Select(List));

    public static MaildirStore Maildir(DirectoryInfo folder)
    {
        MaildirStore? store = null;
        Files.OrUsage($"--maildir {folder}", folder.FullName, () => store = new MaildirStore(folder.FullName));
        return store!;
    }

    public static UserFile Users(string path)
    {
        try
        {
            return UserFile.Load(path);
        }
        catch (UserFileException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    /// <summary>The same for a server, which reads it again when it has changed.</summary>
    public static UserAuthenticator Watched(string path, string hostName)
    {
        try
        {
            return UserAuthenticator.Watching(path, hostName, fault =>
                Console.Error.WriteLine($"smtpmodel: {fault.Message}; the users stay as they were")
            );
        }
        catch (UserFileException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    public static string Domain(string domain) => Names.IsDomain(domain) ? domain
        : throw new UsageException($"--domain: '{domain}' is not a domain; write one as example.test");

    public static string Mailbox(string option, string mailbox) => Names.IsMailbox(mailbox) ? mailbox
        : throw new UsageException($"{option}: '{mailbox}' is not a mailbox; write it without brackets, as user@example.test");

    private static KeyValuePair<string, string> User(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            return new(Mailbox("--user", text.Trim()), "");
        }

        return text.TrimEnd().EndsWith('>') ? new(Mailbox("--user", text.TrimEnd()[(open + 1)..^1]), text[..open].Trim())
            : throw new UsageException($"--user {text}: write \"Fred Smith <fred@example.test>\" or fred@example.test");
    }

    private static KeyValuePair<string, IReadOnlyList<string>> List(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals], [.. text[(equals + 1)..].Split(',').Select(member => Mailbox("--list", member.Trim()))])
            : throw new UsageException($"--list {text}: write NAME=MAILBOX,MAILBOX, as staff=fred@example.test,ann@example.test");
    }
}
