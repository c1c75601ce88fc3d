namespace SmtpModel.Machines;

/// <summary>The replies to what goes wrong before a command's own rules apply.</summary>
/// <param name="Unrecognized">To a line that is no command.</param>
/// <param name="NotAcceptable">To a command whose argument is wrong.</param>
/// <param name="NotImplemented">To a command that this receiver does not have.</param>
/// <param name="Closing">When the receiver closes the channel.</param>
public sealed record FaultReplies(int Unrecognized, int NotAcceptable, int NotImplemented, int Closing);
