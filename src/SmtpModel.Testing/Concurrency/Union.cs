using System.Text;
using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>What was delivered has to be what all sessions together were told was accepted: each message once and nothing else.</summary>
internal static class Union
{
    public static Violation? Differs(TransitionTable table, IEnumerable<StoredMessage> accepted, IEnumerable<StoredMessage> delivered)
    {
        var left = delivered.Select(Written).ToList();
        var missing = accepted.Select(Written).Where(message => !left.Remove(message)).ToList();
        if (left.Count == 0 && missing.Count == 0)
        {
            return null;
        }

        var edge = table.Edges.First(edge => edge.Exchange is { Command.Kind: InputKind.Data, IsAccepted: true });
        var came = string.Join(
            "; ",
            missing
                .Select(message => $"missing: {message}")
                .Concat(left.Select(message => $"handed over though no session gave it: {message}"))
        );
        return new Violation(
            ViolationKind.Delivery,
            edge.From,
            edge.Exchange.Command,
            edge.Rule,
            "what is handed over is what the sessions together were told was accepted",
            Printable.Text(came, 1000)
        )
        {
            Key = $"{ViolationKind.Delivery}|union",
        };
    }

    private static string Written(StoredMessage message) =>
        $"from {message.ReversePath} to {string.Join(' ', message.ForwardPaths)}: {Encoding.Latin1.GetString(message.Data.Span)}";
}
