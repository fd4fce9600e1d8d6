#!/bin/sh
# Installs the exhibit on a Debian 12 or 13: sh install.sh, as root, in the folder of the unpacked bundle.
# May be run again: settings that are there are kept. Needs no network if the packages below are there.
set -eu

PACKAGES='chromium sway swaybg seatd fonts-dejavu-core libgl1-mesa-dri libegl1 libgles2'
NAME=self-classifying-digits
ROOT=/opt/$NAME
SETTINGS=/etc/$NAME

fail() {
  echo "$1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail 'This has to be run as root: sudo sh install.sh'
cd "$(dirname "$0")"
[ -f engine/cli/kiosk.mjs ] || fail 'There is no bundle in this folder: make one with npm run kiosk -- --bundle FILE.tar.gz'

fits() {
  [ -x "$1" ] && "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit((a === 20 && b >= 19) || (a === 22 && b >= 13) || a > 22 ? 0 : 1)'
}

find_node() {
  for node in "${NODE:-}" /opt/node/bin/node "$(command -v node || true)" /usr/local/bin/node /usr/bin/node; do
    if fits "$node"; then
      readlink -f "$node"
      return
    fi
  done
}

missing=''
for package in $PACKAGES; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
node=$(find_node)
# Debian 13 has a Node that will do.
if [ -z "$node" ]; then
  apt-get update
  version=$(apt-cache show --no-all-versions nodejs 2>/dev/null | sed -n 's/^Version: //p' || true)
  dpkg --compare-versions "${version:-0}" ge 20.19 && missing="$missing nodejs"
elif [ -n "$missing" ]; then
  apt-get update
fi
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
fi
node=$(find_node)
[ -n "$node" ] || fail "There is no Node 20.19, 22.13 or newer on this machine, and Debian $(cat /etc/debian_version) has none.
Unpack an archive of Linux binaries from https://nodejs.org/en/download into /opt/node, and run this again:
  mkdir -p /opt/node && tar -xJf node-*-linux-*.tar.xz -C /opt/node --strip-components=1"

id exhibit >/dev/null 2>&1 || useradd --system --create-home --shell /usr/sbin/nologin exhibit
usermod --append --groups video,render,input exhibit

version=$(cat VERSION)
mkdir -p $ROOT/versions $SETTINGS/sway.d
if [ "$(pwd -P)" != "$ROOT/versions/$version" ]; then
  rm -rf "$ROOT/versions/$version.tmp"
  cp -R . "$ROOT/versions/$version.tmp"
  chown -R root:root "$ROOT/versions/$version.tmp"
  rm -rf "$ROOT/versions/$version"
  mv "$ROOT/versions/$version.tmp" "$ROOT/versions/$version"
fi
ln -sfn "versions/$version" $ROOT/current

# The settings may hold a password.
[ -f $SETTINGS/kiosk.json ] || install -m 640 -g exhibit example-settings.json $SETTINGS/kiosk.json
sed "s|=NODE\$|=$node|" $NAME.service >/etc/systemd/system/$NAME.service
systemctl daemon-reload
systemctl enable $NAME.service

echo "Installed $version with $node. Edit $SETTINGS/kiosk.json, then reboot."
