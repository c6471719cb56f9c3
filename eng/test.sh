#!/usr/bin/env bash
# Builds, checks the formatting and runs every test; ends with "N passed, N failed, N skipped".
#   eng/test.sh            everything
#   eng/test.sh Imaging    the test projects whose name contains the word; if there is none, the tests whose name does
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
filter=${1:-}
configuration=Release
patience=600 # seconds for one project's tests: a hang is a failure, not a wait
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export GOMP_SPINCOUNT=0 # tests compute side by side: a thread that waits must not hold a core

eng/setup.sh || exit 1
dotnet csharpier check . || { echo "test: run 'dotnet csharpier format .' and commit the result." >&2; exit 1; }
dotnet build CxrCluster.sln -c "$configuration" -v q || exit 1

projects=(tests/*.Tests)
arguments=()
if [ -n "$filter" ]; then
  projects=(tests/*"$filter"*.Tests)
  if [ ! -e "${projects[0]}" ]; then
    projects=(tests/*.Tests)
    arguments=(--filter-method "*$filter*")
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for project in "${projects[@]}"; do
  echo "== $(basename "$project")"
  # every result goes to the log; people see what did not pass, with its reason
  timeout --kill-after=10 "$patience" dotnet test --project "$project" -c "$configuration" --no-build --no-progress --output Detailed "${arguments[@]}" 2>&1 |
    tee -a "$log" | grep -vE '^(passed |Running tests from |  from )'
  code=${PIPESTATUS[0]}
  # 8: no test of this project matched the filter
  if [ "$code" -ne 0 ] && ! { [ "$code" -eq 8 ] && [ ${#arguments[@]} -gt 0 ]; }; then status=1; fi
done

# The runner's own summaries: "  total: 12", "  failed: 0", "  succeeded: 11", "  skipped: 1".
awk '
  $1 == "succeeded:" { passed += $2 }
  $1 == "failed:" { failed += $2 }
  $1 == "skipped:" { skipped += $2 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit passed == 0 }
' "$log" || status=1
exit "$status"
