using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

public class SettingsTests
{
    [Fact]
    public void A_limit_below_what_the_standard_asks_for_is_refused_and_said_to_be_RFC_5321_4_5_3_1()
    {
        Refused("MaxCommandLine must be at least 512", () => new SessionSettings { MaxCommandLine = 511 });
        Refused("MaxTextLine must be at least 1000", () => new SessionSettings { MaxTextLine = 999 });
        Refused("MaxMessageSize must be at least 65536", () => new SessionSettings { MaxMessageSize = 65535 });
        Refused("MaxRecipients must be at least 100", () => new SessionSettings { MaxRecipients = 99 });
    }

    [Fact]
    public void The_least_limits_are_taken_RFC_5321_4_5_3_1()
    {
        var settings = new SessionSettings
        {
            MaxCommandLine = 512,
            MaxTextLine = 1000,
            MaxMessageSize = 65536,
            MaxRecipients = 100,
        };
        Assert.Equal(
            (512, 1000, 65536, 100),
            (settings.MaxCommandLine, settings.MaxTextLine, settings.MaxMessageSize, settings.MaxRecipients)
        );
    }

    private static void Refused(string says, Func<SessionSettings> make) =>
        Assert.Contains(says, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
}
