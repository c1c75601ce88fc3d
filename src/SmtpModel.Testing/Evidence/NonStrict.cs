using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>An exchange that is allowed but is not what the table says.</summary>
/// <param name="State">The state it was seen in.</param>
/// <param name="What">The command and the code, or what was odd about the reply.</param>
public sealed record NonStrict(string State, string What);

/// <summary>What there is to say of such an exchange.</summary>
/// <param name="Rule">The rule beside it; null where there is none.</param>
/// <param name="Sent">What was sent the first time it was seen: the octets, as they can be printed. Null for what came unasked.</param>
/// <param name="Came">What came then. Safe to print.</param>
public sealed record Remark(Rule? Rule, string? Sent, string Came);
