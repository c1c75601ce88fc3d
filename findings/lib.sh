# Shared by the scripts beside it: `. "$(dirname "$0")/lib.sh"`. Gives a temp folder $T that goes away at the end, pinned
# packages inside it, a scripted peer, and the comparison that decides. Nothing is installed on the machine; all network
# but that of the package clients stays on 127.0.0.1; every wait has an end.
# Exit codes: 0 the behaviour is as found, 1 it changed, 77 it could not be tried (no package, no root, no tool).

NAME=$(basename "$0" .sh)
T=$(mktemp -d -t "finding.$NAME.XXXXXX")
chmod 755 "$T"
PIDS=()
CHANGED=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
export TZ=UTC LC_ALL=C.UTF-8

cleanup() {
  local rc=$? p
  for p in ${PIDS[@]+"${PIDS[@]}"}; do kill -KILL "$p" 2>/dev/null || true; done
  for p in ${PIDS[@]+"${PIDS[@]}"}; do wait "$p" 2>/dev/null || true; done
  rm -rf --one-file-system "$T"
  exit "$rc"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

skip() { echo "$NAME: could not be tried: $*" >&2; exit 77; }
need() { command -v "$1" >/dev/null || skip "$1 is not on this machine"; }

# same WHAT EXPECTED GOT: prints what was seen; a difference is remembered and decides the exit code.
same() {
  if [ "$2" = "$3" ]; then
    printf 'as found  %s: %s\n' "$1" "$3"
  else
    printf 'CHANGED   %s\n  found   %s\n  now     %s\n' "$1" "$2" "$3"
    CHANGED=1
  fi
}
finish() { [ "$CHANGED" = 0 ] || { echo "$NAME: the behaviour changed" >&2; exit 1; }; }

# deb ROOT NAME=VERSION...: unpacks these packages, and those of their libraries this machine lacks, under $T/ROOT.
deb() {
  local root=$T/$1 list p; shift
  need apt-get; need dpkg
  compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null || timeout 200 apt-get -qq update || skip 'apt-get update'
  list=$(apt-get -s --no-install-recommends install "$@" 2>/dev/null | awk '/^Inst/ && $3 !~ /^\[/ {print $2}') || list=
  for p in "$@"; do list=$(grep -vx -- "${p%%=*}" <<<"$list" || true); done
  mkdir -p "$root.deb" "$root"
  (cd "$root.deb" && timeout 200 apt-get -qq -o APT::Sandbox::User=root download "$@" $list >"$T/apt.log" 2>&1) ||
    skip "apt-get download $*: $(tail -1 "$T/apt.log")"
  for p in "$root.deb"/*.deb; do dpkg -x "$p" "$root"; done
}
# in_root ROOT COMMAND...: runs a command with the libraries of $T/ROOT.
in_root() {
  local r=$T/$1 l; shift
  l=$(find "$r/usr/lib" "$r/lib" -name '*.so*' -printf '%h\n' 2>/dev/null | sort -u | tr '\n' ':' || true)
  LD_LIBRARY_PATH=$l "$@"
}
# python ARGS...: the Python that `deb python ...` unpacked, with its own library.
PYTHON_PACKAGES='python3.11-minimal=3.11.2-6+deb12u9 libpython3.11-minimal=3.11.2-6+deb12u9 libpython3.11-stdlib=3.11.2-6+deb12u9'
python() { PYTHONHOME=$T/python/usr PYTHONDONTWRITEBYTECODE=1 in_root python "$T/python/usr/bin/python3.11" "$@"; }

# perl_in ROOT ARGS...: the machine's Perl with the modules of $T/ROOT. ruby_in ROOT ARGS...: the Ruby in $T/ROOT, with Mail.
perl_in() {
  need perl
  local r=$T/$1; shift
  PERL5LIB=$r/usr/share/perl5:$(compgen -G "$r/usr/lib/*/perl5/*" | head -1 || true) perl "$@"
}
ruby_in() {
  local r=$T/$1 l; shift
  l=$(compgen -G "$r/usr/lib/ruby/gems/*/gems/*/lib"; compgen -G "$r/usr/share/rubygems-integration/all/gems/*/lib")
  l=$(tr '\n' ':' <<<"$l")$r/usr/lib/ruby/vendor_ruby:$r/usr/lib/ruby/3.1.0:$(compgen -G "$r/usr/lib/*/ruby/3.1.0")
  RUBYLIB=$l in_root "${r##*/}" "$r/usr/bin/ruby3.1" --disable-gems -r net/smtp -r mail "$@"
}
RUBY_MAIL_PACKAGES='ruby-mail=2.7.1+dfsg1-2 ruby-mini-mime=1.1.1-2 ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1'

# npm_add NAME@VERSION...: into $T/node_modules, where scripts in $T find them.
npm_add() {
  need node; need npm
  [ -e "$T/package.json" ] || echo '{"private":true}' >"$T/package.json"
  (cd "$T" && timeout 240 npm install --no-audit --no-fund --omit=optional --ignore-scripts "$@" >"$T/npm.log" 2>&1) ||
    skip "npm install $*: $(grep -m1 -i err "$T/npm.log" || tail -1 "$T/npm.log")"
}
# nuget NAME:VERSION... <Program.cs: builds a program against these packages; `dotnet_run ARGS...` runs it.
nuget() {
  local refs= p
  need dotnet
  for p in "$@"; do refs+="<PackageReference Include=\"${p%%:*}\" Version=\"[${p#*:}]\"/>"; done
  mkdir -p "$T/net"
  cat >"$T/net/Program.cs"
  echo '<Project/>' | tee "$T/net/Directory.Build.props" >"$T/net/Directory.Packages.props"
  cat >"$T/net/finding.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
<ImplicitUsings>enable</ImplicitUsings></PropertyGroup><ItemGroup>$refs</ItemGroup></Project>
XML
  (cd "$T/net" && timeout 240 dotnet restore -v q >"$T/net.log" 2>&1) || skip "dotnet restore $*: $(grep -m1 error "$T/net.log")"
  (cd "$T/net" && timeout 240 dotnet build --no-restore -c Release -v q -m:2 -o "$T/net/out" >"$T/net.log" 2>&1) ||
    { grep -m3 error "$T/net.log"; echo "CHANGED   the program no longer builds against $*"; exit 1; }
}
dotnet_run() { timeout 60 dotnet "$T/net/out/finding.dll" "$@"; }

# start LOG COMMAND...: in the background, ended by its pid at the end.
start() { local log=$T/$1; shift; "$@" >"$log" 2>&1 </dev/null & PIDS+=($!); }
free_port() { need python3; python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# wait_port PORT [LOG]: until something listens there, 20 s at most.
wait_port() {
  local i
  for ((i = 0; i < 100; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.2
  done
  skip "nothing listens after 20 s${2:+: $(tail -3 "$T/$2")}"
}

# talk PORT LINE...: sends each LINE (printf escapes, CRLF added) after the reply to the one before; prints `> line` and the
# replies. A reply that does not come within 2 s is left out.
talk() { need python3; timeout 60 python3 "$T/talk.py" "$@"; }
cat >"$T/talk.py" <<'PY'
import socket, sys
s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 10)
def replies():
    got = b''
    s.settimeout(2)
    try:
        while True:
            more = s.recv(65536)
            if not more:
                break
            got += more
            if got.endswith(b'\n') and got.splitlines()[-1][3:4] in (b' ', b''):
                s.settimeout(0.3)
    except OSError:
        pass
    for line in got.decode('latin1').splitlines():
        print(line)
replies()
for line in sys.argv[2:]:
    print('>', line)
    s.sendall(line.encode('latin1').decode('unicode_escape').encode('latin1') + b'\r\n')
    replies()
PY

# peer LOG KEY=REPLY...: starts a server that answers as told and sets $PORT; each line it gets is in $T/LOG as `verb rest`.
# Keys: greet ehlo helo mail rcpt data dot rset noop quit other; rcpt2 is the second RCPT. `|` begins another reply line.
peer() {
  need python3
  PORT=$(free_port)
  local log=$1; shift
  start "$log" python3 -u "$T/peer.py" "$PORT" "$@"
  wait_port "$PORT" "$log"
}
cat >"$T/peer.py" <<'PY'
import socket, sys, threading
say = dict(greet='220 peer.test ready', ehlo='250-peer.test|250 8BITMIME', helo='250 peer.test', mail='250 ok', rcpt='250 ok',
           data='354 go on', dot='250 taken', rset='250 ok', noop='250 ok', quit='221 bye', other='500 what')
say.update(a.split('=', 1) for a in sys.argv[2:])
say.setdefault('lhlo', say['ehlo'])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', int(sys.argv[1])))
listener.listen(9)
def serve(c):
    c.settimeout(60)
    lines, rcpts = c.makefile('rb'), 0
    answer = lambda key: c.sendall(''.join(l + '\r\n' for l in say[key].split('|')).encode())
    answer('greet')
    for line in lines:
        text = line.decode('latin1').rstrip('\r\n')
        print(text)
        verb = text.split(' ')[0].lower()
        if verb == 'rcpt':
            rcpts += 1
            answer('rcpt%d' % rcpts if 'rcpt%d' % rcpts in say else 'rcpt')
            continue
        answer(verb if verb in say else 'other')
        if verb == 'quit':
            break
        if verb == 'data' and say['data'][0] == '3':
            for line in lines:
                if line == b'.\r\n':
                    break
                print('  ' + line.decode('latin1').rstrip('\r\n'))
            answer('dot')
            rcpts = 0
    c.close()
def guarded(c):
    try:
        serve(c)
    except OSError:
        pass
while True:
    threading.Thread(target=guarded, args=listener.accept()[:1], daemon=True).start()
PY

# boxed ROOT ACCOUNTS COMMAND...: runs COMMAND where $T/ROOT/usr lies over /usr, with the ACCOUNTS (blank-separated names) added
# and no name service but files; in namespaces of its own, so that no process outlives it. For servers that expect to be installed.
boxed() {
  [ "$(id -u)" = 0 ] || skip 'needs root for a private mount namespace'
  local root=$T/$1 accounts=$2 box a id=760; shift 2
  box=$(mktemp -d "$T/box.XXXX"); chmod 755 "$box"
  cp /etc/passwd /etc/group "$box"
  for a in $accounts; do
    id=$((id + 1))
    echo "$a:x:$id:$id::/nonexistent:/usr/sbin/nologin" >>"$box/passwd"
    echo "$a:x:$id:" >>"$box/group"
  done
  echo '127.0.0.1 mx.example.test mx localhost' >"$box/hosts"
  printf '%s: files\n' passwd group shadow hosts services protocols aliases >"$box/nsswitch.conf"
  printf 'nameserver 127.0.0.1\noptions attempts:1 timeout:1\n' >"$box/resolv.conf"
  cat >"$box/inside" <<'SH'
box=$1; root=$2; shift 2
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$root/usr:/usr" /usr || exit 77
mount -t proc proc /proc
for f in passwd group hosts nsswitch.conf; do mount --bind "$box/$f" "/etc/$f" || exit 77; done
mount --bind "$box/resolv.conf" "$(readlink -f /etc/resolv.conf)"
hostname mx.example.test
# this shell stays as the first process: a server that changes its user would lose the signal that comes with its parent's death
"$@" &
wait $!
SH
  exec unshare --mount --uts --pid --fork --kill-child=KILL bash "$box/inside" "$box" "$root" "$@"
}

# postfix EXTRA: Postfix on 127.0.0.1:$PORT, takes mail for example.test and discards it; EXTRA are more lines of main.cf.
POSTFIX_PACKAGES='postfix=3.7.11-0+deb12u1'
postfix() {
  local q d=$T/postfix-run
  [ "$(id -u)" = 0 ] || skip 'needs root for a private mount namespace'
  PORT=$(free_port)
  mkdir -p "$d/etc" "$d/data"
  chmod 755 "$d" "$d/etc"
  cat >"$d/etc/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $d/spool
data_directory = $d/data
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = $d/etc
mail_owner = news
setgid_group = games
maillog_file = $d/log
maillog_file_prefixes = $d
myhostname = mx.example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
relay_domains = example.test
relay_transport = discard:
default_transport = discard:
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
disable_dns_lookups = yes
${1:-}
CF
  cat >"$d/etc/master.cf" <<CF
127.0.0.1:$PORT inet n - n - 20 smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
CF
  for q in active bounce corrupt defer deferred flush hold incoming maildrop private public saved trace pid; do mkdir -p "$d/spool/$q"; done
  chown -R news "$d/data" "$d"/spool/{active,bounce,corrupt,defer,deferred,flush,hold,incoming,private,saved,trace}
  chown news:games "$d/spool/maildrop" "$d/spool/public"
  chmod 700 "$d"/spool/{active,bounce,corrupt,defer,deferred,flush,hold,incoming,private,saved,trace}
  chmod 730 "$d/spool/maildrop"
  chmod 710 "$d/spool/public"
  touch -d '-1 minute' "$d"/etc/*.cf
  start postfix.log boxed postfix '' env MAIL_CONFIG="$d/etc" /usr/lib/postfix/sbin/master -d -c "$d/etc"
  wait_port "$PORT" postfix.log
}

# tshark ARGS...: the one that `deb tshark tshark=...` unpacked.
tshark() {
  HOME=$T WIRESHARK_DATA_DIR=$T/tshark/usr/share/wireshark \
    in_root tshark timeout 60 "$T/tshark/usr/bin/tshark" "$@" 2>"$T/tshark.log"
}
# capture FILE ITEM...: writes a capture of one SMTP session; each ITEM is one segment, `> text` by the client, `< text` by the server.
capture() { need python3; python3 "$T/capture.py" "$@"; }
cat >"$T/capture.py" <<'PY'
import struct, sys
def packet(client, seq, ack, data, flags=0x18):
    ports, ips = ((40000, 25), (b'\x7f\0\0\2', b'\x7f\0\0\1'))
    if not client:
        ports, ips = ports[::-1], ips[::-1]
    tcp = struct.pack('>HHIIBBHHH', *ports, seq, ack, 0x50, flags, 65535, 0, 0) + data
    return struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(tcp), 1, 0, 64, 6, 0) + b''.join(ips) + tcp
c, s = 1001, 5001
packets = [packet(True, c - 1, 0, b'', 2), packet(False, s - 1, c, b'', 0x12), packet(True, c, s, b'', 0x10)]
for item in sys.argv[2:]:
    data = item[2:].encode('latin1').decode('unicode_escape').encode('latin1')
    if item[0] == '>':
        packets.append(packet(True, c, s, data))
        c += len(data)
    else:
        packets.append(packet(False, s, c, data))
        s += len(data)
with open(sys.argv[1], 'wb') as f:
    f.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
    for i, p in enumerate(packets):
        f.write(struct.pack('<IIII', 1500000000 + i, 0, len(p), len(p)) + p)
PY

# exim_conf <<CF: unpacks Exim and writes $T/exim.conf: what every script needs of it, listening on $EXIM, then what is given here (more
# options, routers, transports). `exim ARGS...` runs it.
exim_conf() {
  deb exim exim4-daemon-light=4.96-15+deb12u11 exim4-base=4.96-15+deb12u11
  mkdir -p "$T/spool" "$T/out"
  chown mail:mail "$T/spool" "$T/out"
  EXIM=$(free_port)
  cat - >"$T/exim.rest"
  cat - "$T/exim.rest" >"$T/exim.conf" <<CF
exim_user = mail
exim_group = mail
never_users =
spool_directory = $T/spool
log_file_path = $T/spool/%slog
keep_environment =
primary_hostname = mx.example.test
daemon_smtp_ports = $EXIM
local_interfaces = 127.0.0.1
disable_ipv6 = true
host_lookup =
rfc1413_query_timeout = 0s
acl_smtp_rcpt = accept
tls_advertise_hosts =
CF
  chmod 4755 "$T/exim/usr/sbin/exim4"
}
exim() { boxed exim Debian-exim /usr/sbin/exim4 -C "$T/exim.conf" "$@"; }
