# Reads the list under "## What changed" in a post's README.md and prints for each of its lines
#     changed|new|removed  TAB  path  TAB  reason
/^## / { inside = ($0 ~ /^## What changed *$/) }

inside && /^[-*] +`[^`]+`/ {
    split($0, part, "`")
    rest = substr($0, length(part[1]) + length(part[2]) + 3)
    tag = "changed"
    if (match(rest, /^ \((new|removed)\)/)) {
        tag = substr(rest, 3, RLENGTH - 3)
        rest = substr(rest, RLENGTH + 1)
    }
    reason = ""
    if (match(rest, /^: +/)) {
        reason = substr(rest, RLENGTH + 1)
    }
    print tag "\t" part[2] "\t" reason
}
