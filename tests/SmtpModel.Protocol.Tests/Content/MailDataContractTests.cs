namespace SmtpModel.Protocol.Tests;

public class MailDataContractTests
{
    [Fact]
    public void Mail_data_is_neither_encoded_nor_decoded_into_nothing()
    {
        Assert.Throws<ArgumentNullException>("output", () => MailData.Encode("x"u8, null!));
        Assert.Throws<ArgumentNullException>("output", () => new MailDataDecoder(1000, 1000).Decode("x"u8, null!));
        // also where nothing would be written
        Assert.Throws<ArgumentNullException>("output", () => new MailDataDecoder(1000, 1000).Decode([], null!));
    }
}
