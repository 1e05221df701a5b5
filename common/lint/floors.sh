#!/usr/bin/env bash
# Checks that the parts of a kernel depend on each other in one direction: each part has a floor, and
# a file may include headers of its own part and of lower floors. A file on the top floor, where the
# parts are put together, may include any header.
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
top=5 # main.cpp, the shell, and everything else

# Prints the folder of a file, or nothing if it is in none.
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
        echo "$file:$line: $from must not include $to, which is not on a lower floor"
        status=1
    fi
done < <(grep -rn --include='*.?pp' '^#include "' "$post/kernel")
exit "$status"
