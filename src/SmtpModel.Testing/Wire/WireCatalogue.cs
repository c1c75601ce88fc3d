using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The cases about octets: line ends, lengths, the end of the mail data, pieces and packets, lost connections.</summary>
public static class WireCatalogue
{
    /// <summary>The cases of a profile, in a fixed order.</summary>
    /// <param name="profile">The profile.</param>
    public static IReadOnlyList<TestCase> Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. Cases(new WireModel(profile)).Select(wire => wire.Case)];
    }

    internal static IReadOnlyList<WireCase> Cases(WireModel model)
    {
        var list = new CaseList(model);
        CommandCases.AddTo(list);
        LineEndCases.AddTo(list);
        LengthCases.AddTo(list);
        PieceCases.AddTo(list);
        GroupCases.AddTo(list);
        DataCases.AddTo(list);
        BlockCases.AddTo(list);
        BinaryCases.AddTo(list);
        DeclaredCases.AddTo(list);
        ConnectionCases.AddTo(list);
        ReplyCases.AddTo(list);
        RoundCases.AddTo(list);
        OfferCases.AddTo(list);
        PacketCases.AddTo(list);
        ApartCases.AddTo(list);
        SecurityCases.AddTo(list);
        LoginCases.AddTo(list);
        DemandCases.AddTo(list);
        return list.Cases;
    }
}
