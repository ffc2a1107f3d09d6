#!/usr/bin/env bash
# Makes the README's pictures of the page: docs/sandbox.png as it opens, in #wins, and docs/brief.png, Ann's
# direct messages with the bot. Needs Chromium.
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

# picture FILE WIDTH,HEIGHT PLACE
picture() {
  "${CHROMIUM:-chromium}" --headless --no-sandbox --hide-scrollbars --window-size="$2" --lang=en-GB \
    --user-data-dir="$work/profile" --virtual-time-budget=5000 --screenshot="$1" "$address/#$3"
}
picture docs/sandbox.png 1000,640 Ann/wins
picture docs/brief.png 1000,720 Ann/Bellwether
