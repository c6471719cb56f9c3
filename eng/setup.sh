#!/usr/bin/env bash
# Installs what this machine lacks. Idempotent.
#   eng/setup.sh            what the tests need: Redis, PostgreSQL, Azurite, Orthanc, dcmtk, GDCM
#   eng/setup.sh --oracles  also the independent references of the fixtures: OpenCV, torchvision, scikit-learn, pydicom, dcmtk
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dotnet >/dev/null; then
  echo "setup: the .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0, or https://dotnet.microsoft.com/download) and run this again." >&2
  exit 1
fi
case "$(dotnet --version)" in
  10.*) ;;
  *) echo "setup: .NET SDK $(dotnet --version) is here, 10.0 is needed. Install it and run this again." >&2; exit 1 ;;
esac

# shellcheck source=eng/lib/install-engines.sh
source "$here/lib/install-engines.sh"
install_engines
# Decodes compressed DICOM pixels, in child processes. Debian 12 and Ubuntu 24.04 have it; without it all but those still works.
apt_install libgdcm-cil ||
  echo "setup: libgdcm-cil could not be installed: compressed DICOM pixels will be refused ('cxr doctor' says so)." >&2

if [ "${1:-}" = "--oracles" ]; then
  apt_install python3-opencv python3-torchvision python3-sklearn python3-pydicom dcmtk dicom3tools
fi
(cd "$here/.." && dotnet tool restore >/dev/null)
