#!/bin/bash
# net-smtp.sh PORT RECIPIENT... | --check | --version: Ruby's net-smtp; the message is its standard input.
. "$(dirname "$0")/common.sh"
PACKAGE=ruby3.1
ROOT=$CACHE/ruby
LD_LIBRARY_PATH=$(libraries "$ROOT")
RUBYLIB=$(printf '%s:' "$ROOT"/usr/lib/ruby/vendor_ruby "$ROOT"/usr/lib/ruby/[0-9]* "$ROOT"/usr/lib/*/ruby/[0-9]* "$ROOT"/usr/lib/ruby/gems/*/gems/*/lib)
export LD_LIBRARY_PATH RUBYLIB
RUBY=(ruby)
command -v ruby >/dev/null || RUBY=("$(printf '%s\n' "$ROOT"/usr/bin/ruby[0-9]* | tail -1)" --disable=gems)

"${RUBY[@]}" -e 'require "net/smtp"' 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) "${RUBY[@]}" -e 'require "net/smtp"; puts "ruby #{RUBY_VERSION}, net-smtp #{Net::SMTP::VERSION}"' ;;
  *) exec "${RUBY[@]}" "$HERE/net_smtp_client.rb" "$@" ;;
esac
