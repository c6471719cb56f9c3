#!/usr/bin/env bash
# Private engines for tests and trials: on a free loopback port, with their data in a folder of their own.
#
#   eng/services.sh start redis|postgres|azurite [DIR]   prints lines KEY=VALUE: the address, PID, DIR
#   eng/services.sh stop DIR                             ends what was started under DIR; the data stays
#
# REDIS=127.0.0.1:PORT   POSTGRES=<Npgsql connection string>   AZURITE=<Azure storage connection string>
# A value goes to the end of its line and is not quoted. One DIR can hold one engine of each kind. The data is for throwing
# away: PostgreSQL does not sync it to the disk.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$eng/lib/install-engines.sh"

fail() {
  echo "services: $*" >&2
  exit 1
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ports that the kernel hands out for outgoing connections.
free_port() {
  local port
  while port=$((20000 + RANDOM % 9000)); do
    answers "$port" || break
  done
  echo "$port"
}

# When the process started, in clock ticks since boot: with the PID it names one process for good.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# ready PID PORT: waits until it listens; fails at once when it died.
ready() {
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 "$1" 2>/dev/null || return 1
    answers "$2" && return
    sleep 0.1
  done
  return 1
}

# launch NAME PORT COMMAND...: in the background, away from this shell's terminal and pipes.
launch() {
  local name=$1 port=$2
  shift 2
  setsid "$@" </dev/null >"$dir/$name.log" 2>&1 &
  local pid=$!
  if ! ready "$pid" "$port"; then
    kill -KILL "$pid" 2>/dev/null || true
    return 1
  fi
  note "$name" "$pid"
}

note() {
  echo "$2 $(started_at "$2")" >"$dir/$1.pid"
  echo "PID=$2"
  echo "DIR=$dir"
}

start_redis() {
  command -v redis-server >/dev/null || fail "redis-server is not installed: run eng/setup.sh."
  mkdir -p "$dir/redis"
  local port
  port=$(free_port)
  launch redis "$port" redis-server --bind 127.0.0.1 --port "$port" --dir "$dir/redis" --save '' --appendonly no &&
    echo "REDIS=127.0.0.1:$port"
}

start_azurite() {
  local azurite=$eng/node_modules/azurite/dist/src/blob/main.js
  [ -f "$azurite" ] || fail "Azurite is not installed: run eng/setup.sh."
  mkdir -p "$dir/azurite"
  local port
  port=$(free_port)
  # Its API version lags behind the client's: hence skipApiVersionCheck. Account and key are the emulator's, known to all.
  launch azurite "$port" node "$azurite" --blobHost 127.0.0.1 --blobPort "$port" --location "$dir/azurite" \
    --silent --disableTelemetry --skipApiVersionCheck &&
    echo "AZURITE=DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:$port/devstoreaccount1"
}

start_postgres() {
  local bin data=$dir/postgres/data port as=()
  bin=$(postgres_binaries) || fail "PostgreSQL is not installed: run eng/setup.sh."
  mkdir -p "$dir/postgres"
  if [ "$(id -u)" -eq 0 ]; then # it refuses to run as root
    chown postgres "$dir/postgres"
    as=(runuser -u postgres --)
    cd /
    "${as[@]}" test -w "$dir/postgres" || fail "the user postgres cannot enter $dir: take another folder."
  fi
  [ -d "$data" ] || "${as[@]}" "$bin/initdb" -D "$data" -U cxr --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync \
    >"$dir/postgres.log" 2>&1 || return 1
  port=$(free_port)
  "${as[@]}" "$bin/pg_ctl" start -w -s -D "$data" -l "$dir/postgres/server.log" -o "-p $port -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories='' -c fsync=off -c max_connections=200" </dev/null >>"$dir/postgres.log" 2>&1 || return 1
  note postgres "$(head -1 "$data/postmaster.pid")"
  "$bin/psql" -h 127.0.0.1 -p "$port" -U cxr -d postgres -tAc "select 1 from pg_database where datname = 'cxr'" | grep -q 1 ||
    "$bin/createdb" -h 127.0.0.1 -p "$port" -U cxr cxr || return 1
  echo "POSTGRES=Host=127.0.0.1;Port=$port;Username=cxr;Database=cxr"
}

start() {
  local name=$1 try
  declare -F "start_$name" >/dev/null || fail "there is no engine '$name': redis, postgres or azurite."
  dir=${2:-$(mktemp -d)}
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  [ $# -ge 2 ] || chmod 755 "$dir" # PostgreSQL's user must get in
  ! running "$dir/$name.pid" || fail "$name is running under $dir already."
  for try in 1 2 3; do # somebody else may take the port first
    "start_$name" && return
  done
  fail "$name did not start; its last words: $(tail -n 3 "$dir/$name.log" "$dir/$name/server.log" 2>/dev/null)"
}

# Whether the process that a file names still runs, and is the one meant.
running() {
  local pid since
  [ -f "$1" ] && read -r pid since <"$1" && [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ]
}

stop() {
  local name pid tries
  for name in redis azurite postgres; do # first tell all, then wait: SIGINT ends each of them in good order
    running "$1/$name.pid" && read -r pid _ <"$1/$name.pid" && kill -INT "$pid"
  done
  for name in redis azurite postgres; do
    for ((tries = 0; tries < 100; tries++)); do
      running "$1/$name.pid" || break
      sleep 0.1
    done
    running "$1/$name.pid" && read -r pid _ <"$1/$name.pid" && kill -KILL "$pid"
    rm -f "$1/$name.pid"
  done
}

case "${1:-} $#" in
"start 2" | "start 3") start "${@:2}" ;;
"stop 2") stop "$2" ;;
*) fail "usage: eng/services.sh start redis|postgres|azurite [DIR], or eng/services.sh stop DIR" ;;
esac
