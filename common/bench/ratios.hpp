// Google Benchmark's results, as ratios of one contestant's time to another's.
//
// A machine's speed drifts, and the repetitions of all are run in random order. They are compared
// pair by pair, the first of the one with the first of the other, and so on: how far these ratios
// lie apart shows how much of a ratio is chance.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct Ratio {
    std::string trace;
    std::string peer;
    double median;
    double lowest;
    double highest;
};

// `json` is the output of a program whose benchmarks are named TRACE/CONTESTANT and count the items
// that they process. One ratio for each trace and each peer of `contestant`, in the order of
// their names, and at the end one for each peer over all traces: "geometric mean", its spread that
// of the repetitions. Throws std::runtime_error if there is nothing to compare.
std::vector<Ratio> ratios_of(const std::string& contestant, const std::string& json);

} // namespace bench
