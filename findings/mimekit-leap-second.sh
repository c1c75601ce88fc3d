#!/bin/bash
# MimeKit 4.18.2 (NuGet): the leap second of 2016 is read as 23:59:59 in UTC, and as 00:00:00 in any other zone: 59 minutes off.
# Guess: one of 59, 00 of the next minute, or no date; and the same in each zone. The rule it has asks for hour 23, minute 59,
# whatever the zone; else the whole time of day is dropped while day, zone and `true` stay. RFC 5322 3.3 allows second 60.
# The same silent midnight comes for a comment inside the time (RFC 5322 4.3).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
nuget MimeKit:4.18.2 <<'CS'
foreach (var text in new[] { "Sat, 31 Dec 2016 23:59:60 +0000", "Sun, 1 Jan 2017 00:59:60 +0100",
    "Tue, 14 Mar 2017 10:20(or so):30 +0100" })
{
    var ok = MimeKit.Utils.DateUtils.TryParse(text, out var date);
    Console.WriteLine($"{text} -> {ok} {date:yyyy-MM-dd HH:mm:ss zzz}");
}
CS
got=$(dotnet_run)
same 'in UTC' 'Sat, 31 Dec 2016 23:59:60 +0000 -> True 2016-12-31 23:59:59 +00:00' "$(sed -n 1p <<<"$got")"
same 'the same moment an hour east' 'Sun, 1 Jan 2017 00:59:60 +0100 -> True 2017-01-01 00:00:00 +01:00' "$(sed -n 2p <<<"$got")"
same 'comment in the time' 'Tue, 14 Mar 2017 10:20(or so):30 +0100 -> True 2017-03-14 00:00:00 +01:00' "$(sed -n 3p <<<"$got")"
finish
