#!/usr/bin/env bash
# A kernel's parts stand on floors, and none looks up: a file may include its own part's headers
# and those of lower floors. Only on the top one, where the parts are put together, everybody knows
# everybody.
#
# Usage: floors.sh POST      prints each include that breaks the rule, and fails if there is one
set -euo pipefail

declare -A floor=(
    [cpu]=0 [text]=0
    [devices]=1
    [console]=2
    [boot]=3 [runtime]=3 [interrupts]=3 [memory]=3
    [heap]=4
)
top=5 # main.cpp, the shell, and what is not a part

# The folder; files that lie in none are of no part.
part_of() {
    if [[ $1 == */* ]]; then
        echo "${1%%/*}"
    fi
}

post=${1%/}
status=0
while IFS=: read -r file line include; do
    from=$(part_of "${file#"$post/kernel/"}")
    to=$(part_of "${include#*\"}")
    from_floor=${floor[${from:-none}]:-$top}
    to_floor=${floor[${to:-none}]:-$top}
    if [[ $from != "$to" ]] && ((from_floor <= to_floor && from_floor < top)); then
        echo "$file:$line: $from must not include $to, which is not below it"
        status=1
    fi
done < <(grep -rn --include='*.?pp' '^#include "' "$post/kernel")
exit "$status"
