// The table that `make bench` leaves behind, for people and for programs.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bench {

struct Figure {
    std::string post; // or "common"
    std::string name;
    std::string value; // as it was printed
    std::string unit;
    std::string peers; // what others' code costs; empty if nobody has measured it
};

// Where and when it was measured: a key and what there is to say about it.
using Circumstances = std::vector<std::pair<std::string, std::string>>;

// A line of five fields, divided by tabs. Throws std::runtime_error if it has not as many.
Figure figure_in(const std::string& line);

// One table for each post.
std::string as_markdown(const Circumstances& circumstances, const std::vector<Figure>& figures);

// {"circumstances": {…}, "figures": [{"post": …, "name": …, "value": …, "unit": …, "peers": …}]}
// A value that is a number is one there too.
std::string as_json(const Circumstances& circumstances, const std::vector<Figure>& figures);

} // namespace bench
