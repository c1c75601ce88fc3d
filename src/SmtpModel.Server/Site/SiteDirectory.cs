using System.Text;

namespace SmtpModel.Server;

/// <summary>The users and mailing lists of a site, for VRFY and EXPN (RFC 821 3.3, RFC 5321 3.5).</summary>
public sealed class SiteDirectory
{
    private const int LongestOnStack = 512;
    private readonly Dictionary<string, User> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _lists = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A directory.</summary>
    /// <param name="users">The users: mailbox without brackets and full name; the full name may be empty.</param>
    /// <param name="lists">The lists: name, and the mailboxes of its members.</param>
    public SiteDirectory(IEnumerable<KeyValuePair<string, string>> users, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> lists)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(lists);
        foreach (var (mailbox, name) in users)
        {
            _users[mailbox] = new User(name, name.Length == 0 ? $"<{mailbox}>" : $"{name} <{mailbox}>");
        }

        foreach (var (list, members) in lists)
        {
            _lists[list] = string.Join(
                '\n',
                members.Select(member => _users.TryGetValue(member, out var user) ? user.Shown : $"<{member}>")
            );
        }
    }

    /// <summary>Nobody and nothing.</summary>
    public static SiteDirectory Empty { get; } = new([], []);

    /// <summary>Whether it knows no users.</summary>
    public bool IsEmpty => _users.Count == 0;

    /// <summary>The reply to VRFY: full name and mailbox of the one user that is meant (RFC 821 3.3), 553 when several are. Allocates
    /// nothing.</summary>
    /// <param name="argument">A mailbox, a local-part, or a part of a full name.</param>
    public Decision Verify(ReadOnlySpan<byte> argument)
    {
        var asked = Decode(argument, argument.Length <= LongestOnStack ? stackalloc char[argument.Length] : new char[argument.Length]);
        if (_users.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(asked, out var exact))
        {
            return Decision.AcceptWith(exact.Shown);
        }

        string? found = null;
        foreach (var (mailbox, user) in _users)
        {
            if (!IsMeant(asked, mailbox, user.Name))
            {
                continue;
            }

            if (found is not null)
            {
                return Decision.Refuse(553, "User ambiguous");
            }

            found = user.Shown;
        }

        return found is null ? Decision.Refuse(550, "No such user here") : Decision.AcceptWith(found);
    }

    /// <summary>The reply to EXPN: a line for each member of the list. Allocates nothing.</summary>
    /// <param name="argument">The list's name.</param>
    public Decision Expand(ReadOnlySpan<byte> argument)
    {
        var asked = Decode(argument, argument.Length <= LongestOnStack ? stackalloc char[argument.Length] : new char[argument.Length]);
        return _lists.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(asked, out var members) && members.Length > 0
            ? Decision.AcceptWith(members)
            : Decision.Refuse(550, "No such list here");
    }

    private static bool IsMeant(ReadOnlySpan<char> asked, string mailbox, string name) =>
        !asked.IsEmpty
        && (
            (
                mailbox.Length > asked.Length
                && mailbox[asked.Length] == '@'
                && mailbox.AsSpan().StartsWith(asked, StringComparison.OrdinalIgnoreCase)
            ) || name.AsSpan().Contains(asked, StringComparison.OrdinalIgnoreCase)
        );

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> argument, Span<char> room) =>
        room[..Encoding.ASCII.GetChars(argument, room)].Trim("<> ");

    private readonly record struct User(string Name, string Shown);
}
