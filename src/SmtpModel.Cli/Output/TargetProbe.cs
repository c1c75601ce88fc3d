using System.Globalization;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Output;

/// <summary>Plays the plainest session that reaches every state, to say beforehand what the server will not let be tested.</summary>
internal static class TargetProbe
{
    /// <summary>What the user should know, or null when everything is accepted.</summary>
    /// <exception cref="TargetUnreachableException">Somebody listens there but does not talk; there is nothing to hold the rules
    /// against.</exception>
    public static async Task<string?> RunAsync(ITarget target, Profile profile, Palette palette, CancellationToken cancellation)
    {
        var table = profile.Table;
        var data = table.States.First(state => table.Reads(state) is Reading.Data);
        var moves = Paths
            .Shortest(table)[data]
            .Where(edge => edge.Exchange.Command.Kind is InputKind.Line)
            .Select(edge => new Step(palette.Valid(edge.Exchange.Command)[0]))
            .ToList();
        var transcript = new Transcript();
        RunResult result;
        try
        {
            result = await new SessionRunner(new Oracle(table)).RunAsync(target, new TestSession(moves), transcript, cancellation);
        }
        catch (TargetUnreachableException fault) when (fault.IsRefusal)
        {
            return fault.Message;
        }

        if (result is { FailedAt: < 0, Violation: { Kind: ViolationKind.Silence or ViolationKind.Closed or ViolationKind.Form } silent })
        {
            throw new TargetUnreachableException(
                silent.Kind is ViolationKind.Form
                    ? $"{target.Name} takes the connection and what it says is no greeting: {silent.Came}; is it an SMTP server?"
                : silent.Kind is ViolationKind.Silence
                    ? $"{target.Name} takes the connection and says nothing; is it an SMTP server, and not one that waits for TLS (--tls "
                        + $"implicit)? --reply-timeout sets how long is waited"
                : $"{target.Name} takes the connection and closes it without a greeting; is it an SMTP server, and does it serve this "
                    + $"address?"
            );
        }

        if (result.Violation is { IsOfCode: false } || transcript.Lines.Count == 0)
        {
            // the run itself will say more
            return null;
        }

        var refused = transcript.Lines.FirstOrDefault(line => line.Came.StartsWith('4') || line.Came.StartsWith('5'));
        return refused is null ? null
            : table.IsCondition(int.Parse(refused.Came[..3], CultureInfo.InvariantCulture))
                ? $"the server wants TLS or a password first: {refused.Sent} draws {refused.Came}.\n      --tls starttls, --user NAME "
                    + $"--password-env VAR, or both let the fuzzer in."
            : refused.Sent is null ? $"the server greets with {refused.Came}: it serves nobody now"
            : $"the server refuses {refused.Sent} with {refused.Came}; what comes behind it cannot be tested.\n      Say what it takes "
                + $"with --helo, --from and --rcpt.";
    }
}
