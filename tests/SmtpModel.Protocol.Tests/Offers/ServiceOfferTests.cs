using static SmtpModel.Protocol.OfferRemarkKind;

namespace SmtpModel.Protocol.Tests.Offers;

public class ServiceOfferTests
{
    [Fact]
    public void Keywords_and_parameters_are_read_in_the_order_of_the_reply_RFC_5321_4_1_1_1()
    {
        var offer = Read("mx.example.test greets you", "SIZE 1000", "8BITMIME", "AUTH PLAIN LOGIN");
        Assert.Equal("mx.example.test", offer.Domain);
        Assert.Equal(["SIZE 1000", "8BITMIME", "AUTH PLAIN LOGIN"], offer.Services.Select(service => service.ToString()));
        Assert.Equal(["PLAIN", "LOGIN"], offer["AUTH"]!.Parameters);
        Assert.Empty(offer.Remarks);
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("StartTLS")]
    [InlineData("STARTTLS")]
    public void A_keyword_is_found_in_either_case_and_kept_as_it_came_RFC_5321_4_1_1_1(string keyword)
    {
        var offer = Read("mx", "StartTls");
        Assert.True(offer.Lists(keyword));
        Assert.Equal("StartTls", offer[keyword]!.Keyword);
        Assert.False(offer.Lists("TLS"));
        Assert.Null(offer["TLS"]);
    }

    [Fact]
    public void A_parameter_is_found_in_either_case() => Assert.True(Read("mx", "AUTH plain")["AUTH"]!.Has("PLAIN"));

    [Fact]
    public void A_reply_of_one_line_offers_nothing_and_that_is_in_order_RFC_5321_4_1_1_1()
    {
        var offer = Read("mx.example.test");
        Assert.Equal(("mx.example.test", 0, 0), (offer.Domain, offer.Services.Count, offer.Remarks.Count));
    }

    [Fact]
    public void What_is_refused_offers_nothing() => Assert.Same(ServiceOffer.None, ServiceOffer.Read(new Reply(550, ["no", "SIZE"])));

    public static TheoryData<string, OfferRemarkKind, string, string?> Odd => new()
    {
        { "", KeywordMissing, "", null },
        { "  ", KeywordMissing, "  ", null },
        { "AUTH=LOGIN PLAIN", KeywordCharacter, "AUTH=LOGIN", "AUTH=LOGIN" },
        { "-SIZE", KeywordCharacter, "-SIZE", "-SIZE" },
        { "\xE9T", KeywordCharacter, "\xE9T", "\xE9T" },
        { "SIZE \x01", ParameterCharacter, "\x01", "SIZE" },
        { "SIZE \xFC", ParameterCharacter, "\xFC", "SIZE" },
        { "SIZE  10", Spacing, "SIZE  10", "SIZE" },
        { " SIZE", Spacing, " SIZE", "SIZE" },
        { "SIZE ", Spacing, "SIZE ", "SIZE" },
        { "SIZE\t10", Spacing, "SIZE\t10", "SIZE" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public void What_is_malformed_is_read_all_the_same_and_told_RFC_5321_4_1_1_1(
        string line,
        OfferRemarkKind kind,
        string text,
        string? keyword
    )
    {
        var offer = Read("mx", "HELP", line);
        Assert.Equal([new OfferRemark(kind, 3, text)], offer.Remarks);
        Assert.True(offer.Remarks[0].IsAgainstGrammar);
        Assert.Equal(keyword is null ? ["HELP"] : ["HELP", keyword], offer.Services.Select(service => service.Keyword));
    }

    [Fact]
    public void A_keyword_that_comes_twice_is_one_service_with_the_parameters_of_both()
    {
        var offer = Read("mx", "AUTH PLAIN", "SIZE", "auth LOGIN plain");
        Assert.Equal(["AUTH PLAIN LOGIN", "SIZE"], offer.Services.Select(service => service.ToString()));
        Assert.Equal([new OfferRemark(KeywordTwice, 4, "auth")], offer.Remarks);
        Assert.False(offer.Remarks[0].IsAgainstGrammar);
    }

    [Fact]
    public void Any_octets_are_read_without_an_exception()
    {
        var random = new Random(5321);
        for (int round = 0; round < 2000; round++)
        {
            var lines = Enumerable
                .Range(0, random.Next(1, 6))
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(256))))
                .ToList();
            var offer = ServiceOffer.Read(new Reply(250, lines));
            Assert.All(offer.Services, service => Assert.Same(service, offer[service.Keyword]));
            Assert.All(offer.Remarks, remark => Assert.InRange(remark.Line, 2, lines.Count));
        }
    }

    [Fact]
    public void Every_kind_of_remark_has_words_of_its_own() =>
        Assert.Equal(
            Enum.GetValues<OfferRemarkKind>().Length,
            Enum.GetValues<OfferRemarkKind>().Select(kind => new OfferRemark(kind, 2, "").Describe()).Distinct().Count()
        );

    private static ServiceOffer Read(params string[] lines) => ServiceOffer.Read(new Reply(250, lines));
}
