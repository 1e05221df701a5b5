#include "bench/bench_table.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_text(const std::string& text) {
    const Json number = Json::parse(text, nullptr, false);
    return number.is_number() ? number : Json(text);
}

// A bar would end the cell.
std::string cell(const std::string& text) {
    std::string escaped;
    for (const char character : text) {
        escaped += character == '|' ? std::string{"\\|"} : std::string{character};
    }
    return escaped;
}

} // namespace

Figure figure_in(const std::string& line) {
    std::istringstream stream{line + '\t'};
    std::vector<std::string> fields;
    for (std::string field; std::getline(stream, field, '\t');) {
        fields.push_back(field);
    }
    if (fields.size() != 5) {
        throw std::runtime_error{"a figure has five fields, and not: " + line};
    }
    return {fields[0], fields[1], fields[2], fields[3], fields[4]};
}

std::string as_markdown(const Circumstances& circumstances, const std::vector<Figure>& figures) {
    std::ostringstream text;
    text << "# Figures\n\n";
    for (const auto& [key, value] : circumstances) {
        text << "- " << key << ": " << value << '\n';
    }
    std::string post;
    for (const Figure& figure : figures) {
        if (figure.post != post) {
            post = figure.post;
            text << "\n## " << post
                 << "\n\n| figure | value | unit | others |\n|---|---:|---|---|\n";
        }
        text << "| " << cell(figure.name) << " | " << cell(figure.value) << " | "
             << cell(figure.unit) << " | " << cell(figure.peers) << " |\n";
    }
    return text.str();
}

std::string as_json(const Circumstances& circumstances, const std::vector<Figure>& figures) {
    Json root{{"circumstances", Json::object()}, {"figures", Json::array()}};
    for (const auto& [key, value] : circumstances) {
        root["circumstances"][key] = value;
    }
    for (const Figure& figure : figures) {
        root["figures"].push_back({{"post", figure.post},
                                   {"name", figure.name},
                                   {"value", number_or_text(figure.value)},
                                   {"unit", figure.unit},
                                   {"peers", figure.peers}});
    }
    return root.dump(2) + '\n';
}

} // namespace bench
