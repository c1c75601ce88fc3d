namespace SmtpModel.Watching;

/// <summary>A side of a session.</summary>
public enum Side
{
    /// <summary>The one that opened the channel and sends commands.</summary>
    Client,

    /// <summary>The one that greets and answers.</summary>
    Server,
}
