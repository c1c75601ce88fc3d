#!/bin/bash
# install.sh NAME... | all | ci: brings what the peers run on into the cache folder, where it stays. What is there is kept.
# Debian packages are unpacked, not installed: Postfix and Exim exclude each other on one system, and no service starts.
. "$(dirname "$0")/common.sh"
export DEBIAN_FRONTEND=noninteractive
# servers give up root, and read what lies here as someone else
umask 022

# The first of those that share a folder brings it for the others.
ALL=(postfix postfix-strict postfix-submission smtp-sink smtp-source exim4 dovecot-lmtp cyrus-lmtp dovecot-submission aiosmtpd nodemailer haraka swaks curl openssl msmtp s-nail smtplib git-send-email net-smtp nodemailer-client postfix-client exim-client learned-replay)

usage() {
  fail "$EXIT_USAGE" "usage: install.sh NAME... | all | ci, where NAME is one of: ${ALL[*]}"
}

# refresh_lists: once a run, and only when something was not found without
REFRESHED=
refresh_lists() {
  [ -z "$REFRESHED" ] || return 1
  REFRESHED=1
  if [ "$(id -u)" != 0 ]; then
    echo "install: package lists are missing or old, and only root can refresh them (apt-get update)" >&2
    return 1
  fi
  apt-get -q update >&2
}

quiet_apt() { apt-get -q -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=120 "$@"; }

# apt ARGS...: tried again with fresh lists (a new machine has none, and old ones name files that are gone)
apt() { quiet_apt "$@" || { refresh_lists && quiet_apt "$@"; }; }

# unpack FOLDER PACKAGE...: each PACKAGE, and whatever it depends on that this machine lacks
unpack() {
  local folder=$CACHE/$1 new=$CACHE/$1.new plan deb
  shift
  plan=$(apt -s --no-install-recommends install "$@") || return
  rm -rf "$new"
  mkdir -p "$new/debs"
  # a package that the machine has is no part of the plan, but its files are wanted here all the same
  mapfile -t plan < <(awk '/^Inst / {print $2}' <<<"$plan" | grep -vxF "$(printf '%s\n' "$@")")
  (cd "$new/debs" && apt download "$@" "${plan[@]}") || return
  for deb in "$new"/debs/*.deb; do
    dpkg -x "$deb" "$new" || return
    # shellcheck disable=SC2016
    dpkg-deb --show --showformat='${Package} ${Version}\n' "$deb" >>"$new/.packages"
  done
  rm -r "$new/debs"
  chmod 755 "$new"
  rm -rf "$folder"
  mv "$new" "$folder"
}

unpack_postfix() {
  unpack postfix postfix || return
  # smtp-sink and smtp-source do not start without a main.cf
  echo 'compatibility_level = 3.6' >"$CACHE/postfix/etc/postfix/main.cf"
}

# The one thing that is installed on the system: npm is hundreds of packages that know each other by absolute path.
install_node() {
  if [ "$(id -u)" != 0 ]; then
    echo "install: npm is missing, and only root can install it (apt-get install nodejs npm)" >&2
    return 1
  fi
  apt -y --no-install-recommends install nodejs npm
}

# npm_package FOLDER PACKAGE@VERSION [OPTION...]
npm_package() {
  command -v npm >/dev/null || install_node || return
  local folder=$CACHE/$1
  rm -rf "$folder"
  mkdir -p "$folder"
  # without a package.json of its own, npm would look for one further up
  echo '{ "private": true }' >"$folder/package.json"
  (cd "$folder" && npm install --no-audit --no-fund --no-update-notifier "${@:2}")
}

# installed NAME: its own check says so; that it may not run here is no matter of installing
installed() {
  bash "$HERE/$1.sh" --check >/dev/null 2>&1
  case $? in 0 | "$EXIT_NOT_ALLOWED") return 0 ;; *) return 1 ;; esac
}

# get NAME: what must be there for NAME.sh
get() {
  if ! installed "$1"; then
    case $1 in
      postfix | postfix-strict | postfix-client | smtp-sink | smtp-source) unpack_postfix ;;
      postfix-submission)
        installed postfix || unpack_postfix
        unpack sasl sasl2-bin libsasl2-modules libsasl2-modules-db
        ;;
      exim4 | exim-client) unpack exim4 exim4-daemon-light ;;
      dovecot-lmtp | dovecot-submission) unpack dovecot dovecot-core dovecot-lmtpd dovecot-submissiond ;;
      cyrus-lmtp) unpack cyrus cyrus-imapd ;;
      aiosmtpd) unpack aiosmtpd python3-aiosmtpd ;;
      nodemailer) npm_package nodemailer smtp-server@3.21.6 ;;
      # what it would compile is for encodings that are rare
      haraka) npm_package haraka Haraka@3.3.4 --omit=optional --ignore-scripts ;;
      nodemailer-client) npm_package nodemailer-client nodemailer@10.6.1 ;;
      # without the second it knows no TLS
      swaks) unpack swaks swaks libnet-ssleay-perl ;;
      curl) unpack curl curl ;;
      openssl) unpack openssl openssl ;;
      msmtp) unpack msmtp msmtp ;;
      s-nail) unpack s-nail s-nail ;;
      smtplib | learned-replay) unpack smtplib python3 ;;
      git-send-email) unpack git-email git-email libmailtools-perl ;;
      net-smtp) unpack ruby ruby ;;
    esac
    if ! installed "$1"; then
      echo "install: $1 cannot be had here (see the messages above)" >&2
      return 1
    fi
  fi
  echo "$1: $(bash "$HERE/$1.sh" --version), in $CACHE"
}

[ $# -gt 0 ] || usage
wanted=("$@")
case $1 in all | ci) [ $# = 1 ] || usage; wanted=("${ALL[@]}") ;; esac
for name in "${wanted[@]}"; do
  [[ " ${ALL[*]} " = *" $name "* ]] || usage
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  fail "$EXIT_NOT_DEBIAN" "needs Debian or a system made from it (there is no apt-get and dpkg here)"
fi

mkdir -p "$CACHE" || fail "$EXIT_NOT_ALLOWED" "cannot make the cache folder $CACHE (SMTPMODEL_PEERS names another)"
# Two runs at the same time wait for each other. Who may only read the folder can still ask whether all is there.
if [ -w "$CACHE" ]; then
  exec 9>"$CACHE/.lock"
  flock 9
fi

got=0
lacking=()
for name in "${wanted[@]}"; do
  if get "$name"; then got=$((got + 1)); else lacking+=("$name"); fi
done
[ ${#lacking[@]} = 0 ] && exit 0
# In CI one package that is not to be had must not stop all the rest: the tests that want it skip and say so.
[ "$1" = ci ] && [ "$got" -gt 0 ] && { echo "install: went without ${lacking[*]}" >&2; exit 0; }
fail "$EXIT_MISSING" "not to be had: ${lacking[*]}"
