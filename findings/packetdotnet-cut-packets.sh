#!/bin/bash
# PacketDotNet 1.4.8 (NuGet): a TCP packet that a capture kept only the start of is read as if all of it were there. With ten of
# its 40 octets of payload, HasPayloadData is true, PayloadDataSegment says 40, and PayloadData raises ArgumentException. Where
# the headers alone were kept (`tcpdump -s 54`, a common way to save space), HasPayloadData itself raises
# IndexOutOfRangeException; ports and flags are read without it.
# Guess: the payload that is there, and a mark that there was more, as tshark tells ("Packet size limited during capture"); or an
# error from the parser. The parser takes the packet; the error comes when the payload is asked for, from an array.
# The length in the IP header (RFC 791 3.1) is what was sent; pcap keeps the kept and the sent length of each packet apart.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
nuget PacketDotNet:1.4.8 <<'CS'
using PacketDotNet;

// Ethernet, IPv4, TCP from port 40000 to 25 with 40 octets of payload; no more than `kept` octets of it in the capture
static byte[] Captured(int kept)
{
    byte[] ethernet = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    byte[] ip = [0x45, 0, 0, 80, 0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2];
    byte[] tcp = [0x9C, 0x40, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xFF, 0xFF, 0, 0, 0, 0];
    return [.. ethernet, .. ip, .. tcp, .. Enumerable.Repeat((byte)'x', kept)];
}

static string Said(Func<object> ask)
{
    try
    {
        return ask().ToString()!;
    }
    catch (Exception error)
    {
        return error.GetType().Name;
    }
}

foreach (var kept in new[] { 40, 10, 0 })
{
    var tcp = Packet.ParsePacket(LinkLayers.Ethernet, Captured(kept)).Extract<TcpPacket>();
    Console.WriteLine(
        $"port {tcp.DestinationPort}, has {Said(() => tcp.HasPayloadData)}, "
        + $"segment {Said(() => tcp.PayloadDataSegment.Length)}, data {Said(() => tcp.PayloadData.Length)}");
}
CS
got=$(dotnet_run)
same 'all 40 octets kept' 'port 25, has True, segment 40, data 40' "$(sed -n 1p <<<"$got")"
same 'ten of them kept' 'port 25, has True, segment 40, data ArgumentException' "$(sed -n 2p <<<"$got")"
same 'headers alone kept' \
  'port 25, has IndexOutOfRangeException, segment IndexOutOfRangeException, data IndexOutOfRangeException' "$(sed -n 3p <<<"$got")"
finish
