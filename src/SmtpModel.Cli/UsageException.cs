namespace SmtpModel.Cli;

/// <summary>What was asked for cannot be done; the message says what is wrong and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
