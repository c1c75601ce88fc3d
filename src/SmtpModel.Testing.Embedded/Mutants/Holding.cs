using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What the three buffers hold, with a number from 1 to 14 for each content that a move can bring; 0 is nothing. A list is a
/// number too: four bits for each of its items.
/// </summary>
/// <param name="ReversePath">The reverse-path; an empty one is nothing.</param>
/// <param name="ForwardPaths">The forward-paths in their order.</param>
/// <param name="MailData">The pieces of mail data in their order.</param>
internal readonly record struct Holding(int ReversePath, uint ForwardPaths, uint MailData)
{
    /// <summary>An empty path in a list, where it counts.</summary>
    public const int Empty = 15;

    // longer lists show nothing that these do not: an exchange appends one item or clears the list
    private const uint Longest = 0xFFF;

    /// <summary>How many forward-paths there are; each is at least 1.</summary>
    public int ForwardPathCount
    {
        get
        {
            var count = 0;
            for (var rest = ForwardPaths; rest != 0; rest >>= 4)
            {
                count++;
            }

            return count;
        }
    }

    public bool IsWithinBounds => ForwardPaths <= Longest && MailData <= Longest;

    public Holding WithMailData(int content) => this with { MailData = Append(MailData, content) };

    /// <summary>With a block that came behind a command; an empty one adds nothing.</summary>
    public Holding WithBlock(int content) => content == 0 ? this : WithMailData(content);

    // as IncomingMessage does it
    public Holding After(BufferEffects effects, int content)
    {
        if (effects is BufferEffects.None)
        {
            return this;
        }

        var (reversePath, forwardPaths, mailData) = this;
        reversePath = (effects & BufferEffects.ClearReversePath) != 0 ? 0 : reversePath;
        forwardPaths = (effects & BufferEffects.ClearForwardPath) != 0 ? 0 : forwardPaths;
        mailData = (effects & BufferEffects.ClearMailData) != 0 ? 0 : mailData;
        reversePath = (effects & BufferEffects.SetReversePath) != 0 ? content : reversePath;
        forwardPaths =
            (effects & BufferEffects.AppendForwardPath) != 0 ? Append(forwardPaths, content == 0 ? Empty : content) : forwardPaths;
        mailData = (effects & BufferEffects.AppendMailData) != 0 && content != 0 ? Append(mailData, content) : mailData;
        return new Holding(reversePath, forwardPaths, mailData);
    }

    private static uint Append(uint list, int item) => (list << 4) | (uint)item;
}
