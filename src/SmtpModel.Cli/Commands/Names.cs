using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Cli.Commands;

/// <summary>Holds what the command line names against the grammar of RFC 5321 4.1.2.</summary>
internal static class Names
{
    public static bool IsMailbox(string text) =>
        PathGrammar.ParseForwardPath(Octets($"TO:<{text}>"), Dialect.Rfc5321, out var path) is SyntaxFault.None && !path.Domain.IsEmpty;

    public static bool IsDomain(string text) =>
        DomainGrammar.Parse(Octets(text), Dialect.Rfc5321, addressLiteral: true) is SyntaxFault.None;

    // what is not ASCII becomes octets that no part of the grammar has
    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
