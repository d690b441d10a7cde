#!/usr/bin/env bash
# Pages a second of the self-help site and of nginx, which serves the same compressed bytes with the same headers as static
# files, in turn on the same machine. Needs wrk, nginx, curl and a release build.
#   selfhelp/benches/pages.sh [BINARY] [ROUNDS] [SECONDS]
set -euo pipefail
binary="${1:-target/release/fairway-selfhelp}"; rounds="${2:-3}"; seconds="${3:-8}"
work="$(mktemp -d)"; pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT
ours=18191; theirs=18192
started=$(date +%s%N)
"$binary" serve --listen "127.0.0.1:$ours" --store "sqlite://$work/notes.db" >"$work/said" & site=$!; pids+=("$site")
until curl -fs -o /dev/null "http://127.0.0.1:$ours/readyz"; do sleep 0.002; done
echo "ready after $(( ($(date +%s%N) - started) / 1000000 )) ms (with a new store, measured from outside)"
sleep 6 # pages are compressed in the background
paths=(en/ en/deciding/two-sides es/where-am-i/mood es/help-now/es)
mkdir -p "$work/pages"
headers=""
for path in "${paths[@]}"; do
  name="$work/pages/${path//\//_}"
  curl -fs -H 'Accept-Encoding: gzip' -D "$work/head" -o "$name.gz" "http://127.0.0.1:$ours/$path"
  gunzip -kc "$name.gz" >"$name"
done
while IFS= read -r line; do
  line="${line%$'\r'}"; name="${line%%:*}"; value="${line#*: }"
  case "${name,,}" in
    content-security-policy|referrer-policy|x-content-type-options|x-frame-options|cross-origin-*|cache-control) headers+="add_header $name \"$value\";"$'\n' ;;
  esac
done <"$work/head"
chmod -R a+rX "$work"
cat >"$work/nginx.conf" <<CONF
worker_processes auto; pid $work/nginx.pid; error_log /dev/null crit; daemon off;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; gzip_static on; gzip_vary on; keepalive_requests 10000000; default_type "text/html; charset=utf-8"; open_file_cache max=100 inactive=60s;
$headers
server { listen 127.0.0.1:$theirs; root $work/pages; } }
CONF
nginx -c "$work/nginx.conf" 2>/dev/null & pids+=("$!")
until curl -fs -o /dev/null "http://127.0.0.1:$theirs/en_"; do sleep 0.05; done
rate() { wrk -t2 -c64 -d"${seconds}s" -H 'Accept-Encoding: gzip' "$1" | awk '/Requests\/sec/ {print int($2)}'; }
for path in "${paths[@]}"; do
  bytes=$(stat -c %s "$work/pages/${path//\//_}.gz")
  for _ in $(seq "$rounds"); do
    a=$(rate "http://127.0.0.1:$ours/$path"); b=$(rate "http://127.0.0.1:$theirs/${path//\//_}")
    echo "$path ($bytes bytes): ours $a, nginx $b a second, $(awk "BEGIN {printf \"%.2f\", $a / $b}")"
  done
done
echo "resident memory after that: $(awk '/VmRSS/ {print $2}' "/proc/$site/status") kB, at most $(awk '/VmHWM/ {print $2}' "/proc/$site/status") kB"
