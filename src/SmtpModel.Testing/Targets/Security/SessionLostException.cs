namespace SmtpModel.Testing.Engine;

/// <summary>A session cannot go on for a reason that says nothing of the server's order, as a login that is put off; others may.</summary>
internal sealed class SessionLostException(string message) : Exception(message);
