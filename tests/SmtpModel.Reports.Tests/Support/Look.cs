namespace SmtpModel.Reports.Tests.Support;

/// <summary>Keeps pictures for people to look at, where the variable SMTPMODEL_PICTURES names a folder.</summary>
internal static class Look
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SMTPMODEL_PICTURES");

    public static async Task AtAsync(Browser browser, string name, bool isWhole = false)
    {
        var picture = await browser.PictureAsync(isWhole);
        Assert.True(picture.Length > 10_000, $"the picture of {name} has {picture.Length} octets: is the page empty?");
        if (Folder is not null)
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".png"), picture);
        }
    }
}
