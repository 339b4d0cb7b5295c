// support / sheet_facts.hpp: the JSON beside a sheet of pictures, read and checked.
//
// Everything after it may rely on these numbers. The format: datasets/README.md.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include <tinytorch/support/json.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

struct SheetFacts {
  Index count = 0;                   // of pictures
  Index width = 0, height = 0;       // of one picture
  Index columns = 0, rows = 0;       // of pictures in the sheet; the last row may be short
  std::vector<std::string> classes;  // their names
  std::vector<Index> labels;         // for each picture, a position in `classes`
  std::map<std::string, std::array<Index, 2>> splits;  // name -> first picture, one past the last
};

namespace detail {

/// The letters of `labels` as positions in the list of classes.
inline std::vector<Index> label_positions(const std::string& letters,
                                          const std::vector<std::string>& classes,
                                          const std::string& who) {
  std::vector<Index> labels;
  for (const char letter : letters) {
    const auto found = std::find(classes.begin(), classes.end(), std::string(1, letter));
    if (found == classes.end()) {
      throw FileError(who + ": expects labels that are among the classes, got '" + letter + "'");
    }
    labels.push_back(found - classes.begin());
  }
  return labels;
}

inline void check_splits(const SheetFacts& facts, const std::string& who) {
  for (const auto& [name, range] : facts.splits) {
    const auto [first, stop] = range;
    if (first < 0 || first > stop || stop > facts.count) {
      throw FileError(who + ": expects split " + name + " inside 0 .. " +
                      std::to_string(facts.count) + ", got " + std::to_string(first) + " .. " +
                      std::to_string(stop));
    }
    for (const auto& [other_name, other] : facts.splits) {
      if (name < other_name && first < other[1] && other[0] < stop) {
        throw FileError(who + ": expects no picture in two splits, got " + name + " and " +
                        other_name + " that overlap");
      }
    }
  }
}

}  // namespace detail

/// `who` names the text in errors: a file.
inline SheetFacts read_sheet_facts(const std::string& text, const std::string& who) {
  SheetFacts facts;
  std::string letters;
  const Json json = parse_json(text, who);
  try {
    json.at("count").get_to(facts.count);
    json.at("cols").get_to(facts.columns);
    json.at("tile").at(0).get_to(facts.width);
    json.at("tile").at(1).get_to(facts.height);
    json.at("classes").get_to(facts.classes);
    json.at("labels").get_to(letters);
    json.at("splits").get_to(facts.splits);
  } catch (const nlohmann::json::exception& error) {
    throw FileError(who + ": expects count, cols, tile, classes, labels and splits, got " +
                    json_reason(error));
  }
  if (std::min({facts.count, facts.columns, facts.width, facts.height}) < 1) {
    throw FileError(who + ": expects count, cols and tile >= 1");
  }
  if (static_cast<Index>(letters.size()) != facts.count) {
    throw FileError(who + ": expects " + std::to_string(facts.count) +
                    " labels, one for each picture, got " + std::to_string(letters.size()));
  }
  facts.rows = (facts.count + facts.columns - 1) / facts.columns;
  facts.labels = detail::label_positions(letters, facts.classes, who);
  detail::check_splits(facts, who);
  return facts;
}

}  // namespace tinytorch
