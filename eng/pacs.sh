#!/usr/bin/env bash
# Four Orthancs on loopback, the PACSs of four hospitals, for tests and trials.
#
#   eng/pacs.sh up                        starts those that do not run; prints HOSPITAL=<DICOMweb root>, and SECRETS=<folder>
#   eng/pacs.sh down                      stops them; what they hold stays
#   eng/pacs.sh status                    a line per hospital
#   eng/pacs.sh start|stop|kill HOSPITAL  one of them (kill: at once, as by a power cut)
#   eng/pacs.sh load DIR                  sends the DICOM files of a cohort to their hospitals: by its manifest.csv, or else by
#                                         folders named after hospitals
#
# PACS_DIR         their folder (artifacts/pacs)
# PACS_HTTP_PORT   first of four ports for DICOMweb (18041)
# PACS_DICOM_PORT  first of four ports for DIMSE (14241)
#
# south and west ask for the user "scorer"; the passwords lie in files of SECRETS named after the hospitals.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${PACS_DIR:-$(dirname "$eng")/artifacts/pacs}
http=${PACS_HTTP_PORT:-18041}
dimse=${PACS_DICOM_PORT:-14241}
hospitals=(north south east west)

fail() {
  echo "pacs: $*" >&2
  exit 1
}

# number HOSPITAL: its place in the list
number() {
  local i
  for i in "${!hospitals[@]}"; do
    [ "${hospitals[$i]}" != "$1" ] || { echo "$i"; return; }
  done
  fail "there is no hospital '$1': ${hospitals[*]}"
}

# When the process started, in clock ticks since boot: with the PID it names one process for good.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

running() {
  local pid since
  [ -f "$dir/$1/pid" ] && read -r pid since <"$dir/$1/pid" && [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ]
}

configure() {
  local name=$1 i=$2 auth=false users='{}'
  mkdir -p "$dir/$name/db" "$dir/secrets"
  if [ $((i % 2)) -eq 1 ]; then
    auth=true
    [ -s "$dir/secrets/$name" ] || (umask 077; head -c 18 /dev/urandom | base64 >"$dir/secrets/$name")
    users="{ \"scorer\": \"$(cat "$dir/secrets/$name")\" }"
  fi
  (umask 077; cat >"$dir/$name/orthanc.json") <<JSON
{
  "Name": "$name", "StorageDirectory": "$dir/$name/db", "IndexDirectory": "$dir/$name/db",
  "Plugins": [ "/usr/share/orthanc/plugins/libOrthancDicomWeb.so" ],
  "DicomAet": "${name^^}", "DicomPort": $((dimse + i)), "DicomCheckCalledAet": true,
  "DicomAlwaysAllowStore": true, "DicomAlwaysAllowEcho": true,
  "HttpPort": $((http + i)), "RemoteAccessAllowed": false, "AuthenticationEnabled": $auth, "RegisteredUsers": $users,
  "HttpThreadsCount": 8, "KeepAlive": true, "TcpNoDelay": true, "OverwriteInstances": true, "StableAge": 3,
  "WebDavEnabled": false, "OrthancExplorerEnabled": false, "ExecuteLuaEnabled": false, "SaveJobs": false,
  "SyncStorageArea": false, "StoreMD5ForAttachments": false, "MaximumStorageCacheSize": 0, "HttpCompressionEnabled": false,
  "DicomWeb": { "Enable": true, "Root": "/dicom-web/", "EnableWado": false, "Ssl": false }
}
JSON
}

