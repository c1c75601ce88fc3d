#!/bin/bash
# One mbox file of two letters, five readers (Debian): 4 messages for Python 3.11.2 and reformail 2.9.3, 3 for s-nail 14.9.24,
# 2 for formail 3.22 and GNU mailutils 3.15. Guess: the same number, or two camps at most. The file is as a writer leaves it that
# quotes no "From " lines of a text; mbox is a family of formats, and that is one of them. Python and reformail split at each line
# that begins with "From ", s-nail behind a blank line only; formail and mailutils look at what else there is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
deb procmail procmail=3.22-27
deb maildrop maildrop=2.9.3-2.1
deb s-nail s-nail=14.9.24-2
deb mailutils mailutils=1:3.15-4
cat >"$T/box" <<'BOX'
From a@example.test Tue Mar 14 10:20:30 2017
From: a@example.test
Subject: one

The letter came
From my old school, and it says:

From Monday on
Lunch: at noon

From a@example.test Tue Mar 14 10:20:31 2017
From: a@example.test
Subject: two

bye

BOX
same Python 4 "$(python -c "import mailbox; print(len(mailbox.mbox('$T/box')))")"
same reformail 4 "$(in_root maildrop "$T/maildrop/usr/bin/reformail" -s sh -c 'cat >/dev/null; echo x' <"$T/box" | wc -l)"
same formail 2 "$("$T/procmail/usr/bin/formail" -s sh -c 'cat >/dev/null; echo x' <"$T/box" | wc -l)"
same s-nail 3 "$(printf 'File\nx\n' |
  HOME=$T "$T/s-nail/usr/bin/s-nail" -:/ -R -N -f "$T/box" 2>&1 | sed -n 's/.*: \([0-9]*\) messages.*/\1/p' | head -1)"
same mailutils 2 "$(in_root mailutils "$T/mailutils/usr/bin/messages.mailutils" "$T/box" | sed 's/.*: //')"
finish
