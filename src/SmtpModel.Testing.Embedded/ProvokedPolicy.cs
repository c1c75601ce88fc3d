using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>The policy of the embedded server: gives the replies that are asked for, where the profile lists them.</summary>
internal sealed class ProvokedPolicy : SitePolicy
{
    /// <summary>The reply to the next command, whatever it is; 0 for the one its argument asks for.</summary>
    public int Script { get; set; }

    public override bool HasTerminals => true;

    public override Decision OnConnection() => Script == 0 ? Decision.Accept : new Decision(Script, null);

    public override Decision Decide(in SessionRequest request)
    {
        var code = Script != 0 ? Script : Provocation.In(request.Block.IsEmpty ? request.Argument : request.Block);
        return code != 0 && request.MayDraw(code) ? new Decision(code, null) : base.Decide(request);
    }

    public override Decision OnForwardPath(in SessionRequest request) =>
        request.Domain.EndsWith("elsewhere.invalid"u8) ? Decision.Refuse(550, "No relaying here") : Decision.Accept;
}

/// <summary>The store of a server that gives the replies it is asked for: refuses what asks for it, and hands on all other
/// messages.</summary>
/// <param name="inner">Where these go; null to keep nothing, since a run delivers many thousand.</param>
internal sealed class ProvokedStore(IMessageStore? inner) : IMessageStore
{
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var code = Provocation.In(message.Data.Span);
        return code != 0 || inner is null
            ? ValueTask.FromResult(new Decision(code, null))
            : inner.StoreAsync(message, trace, cancellationToken);
    }
}
