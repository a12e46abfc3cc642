#!/bin/sh
# Measures what a prediction costs, here and behind nginx and HAProxy, and puts the tables into README.md.
# usage: measure.sh [next-word] [mail]
# It starts and ends all of them, on loopback; four minutes a model, on a machine that does nothing else.
set -eu
cd "$(dirname "$0")/../.."
for peer in nginx haproxy; do
    if ! command -v "$peer" >/dev/null; then
        echo "$peer: not installed (expected: apt-get install nginx haproxy)" >&2
        exit 2
    fi
done
for model in ${*:-next-word mail}; do
    case $model in
        next-word) test=nextWord ;;
        mail) test=mail ;;
        *)
            echo "model: $model (expected: next-word or mail)" >&2
            exit 2
            ;;
    esac
    ${MVN:-mvn} -B verify -Pserving -pl loadtest -am "-Dtest=ServingCostTest#$test" \
        -Dsurefire.failIfNoSpecifiedTests=false
    awk -v marker="<!-- $model: as measure.sh wrote it -->" -v table="loadtest/target/serving-$model.md" '
        skips && !/^\|/ { skips = 0 }
        !skips { print }
        $0 == marker { while ((getline line < table) > 0) print line; skips = 1 }' README.md >loadtest/target/README.md
    cat loadtest/target/README.md >README.md
done
