#include "machine/ending.hpp"

#include <ostream>

namespace bench {
namespace {

const char* name(End end) {
    switch (end) {
    case End::passed:
        return "passed";
    case End::failed:
        return "failed";
    case End::reset:
        return "reset";
    case End::panicked:
        return "panicked";
    case End::timed_out:
        return "timed out";
    case End::other:
        break;
    }
    return "other";
}

} // namespace

std::ostream& operator<<(std::ostream& stream, End end) {
    return stream << name(end);
}

std::ostream& operator<<(std::ostream& stream, const Ending& ending) {
    return stream << ending.end << ": " << ending.cause << '\n' << ending.last_log;
}

} // namespace bench
