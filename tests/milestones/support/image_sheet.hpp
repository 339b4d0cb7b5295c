// milestones / support / image_sheet.hpp: labelled pictures of one size from datasets/NAME.
//
// NAME.png holds all pictures as tiles of one sheet; NAME.json says how large a tile is, how many stand in a
// row, what each shows, and which of them are for training and which for the test.
//
//   ImageSheet sheet = load_sheet(root / "datasets" / "digits8", "digits8");
//   Part train = sheet.part("train");       train.images: [1400, 8, 8], 0 .. 1;  train.labels: [1400]
//
// The sheet becomes tiles by the framework's own views, so a wrong permute shows here first.
#pragma once
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <tinytorch/tensor.hpp>

#include "picture.hpp"
#include "stop.hpp"

namespace milestone {

/// Some of the pictures of a sheet and what they show.
struct Part {
  tt::Tensor images;       // [N, height, width]
  tt::IndexTensor labels;  // [N], positions in ImageSheet::classes
};

struct ImageSheet {
  struct Range {
    tt::Index start = 0, stop = 0;
  };

  std::vector<std::string> classes;
  std::map<std::string, Range> splits;
  tt::Tensor images;  // [N, height, width]
  std::vector<tt::Index> labels;

  Part part(const std::string& split) const {
    const Range range = splits.at(split);
    return {images.slice(0, range.start, range.stop),
            tt::index_tensor({labels.begin() + range.start, labels.begin() + range.stop},
                             {range.stop - range.start})};
  }
};

namespace detail {

/// The json beside a sheet, checked: everything after it may rely on these numbers.
struct SheetFacts {
  tt::Index count = 0, width = 0, height = 0, columns = 0, rows = 0;
  std::vector<std::string> classes;
  std::vector<tt::Index> labels;
  std::map<std::string, ImageSheet::Range> splits;
};

inline SheetFacts read_facts(const std::filesystem::path& file, const std::string& hint) {
  const auto fail = [&](const std::string& what) {
    throw InfrastructureError(file.string() + ": " + what + "\n  hint: " + hint);
  };
  SheetFacts facts;
  std::string letters;
  std::map<std::string, std::array<tt::Index, 2>> splits;
  try {
    const auto json = nlohmann::json::parse(read_bytes(file, hint));
    json.at("count").get_to(facts.count);
    json.at("cols").get_to(facts.columns);
    json.at("tile").at(0).get_to(facts.width);
    json.at("tile").at(1).get_to(facts.height);
    json.at("classes").get_to(facts.classes);
    json.at("labels").get_to(letters);
    json.at("splits").get_to(splits);
  } catch (const nlohmann::json::exception& error) {
    fail("expects count, cols, tile, classes, labels and splits, got " +
         std::string(error.what()).substr(0, 100));  // it may quote the whole file
  }
  if (std::min({facts.count, facts.columns, facts.width, facts.height}) < 1) {
    fail("expects count, cols and tile >= 1");
  }
  facts.rows = (facts.count + facts.columns - 1) / facts.columns;
  if (static_cast<tt::Index>(letters.size()) != facts.count) {
    fail("expects " + std::to_string(facts.count) + " labels, one for each picture, got " +
         std::to_string(letters.size()));
  }
  for (const char letter : letters) {
    const auto found =
        std::find(facts.classes.begin(), facts.classes.end(), std::string(1, letter));
    if (found == facts.classes.end()) {
      fail(std::string("expects labels that are among the classes, got '") + letter + "'");
    }
    facts.labels.push_back(found - facts.classes.begin());
  }
  for (const char* name : {"train", "test"}) {
    if (!splits.contains(name)) fail(std::string("expects a split named ") + name);
  }
  for (const auto& [name, range] : splits) {
    if (range[0] < 0 || range[0] >= range[1] || range[1] > facts.count) {
      fail("expects split " + name + " inside 0 .. " + std::to_string(facts.count) + ", got " +
           std::to_string(range[0]) + " .. " + std::to_string(range[1]));
    }
    facts.splits[name] = {range[0], range[1]};
  }
  const ImageSheet::Range train = facts.splits["train"], test = facts.splits["test"];
  if (train.start < test.stop && test.start < train.stop) {
    fail("expects no picture in both train and test, got splits that overlap");
  }
  return facts;
}

}  // namespace detail

/// Reads FOLDER/NAME.json and FOLDER/NAME.png. Pixels 0 .. 255 become 0 .. 1.
inline ImageSheet load_sheet(const std::filesystem::path& folder, const std::string& name) {
  const std::string hint = "git checkout -- datasets/" + name + "   brings the data back";
  const detail::SheetFacts facts = detail::read_facts(folder / (name + ".json"), hint);
  const std::filesystem::path file = folder / (name + ".png");
  const Picture sheet = read_grey(file, hint);
  if (sheet.width != facts.columns * facts.width || sheet.height != facts.rows * facts.height) {
    throw InfrastructureError(
        file.string() + ": expects " + std::to_string(facts.columns * facts.width) + " x " +
        std::to_string(facts.rows * facts.height) + " pixels for " + std::to_string(facts.count) +
        " tiles of " + std::to_string(facts.width) + " x " + std::to_string(facts.height) +
        ", got " + std::to_string(sheet.width) + " x " + std::to_string(sheet.height) +
        "\n  hint: " + hint);
  }
  std::vector<tt::real> values;
  for (const std::uint8_t pixel : sheet.pixels) values.push_back(tt::real(pixel) / 255);

  // A row of the sheet crosses all tiles of its row of tiles. Name all four axes, then change their order.
  const tt::Tensor tiles =
      tt::tensor(values, {facts.rows, facts.height, facts.columns, facts.width})
          .permute({0, 2, 1, 3})  // [rows, columns, h, w]
          .reshape({facts.rows * facts.columns, facts.height, facts.width})  // [tiles, h, w]
          .slice(0, 0, facts.count);  // the last row is not full
  return {facts.classes, facts.splits, tiles, facts.labels};
}

}  // namespace milestone
