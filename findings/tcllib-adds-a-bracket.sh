#!/bin/bash
# tcllib 1.21 (Tcl; its package mime 1.7.0, as in Debian 12): in a message with CRLF line ends, as RFC 5322 2.1 has it and as it comes off
# the wire, each header field gets a `]` at its end. A Content-Type with a bracket is none, so that a multipart message is one text/plain
# part, boundaries and all; the same message with LF is read rightly. Guess: the same, since there is code for the CR; it reads
# `set line [string range $line 0 $x-2]]` (mime.tcl, parsepart), and to Tcl the second bracket is text.
# On its way out, each multipart message it builds has a line `;` in its header, with the boundary once more below it: no header field
# by RFC 5322 2.2. getContentType makes up a boundary, its caller looks for one among the parameters and, finding none, adds it again.
# Readers take that line for the end of the header and are lucky that nothing but the boundary stands behind it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb tcl tcl8.6=8.6.13+dfsg-2 libtcl8.6=8.6.13+dfsg-2 tcllib=1.21+dfsg-1
cat >"$T/run.tcl" <<'TCL'
lappend auto_path [file join [lindex $argv 0] tcllib1.21]
package require mime
set lf "From: a@example.test\nSubject: hello\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=bb\n\n"
append lf "--bb\nContent-Type: text/plain\n\none\n--bb\nContent-Type: text/html\n\n<p>two\n--bb--\n"
foreach text [list $lf [string map {\n \r\n} $lf]] {
    set message [mime::initialize -string $text]
    puts "[lindex [mime::getheader $message Subject] 0] / [mime::getproperty $message content]"
}
set text [mime::initialize -canonical text/plain -string one]
set built [mime::buildmessage [mime::initialize -canonical multipart/mixed -parts [list $text]]]
set header [string range $built 0 [string first \r\n\r\n $built]]
puts [join [lmap line [split [string map {\r {}} $header] \n] {regsub {boundary=".*"} [string trim $line] {boundary=...}}] /]
TCL
got=$(TCL_LIBRARY=$T/tcl/usr/share/tcltk/tcl8.6 in_root tcl timeout 60 "$T/tcl/usr/bin/tclsh8.6" "$T/run.tcl" "$T/tcl/usr/share/tcltk")
same 'a message with LF' 'hello / multipart/mixed' "$(sed -n 1p <<<"$got")"
same 'the same with CRLF' 'hello] / text/plain' "$(sed -n 2p <<<"$got")"
same 'the end of a header it builds' 'Content-Type: multipart/mixed;/boundary=.../;/boundary=...' \
  "$(sed -n '3s/.*\(Content-Type\)/\1/p' <<<"$got")"
finish
