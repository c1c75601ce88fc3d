using System.Text.RegularExpressions;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// Commands whose argument says how many octets follow their line (BDAT, RFC 3030 2). The block is taken before the command is
/// answered: what is refused is thrown away as it comes, and what is accepted is mail data.
/// </summary>
internal sealed partial class SmtpSession<TOrder>
{
    private long _blockLeft;

    // where it begins in the mail data
    private int _blockStart;
    private Verb _blockVerb;
    private BlockFate _blockFate;
    private Decision _blockRefusal;

    // what CompleteDelivery answers
    private Verb _delivering;

    // what becomes of a block is known when its line has been read: nothing that it depends on changes until it has come
    private enum BlockFate
    {
        // it is mail data
        Kept,

        // the command is refused, which is an exchange of the machine
        Refused,

        // the command is out of order, or something is demanded first: nothing changes
        Unserved,
    }

    private void ObeyBlock(Verb verb, Regex pattern, ReadOnlySpan<byte> argument, SyntaxFault fault)
    {
        (_blockVerb, _blockStart, _blockLeft) = (verb, Message.Data.Length, BlockLength.Of(pattern, argument));
        fault =
            fault is SyntaxFault.None
                ? Arguments.Parse(_order.ArgumentOf(verb), argument, _order.Dialect, _order.PatternOf(verb), out _)
                : fault;
        (_blockFate, _blockRefusal) =
            Unserved(verb) is { } unserved ? (BlockFate.Unserved, unserved)
            : fault is not SyntaxFault.None ? (BlockFate.Refused, Decision.Refuse(_order.NotAcceptable, fault.Describe()))
            : _blockLeft > Settings.MaxMessageSize - Message.Data.Length ? (BlockFate.Refused, Decision.Refuse(552, "Too much mail data"))
            : (BlockFate.Kept, default(Decision));
        if (_blockLeft == 0)
        {
            AnswerBlock();
        }
    }

    private int ReceiveBlock(ReadOnlySpan<byte> input)
    {
        var taken = (int)Math.Min(input.Length, _blockLeft);
        if (_blockFate is BlockFate.Kept)
        {
            Message.DataBuffer.Append(input[..taken]);
        }

        _blockLeft -= taken;
        if (_blockLeft == 0)
        {
            AnswerBlock();
        }

        return taken;
    }

    private void AnswerBlock()
    {
        if (_blockFate is BlockFate.Unserved)
        {
            Write(_blockVerb, _blockRefusal.Code, _blockRefusal.Text!);
        }
        else if (_blockFate is BlockFate.Refused)
        {
            Refuse(_blockVerb, _blockRefusal);
        }
        else if (_order.Delivers(_blockVerb))
        {
            BeginDelivery(_blockVerb);
        }
        else
        {
            var request = new SessionRequest(_blockVerb, default, default, _orderObject, this)
            {
                Block = Message.Data.Span[_blockStart..],
            };
            Answer(_blockVerb, Policy.Decide(request), default);
        }
    }
}
