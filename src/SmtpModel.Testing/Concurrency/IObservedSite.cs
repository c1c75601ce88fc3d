using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>A server of which can be seen what it handed over, whichever session it came from.</summary>
public interface IObservedSite : ITarget
{
    /// <summary>What was accepted and handed over since this was last asked.</summary>
    IReadOnlyList<StoredMessage> TakeDelivered();
}
