#!/usr/bin/env bash
# Makes docs/sandbox.png: the page as it opens, in #wins. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release
work=$(mktemp -d)
./target/release/bellwether sandbox --listen 127.0.0.1:0 > "$work/said" &
sandbox=$!
trap 'kill $sandbox; rm -rf "$work"' EXIT

until address=$(grep -o 'http://[0-9.:]*' "$work/said"); do
  kill -0 $sandbox
  sleep 0.2
done
"${CHROMIUM:-chromium}" --headless --no-sandbox --hide-scrollbars --window-size=1000,640 \
  --lang=en-GB --user-data-dir="$work/profile" --virtual-time-budget=5000 \
  --screenshot=docs/sandbox.png "$address/#Ann/wins"
