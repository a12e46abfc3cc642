#!/bin/sh
# Measures what a prediction costs, here and behind nginx and HAProxy, and puts the tables into README.md.
# It starts and ends all of them, on loopback; some minutes on a machine that does nothing else.
set -eu
cd "$(dirname "$0")/../.."
for peer in nginx haproxy; do
    if ! command -v "$peer" >/dev/null; then
        echo "$peer: not installed (expected: apt-get install nginx haproxy)" >&2
        exit 2
    fi
done
${MVN:-mvn} -B verify -Pserving -pl loadtest -am -Dtest=ServingCostTest -Dsurefire.failIfNoSpecifiedTests=false
for model in next-word mail; do
    awk -v begin="<!-- $model: as measure.sh wrote it -->" -v table="loadtest/target/serving-$model.md" '
        $0 == begin { print; while ((getline line < table) > 0) print line; skips = 1; next }
        skips && !/^\|/ { skips = 0 }
        !skips { print }' README.md > loadtest/target/README.md
    cat loadtest/target/README.md > README.md
done
