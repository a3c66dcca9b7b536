#!/bin/sh
# Makes the virtual environment from the lock file, and sees that there is a browser and a font.
set -eu

say() { printf '%s\n' "$*" >&2; }

"$PYTHON" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  say "unorder needs Python 3.11 or newer with the venv module."
  say "hint: on Debian and Ubuntu: apt-get install python3 python3-venv; or PYTHON=python3.12 make …"
  exit 2
}

[ -x "$VENV/bin/pip" ] || { say "making $VENV"; "$PYTHON" -m venv "$VENV"; }
say "installing the locked dependencies"
"$VENV/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
"$VENV/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

from_packages() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

starts() { "$VENV/bin/unorder" doctor --browser >/dev/null 2>&1; }

if ! starts; then
  say "downloading a browser"
  timeout 300 "$VENV/bin/playwright" install --only-shell chromium >/dev/null 2>&1 || true
fi
if ! starts; then
  say "installing a browser from the system's packages"
  from_packages chromium-headless-shell || from_packages chromium || true
fi
if ! starts; then
  say "no browser that starts was found, and none could be installed."
  say "hint: $VENV/bin/playwright install --with-deps chromium, or install Chromium, Chrome or Edge"
  exit 2
fi

# Without any font a browser draws boxes.
if ! ls /usr/share/fonts/*/*inter* /usr/share/fonts/*/*/*nter* /Library/Fonts 2>/dev/null | grep -q .; then
  from_packages fonts-inter fonts-dejavu-core || true
fi
