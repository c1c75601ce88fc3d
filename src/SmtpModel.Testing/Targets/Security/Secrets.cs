using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>The shapes in which a password is said, and a text without them.</summary>
internal sealed class Secrets
{
    private readonly List<string> _all;

    /// <summary>The secrets of a password.</summary>
    /// <param name="password">The password.</param>
    public Secrets(string password) =>
        _all = [.. new[] { password, Printable.Text(password), Encoded(password) }.Where(secret => secret.Length > 0)];

    /// <summary>Keeps one more secret, as a response; returns it.</summary>
    public string Keep(string secret)
    {
        if (secret.Length > 0)
        {
            _all.Add(secret);
        }

        return secret;
    }

    /// <summary>A text with asterisks in the place of each secret: a server may say what it was told.</summary>
    public string Hide(string text) =>
        _all.OrderByDescending(secret => secret.Length)
            .Aggregate(text, (said, secret) => said.Replace(secret, "***", StringComparison.Ordinal));

    private static string Encoded(string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes(password));
}
