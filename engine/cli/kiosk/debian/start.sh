#!/bin/sh
# Run by the compositor: the launcher, and after it nothing, so that systemd starts both again.
cd "$(dirname "$0")" || exit
"$DIGITS_NODE" engine/cli/kiosk.mjs --config /etc/self-classifying-digits/kiosk.json
exec swaymsg exit
