# Installs the engines that the storage and system tests start for themselves (eng/services.sh): Redis, PostgreSQL,
# Azurite, Orthanc (eng/pacs.sh).
# To be sourced; install_engines installs only what is missing, and starts nothing.

install_engines() {
  local wanted=()
  command -v redis-server >/dev/null || wanted+=(redis-server)
  postgres_binaries >/dev/null || wanted+=(postgresql)
  command -v npm >/dev/null || wanted+=(nodejs npm)
  # Orthanc listens on loopback only because of a library that eng/pacs.sh compiles; dcmsend fills it.
  command -v cc >/dev/null || wanted+=(gcc libc6-dev)
  command -v dcmsend >/dev/null || wanted+=(dcmtk)
  [ -f /usr/share/orthanc/plugins/libOrthancDicomWeb.so ] || wanted+=(orthanc orthanc-dicomweb)
  apt_install "${wanted[@]}" || return
  install_azurite
}

# Prints the folder with initdb, pg_ctl and psql of the newest PostgreSQL; fails when there is none.
postgres_binaries() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    [ -x "$folder/initdb" ] && echo "$folder" && return
  done
  folder=$(command -v initdb) && dirname "$(readlink -f "$folder")"
}

# apt_install PACKAGE...: those that are missing. Debian starts a service, and makes a database cluster on the default port, as
# soon as one is installed. Ours are private and on free ports: for the time of the installation both are forbidden.
apt_install() {
  local package missing=() as_root=()
  for package; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "setup: ${missing[*]} must be installed as root: run 'apt-get install ${missing[*]}' as root, then this again." >&2
      return 1
    }
    as_root=(sudo)
  fi
  local policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.d/no-main-cluster.conf
  local own_policy=no status=0
  if [ ! -e "$policy" ]; then
    own_policy=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod +x "$policy"
  fi
  "${as_root[@]}" mkdir -p "$(dirname "$clusters")"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$clusters" >/dev/null
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    status=$?
  "${as_root[@]}" rm -f "$clusters"
  [ "$own_policy" = no ] || "${as_root[@]}" rm -f "$policy"
  return "$status"
}

# Into eng/node_modules, at the versions of eng/package-lock.json. The lock names no registry: npm asks the one it is set up for.
install_azurite() {
  local eng
  eng=$(dirname "$(dirname "${BASH_SOURCE[0]}")")
  local stamp=$eng/node_modules/.installed
  cmp -s "$eng/package-lock.json" "$stamp" && return
  npm ci --prefix "$eng" --ignore-scripts --no-audit --no-fund --loglevel=error &&
    cp "$eng/package-lock.json" "$stamp"
}
