namespace SmtpModel.Testing.Engine;

/// <summary>Octets that were sent at once.</summary>
/// <param name="Octets">The octets.</param>
/// <param name="IsAwaited">Whether a reply was waited for before anything else was sent.</param>
public readonly record struct SentOctets(ReadOnlyMemory<byte> Octets, bool IsAwaited);
