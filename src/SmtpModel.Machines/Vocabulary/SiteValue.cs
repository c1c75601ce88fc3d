namespace SmtpModel.Machines;

/// <summary>
/// What a server of ours lists behind the keyword of an extension where that is its site's to say, as how large a message may be. The
/// keyword is not listed where the site has no such value.
/// </summary>
/// <param name="Name">The value's name, as <c>max-message-size</c>; a server names those that it has.</param>
public sealed record SiteValue(string Name)
{
    /// <summary>What stands in front of the value, as <c>RCPTMAX=</c>.</summary>
    public string Before { get; init; } = "";

    /// <summary>The largest number that can be written there; a site that has a larger one lists this.</summary>
    public int Most { get; init; } = int.MaxValue;
}
