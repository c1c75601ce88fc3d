namespace SmtpModel.Machines;

/// <summary>The rules on how a receiver behaves whatever the command, for whoever watches one to cite.</summary>
/// <param name="OneReply">Each command draws exactly one reply.</param>
/// <param name="Form">What a reply looks like.</param>
/// <param name="Closing">When the receiver may close the channel.</param>
/// <param name="Minimum">Which commands are always there.</param>
public sealed record ConductRules(Rule OneReply, Rule Form, Rule Closing, Rule Minimum);
