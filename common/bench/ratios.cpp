#include "bench/ratios.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace bench {
namespace {

using Times = std::vector<double>; // for an item, by repetition

// By name, and the names in the order of their appearance.
struct Results {
    std::vector<std::string> names;
    std::map<std::string, Times> times;
};

Results results_in(const std::string& json) {
    Results results;
    const auto root = nlohmann::json::parse(json);
    for (const auto& one : root.at("benchmarks")) {
        if (one.at("run_type").get<std::string>() != "iteration") {
            continue;
        }
        const std::string name = one.at("run_name");
        const std::size_t repetition = one.at("repetition_index");
        Times& times = results.times[name];
        if (times.empty()) {
            results.names.push_back(name);
        }
        times.resize(std::max(times.size(), repetition + 1));
        times[repetition] = 1 / one.at("items_per_second").get<double>();
    }
    std::ranges::sort(results.names); // random interleaving leaves them in no order
    return results;
}

Ratio summary(std::string trace, std::string peer, Times ratios) {
    std::ranges::sort(ratios);
    return {std::move(trace), std::move(peer), ratios[ratios.size() / 2], ratios.front(),
            ratios.back()};
}

} // namespace

std::vector<Ratio> ratios_of(const std::string& contestant, const std::string& json) {
    const Results results = results_in(json);
    std::vector<Ratio> ratios;
    std::map<std::string, Times> logarithms; // of each peer, summed over the traces
    std::map<std::string, unsigned> traces;
    for (const std::string& name : results.names) {
        const std::string trace = name.substr(0, name.rfind('/'));
        const std::string peer = name.substr(name.rfind('/') + 1);
        const auto own = results.times.find(trace + '/' + contestant);
        if (peer == contestant || own == results.times.end()) {
            continue;
        }
        const Times& theirs = results.times.at(name);
        Times each(std::min(own->second.size(), theirs.size()));
        std::ranges::transform(own->second, theirs, each.begin(), std::divides<>{});
        logarithms[peer].resize(each.size());
        std::ranges::transform(logarithms[peer], each, logarithms[peer].begin(),
                               [](double sum, double ratio) { return sum + std::log(ratio); });
        ++traces[peer];
        ratios.push_back(summary(trace, peer, each));
    }
    if (ratios.empty()) {
        throw std::runtime_error{"there is nothing to compare with " + contestant};
    }
    for (auto& [peer, sums] : logarithms) {
        for (double& sum : sums) {
            sum = std::exp(sum / traces[peer]);
        }
        ratios.push_back(summary("geometric mean", peer, sums));
    }
    return ratios;
}

} // namespace bench
