using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>What EHLO lists that is the site's own, as the extension's file says it.</summary>
public class SiteValueTests
{
    public static TheoryData<string, SessionSettings, string> Listings => new()
    {
        { "size", new SessionSettings { MaxMessageSize = 100_000 }, "SIZE 100000" },
        { "limits", new SessionSettings { MaxRecipients = 200 }, "LIMITS RCPTMAX=200" },
        // six digits are all that the grammar has (RFC 9422 4.2)
        { "limits", new SessionSettings { MaxRecipients = 2_000_000 }, "LIMITS RCPTMAX=999999" },
        { "starttls", new SessionSettings { OffersStartTls = true }, "STARTTLS" },
        { "auth", new SessionSettings { Mechanisms = ["PLAIN", "LOGIN"], AuthenticatesInClear = true }, "AUTH PLAIN LOGIN" },
    };

    [Theory, MemberData(nameof(Listings))]
    public void The_site_s_value_stands_behind_the_keyword(string keyword, SessionSettings settings, string line) =>
        Assert.Contains(line, Listed(Profiles.Composed(keyword), settings));

    [Theory, InlineData("starttls"), InlineData("auth")]
    public void What_the_site_does_not_have_is_not_listed(string keyword) =>
        Assert.DoesNotContain(Listed(Profiles.Composed(keyword), new SessionSettings()), line =>
            line.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void An_extension_of_one_s_own_lists_a_value_of_the_site() =>
        Assert.Contains(
            "PATIENCE AT-MOST=500",
            Listed(With(new SiteValue("max-recipients") { Before = "AT-MOST=", Most = 500 }), new SessionSettings())
        );

    [Fact]
    public void A_value_that_no_site_has_is_told_with_the_extension_that_lists_it()
    {
        var fault = Assert.Throws<SpecificationException>(() => Listed(With(new SiteValue("colour")), new SessionSettings()));

        Assert.Equal("mine: PATIENCE lists the site's value 'colour', which no site has; "
            + "there are max-message-size, max-recipients, tls, sasl-mechanisms", fault.Message);
    }

    private static Profile With(SiteValue value) => Profiles.Rfc5321.With("mine", "with an extension of one's own",
        new ProfilePart(static _ => { }, static _ => { })
        {
            Extension = new ServiceExtension("PATIENCE", "how long the site waits", new Clause("mine", "1")) { FromSite = value },
        });

    private static string[] Listed(Profile profile, SessionSettings settings)
    {
        var session = SmtpSession.Create(SpecifiedOrder.Of(profile), settings, new SitePolicy());
        session.Open();
        session.ClearOutput();
        _ = session.Receive("EHLO client.example\r\n"u8);
        return
        [
            .. System
                .Text.Encoding.ASCII.GetString(session.Output.Span)
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line[4..]),
        ];
    }
}
