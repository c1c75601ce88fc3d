using System.Text;

namespace SmtpModel.Server;

/// <summary>The users and mailing lists of a site, for VRFY and EXPN (RFC 821 3.3, RFC 5321 3.5).</summary>
public sealed class SiteDirectory
{
    private readonly Dictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase);
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
            _users[mailbox] = name.Length == 0 ? $"<{mailbox}>" : $"{name} <{mailbox}>";
        }

        foreach (var (list, members) in lists)
        {
            _lists[list] = string.Join('\n', members.Select(member => _users.GetValueOrDefault(member, $"<{member}>")));
        }
    }

    /// <summary>Nobody and nothing.</summary>
    public static SiteDirectory Empty { get; } = new([], []);

    /// <summary>Whether it knows no users.</summary>
    public bool IsEmpty => _users.Count == 0;

    /// <summary>The reply to VRFY: full name and mailbox of the one user that is meant (RFC 821 3.3), 553 when several are.</summary>
    /// <param name="argument">A mailbox, a local-part, or a part of a full name.</param>
    public Decision Verify(ReadOnlySpan<byte> argument)
    {
        var asked = Text(argument);
        if (_users.TryGetValue(asked, out var exact))
        {
            return Decision.AcceptWith(exact);
        }

        var found = _users.Where(user => user.Key.StartsWith(asked + "@", StringComparison.OrdinalIgnoreCase)
            || user.Value.Contains(asked, StringComparison.OrdinalIgnoreCase)).Select(user => user.Value).Take(2).ToList();
        return found.Count switch
        {
            0 => Decision.Refuse(550, "No such user here"),
            1 => Decision.AcceptWith(found[0]),
            _ => Decision.Refuse(553, "User ambiguous"),
        };
    }

    /// <summary>The reply to EXPN: a line for each member of the list.</summary>
    /// <param name="argument">The list's name.</param>
    public Decision Expand(ReadOnlySpan<byte> argument) => _lists.TryGetValue(Text(argument), out var members) && members.Length > 0
        ? Decision.AcceptWith(members)
        : Decision.Refuse(550, "No such list here");

    private static string Text(ReadOnlySpan<byte> argument) => Encoding.ASCII.GetString(argument).Trim('<', '>', ' ');
}
