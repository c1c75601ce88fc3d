using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Behind a message of any octets comes one that is not (RFC 3030 3).</summary>
internal static class BinaryCases
{
    public static void AddTo(CaseList list)
    {
        var (model, table, marked) = (list.Model, list.Model.Table, Rfc3030Binary.BINARYMAIL);
        if (model.Extended is null || table.Commands.All(use => use.Command != marked))
        {
            return;
        }

        var keyword = Rfc3030Binary.Part.Extension!.Keyword;
        if (table.Commands.Select(use => use.Command).FirstOrDefault(one => one.Block is not null && table.Delivers(one)) is { } last)
        {
            list.Add(Rfc3030Binary.BM3, $"{model.Reverse.Command}-forgets-that-the-message-before-was-binary",
                "Behind a message with BODY=BINARYMIME that is finished, one without it is given by DATA.", Depth.Data,
                run => run.ServesDataAsync(keyword, [marked, model.Forward.Command, last]), model.Idle, marked);
        }

        foreach (var reset in model.Idlers.Where(command => command.OnAccept.Count > 0))
        {
            list.Add(Rfc3030Binary.BM3, $"{reset}-forgets-that-the-message-was-binary",
                $"Behind {marked} and {reset} a message without BODY=BINARYMIME is given by DATA.", Depth.Envelope,
                run => run.ServesDataAsync(keyword, [marked, reset]), model.Idle, reset);
        }
    }
}