start() {
  local name=$1 i tries
  i=$(number "$name")
  ! running "$name" || return 0
  command -v Orthanc >/dev/null && [ -f /usr/share/orthanc/plugins/libOrthancDicomWeb.so ] ||
    fail "Orthanc with DICOMweb is not installed: run eng/setup.sh."
  configure "$name" "$i"
  if [ ! -f "$dir/loopback.so" ] || [ "$eng/lib/loopback.c" -nt "$dir/loopback.so" ]; then
    cc -shared -fPIC -O1 -o "$dir/loopback.so.$$" "$eng/lib/loopback.c" -ldl && mv "$dir/loopback.so.$$" "$dir/loopback.so"
  fi
  ! (exec 3<>"/dev/tcp/127.0.0.1/$((http + i))") 2>/dev/null ||
    fail "port $((http + i)) is taken: set PACS_HTTP_PORT to the first of four free ones."
  LD_PRELOAD=$dir/loopback.so MALLOC_ARENA_MAX=5 setsid Orthanc "$dir/$name/orthanc.json" \
    </dev/null >"$dir/$name/log" 2>&1 &
  local pid=$!
  echo "$pid $(started_at "$pid")" >"$dir/$name/pid"
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 "$pid" 2>/dev/null || break
    (exec 3<>"/dev/tcp/127.0.0.1/$((http + i))") 2>/dev/null && return
    sleep 0.1
  done
  fail "the Orthanc of $name did not start; its last words: $(tail -n 3 "$dir/$name/log")"
}

# stop HOSPITAL [SIGNAL]
stop() {
  local name=$1 pid tries
  number "$name" >/dev/null
  running "$name" || return 0
  read -r pid _ <"$dir/$name/pid"
  kill -"${2:-TERM}" "$pid"
  for ((tries = 0; tries < 100; tries++)); do
    running "$name" || break
    sleep 0.1
  done
  ! running "$name" || kill -KILL "$pid"
  rm -f "$dir/$name/pid"
}

addresses() {
  local i
  for i in "${!hospitals[@]}"; do
    echo "${hospitals[$i]^^}=http://127.0.0.1:$((http + i))/dicom-web"
  done
  echo "SECRETS=$dir/secrets"
}

status() {
  local i name
  for i in "${!hospitals[@]}"; do
    name=${hospitals[$i]}
    if running "$name"; then
      echo "$name runs, DICOMweb on port $((http + i)), DIMSE on port $((dimse + i)) as ${name^^}"
    else
      echo "$name is down"
    fi
  done
}

# send HOSPITAL: the files named on stdin
send() {
  local i
  i=$(number "$1")
  # --no-halt: a file that the PACS refuses does not keep the others from it. It then ends with an error, which is told.
  xargs -r -d '\n' -n 200 dcmsend --no-halt -aec "${1^^}" 127.0.0.1 $((dimse + i)) ||
    echo "pacs: some files were not taken by $1" >&2
}

load() {
  local from=$1 name sent=0
  command -v dcmsend >/dev/null || fail "dcmsend is not installed: run eng/setup.sh."
  for name in "${hospitals[@]}"; do
    if [ -f "$from/manifest.csv" ]; then
      # the columns image and hospital, wherever they are
      awk -F, -v hospital="$name" -v images="$from/images" '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); sub(/\r$/, ""); for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["hospital"] == hospital { print images "/" $column["image"] }' "$from/manifest.csv" | send "$name"
      sent=1
    elif [ -d "$from/$name" ]; then
      find "$from/$name" -type f | send "$name"
      sent=1
    fi
  done
  [ "$sent" -eq 1 ] || fail "$from has neither a manifest.csv nor folders named ${hospitals[*]}."
}

mkdir -p "$dir"
case "${1:-} $#" in
"up 1")
  for name in "${hospitals[@]}"; do start "$name"; done
  addresses
  ;;
"down 1")
  for name in "${hospitals[@]}"; do stop "$name" & done
  wait
  ;;
"status 1") status ;;
"start 2") start "$2" ;;
"stop 2") stop "$2" ;;
"kill 2") stop "$2" KILL ;;
"load 2") load "$2" ;;
*) fail "usage: eng/pacs.sh up|down|status, start|stop|kill HOSPITAL, or load DIR" ;;
esac
