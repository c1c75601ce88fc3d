namespace SmtpModel.Testing;

/// <summary>An exchange that is allowed but is not what the table says.</summary>
/// <param name="State">The state it was seen in.</param>
/// <param name="What">The command and the code, or what was odd about the reply.</param>
public sealed record NonStrict(string State, string What);
