namespace SmtpModel.Testing.Tests.Groups;

/// <summary>Faults that only groups show (RFC 2920 1, 3.2).</summary>
internal static class GroupFaults
{
    // the moves: EHLO, then what shows it
    public static IReadOnlyList<GroupFault> All { get; } =
    [
        new("What stands behind the second input of a packet is lost.", 4, 3, (packet, answer) =>
            GroupFault.FaithfulAsync([.. packet.Take(2)], answer)),
        new("The replies to a packet come in the wrong order, the last first.", 3, 2, async (packet, answer) =>
        {
            var came = await GroupFault.FaithfulAsync(packet, answer);
            came.Reverse();
            return came;
        }),
        new("Behind a refused command the rest of the packet is thrown away.", 3, 2, FlushingAsync),
        new("Behind mail data the rest of the packet is thrown away.", 6, 2, (packet, answer) =>
            GroupFault.FaithfulAsync([.. packet.Take(packet[0].Move.Kind is MoveKind.Data ? 1 : packet.Count)], answer)),
        new("A packet of three or more draws one reply too many.", 5, 3, async (packet, answer) =>
        {
            var came = await GroupFault.FaithfulAsync(packet, answer);
            return packet.Count < 3 ? came : [.. came, came[0]];
        }),
        new("A packet of seven or more draws one reply for its last two inputs.", 8, 7, (packet, answer) =>
            GroupFault.FaithfulAsync([.. packet.Take(packet.Count < 7 ? packet.Count : packet.Count - 1)], answer)),
    ];

    private static async Task<List<Observation>> FlushingAsync(IReadOnlyList<Step> packet, Func<Step, Task<Observation>> answer)
    {
        List<Observation> came = [];
        foreach (var step in packet)
        {
            came.Add(await answer(step));
            if (came[^1].Code >= 400)
            {
                break;
            }
        }

        return came;
    }
}
