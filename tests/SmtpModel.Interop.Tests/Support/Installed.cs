using SmtpModel.Peers;

namespace SmtpModel.Interop.Tests.Support;

/// <summary>Skips the running test where a third party's program is not installed, with the package's name as the reason.</summary>
internal static class Installed
{
    public static void Server(string name) => SkipIf(Peer.WhyUnavailable(name));

    public static void Tool(string name) => SkipIf(PeerTools.WhyUnavailable(name));

    private static void SkipIf(string? why)
    {
        if (why is not null)
        {
            Assert.Skip(why);
        }
    }
}
