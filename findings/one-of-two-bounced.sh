#!/bin/bash
# One delivery report about two recipients (RFC 3464 2.3: a group of fields for each): jo failed, al was relayed, or is late.
# Sisimai 4.25.15 (Perl) and flufl.bounce 4.0 (Python) say that jo bounced. Mail::DeliveryStatus::BounceParser 1.543 (Perl) says that
# the report is no bounce at all; Ruby's Mail 2.7.1 says so or the contrary by the order of the two groups. With Action: expanded for
# a list (RFC 3464 2.3.3: delivered to its members), BounceParser names the list among the addresses that bounced.
# Guess: jo bounced, for each reader and in any order; for a list, jo and nobody else. BounceParser returns at the first Action that
# is neither failed nor expanded; Mail's bounced? (part.rb) looks at the first. The example of RFC 3464 with several recipients has both
# failed and delayed in it, so its dead addresses stay on the list, and live ones get off it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb perl libmail-deliverystatus-bounceparser-perl=1.543+repacked-1 libsisimai-perl=4.25.15-1 libmime-tools-perl=5.510-1
deb ruby $RUBY_MAIL_PACKAGES
deb python $PYTHON_PACKAGES python3-flufl.bounce=4.0-3 python3-public=2.3-4 python3-zope.interface=5.5.2-1+b1
failed=$'Final-Recipient: rfc822; jo@example.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n'
group() { printf 'Final-Recipient: rfc822; al@example.test\nAction: %s\nStatus: %s\n\n' "$1" "$2"; }
report() { # NAME GROUP GROUP
  cat >"$T/$1" <<EML
From: MAILER-DAEMON@mx.example.test
To: bounces@example.org
Subject: Delivery report
Date: Tue, 14 Mar 2017 10:20:30 +0000
Message-ID: <1@mx.example.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="bb"

--bb
Content-Type: text/plain; charset=us-ascii

What became of your message.

--bb
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

$2

$3

--bb
Content-Type: message/rfc822

From: news@example.org
To: jo@example.test, al@example.test
Subject: news
Message-ID: <2@example.org>
Date: Tue, 14 Mar 2017 10:19:00 +0000

hello

--bb--
EML
}
report alone "$failed" ''
report failed-relayed "$failed" "$(group relayed 2.0.0)"
report relayed-failed "$(group relayed 2.0.0)" "$failed"
report failed-delayed "$failed" "$(group delayed 4.4.1)"
report expanded-failed "$(group expanded 2.0.0)" "$failed"
all="$T/alone $T/failed-relayed $T/relayed-failed $T/failed-delayed $T/expanded-failed"
cat >"$T/bounceparser.pl" <<'PL'
use Mail::DeliveryStatus::BounceParser;
for my $file (@ARGV) {
  open my $in, '<', $file or die;
  my $b = Mail::DeliveryStatus::BounceParser->new(do { local $/; <$in> });
  print $b->is_bounce ? 'yes: ' . join(' ', $b->addresses) : 'no', "\n";
}
PL
cat >"$T/sisimai.pl" <<'PL'
use Sisimai;
print join(' ', map { $_->recipient->address } grep { $_->action eq 'failed' } @{ Sisimai->make($_) || [] }), "\n" for @ARGV;
PL
cat >"$T/readers.py" <<'PY'
import email, sys
sys.path.insert(0, sys.argv[1])
from flufl.bounce import all_failures
for name in sys.argv[2:]:
    with open(name) as f:
        print(*(a.decode() for a in all_failures(email.message_from_file(f))[1]))
PY
cat >"$T/mail.rb" <<'RB'
ARGV.each { |f| puts Mail.new(File.binread(f).gsub("\n", "\r\n")).bounced? ? 'yes' : 'no' }
RB
lines() { tr '\n' '/'; }
echo 'reports: jo failed / and al was relayed / the same in the other order / and al is late / and al is a list'
same BounceParser 'yes: jo@example.test/no/no/no/yes: al@example.test jo@example.test/' \
  "$(perl_in perl "$T/bounceparser.pl" $all 2>/dev/null | lines)"
same 'Mail (Ruby)' 'yes/yes/no/yes/no/' "$(ruby_in ruby "$T/mail.rb" $all | lines)"
jo=jo@example.test
same Sisimai "$jo/$jo/$jo/$jo/$jo/" "$(perl_in perl "$T/sisimai.pl" $all | lines)"
same flufl.bounce "$jo/$jo/$jo/$jo/$jo/" "$(python "$T/readers.py" "$T/python/usr/lib/python3/dist-packages" $all | lines)"
finish
