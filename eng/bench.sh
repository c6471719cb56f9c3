#!/usr/bin/env bash
# Runs the benchmarks, side by side with their peers; JSON Lines on stdout.
#   eng/bench.sh         all of them
#   eng/bench.sh NAME    those whose name contains NAME
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build bench/CxrCluster.Benchmarks -c Release -v q >&2
exec dotnet bench/CxrCluster.Benchmarks/bin/Release/net10.0/cxr-bench.dll "$@"
