// 08_dataloader / image_sheet.hpp: pictures out of a sheet.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A grey PNG of 6 x 4 pixels, the one in row r and column c being 10 r + c: 2 x 2 tiles of 3 x 2.
const std::string tiny_png =
    "89504e470d0a1a0a0000000d4948445200000006000000040800000000886f119f000000244944415478da63"
    "60606462666165e0e2e6e1e5e3671011151397906490935750545206000e9a01a57f5b4b930000000049454e"
    "44ae426082";

/// One pixel, red green and blue.
const std::string colour_png =
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da6360"
    "64620600000e0007e99237d40000000049454e44ae426082";

const std::string tiny_json =
    R"({"count": 3, "cols": 2, "tile": [3, 2], "classes": ["a", "b"], "labels": "bab",
        "splits": {"train": [0, 2], "test": [2, 3]}})";

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::strtol(hex.substr(i, 2).c_str(), nullptr, 16));
  }
  return bytes;
}

/// Writes tiny.png and tiny.json into a folder of its own and loads them.
ImageSheet load(const std::string& png_bytes, const std::string& json) {
  const std::filesystem::path folder = "sheet";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "tiny.png", std::ios::binary) << png_bytes;
  std::ofstream(folder / "tiny.json", std::ios::binary) << json;
  return ImageSheet::load(folder, "tiny");
}

std::string replaced(const std::string& old, const std::string& now) {
  std::string json = tiny_json;
  return json.replace(json.find(old), old.size(), now);
}

Tensor counted(const Shape& shape) { return arange(1, double(numel(shape)) + 1).reshape(shape); }

}  // namespace

TEST_CASE("cut_tiles: tiles and not strips", "[08.11][core]") {
  // 1 2 | 3 4
  // 5 6 | 7 8
  const Tensor tiles = cut_tiles(counted({2, 4}), {2, 2, 1, 2, 4});
  CHECK_TENSOR(tiles, values({1, 2, 3, 4, 5, 6, 7, 8}, {4, 1, 1, 2}));
  // Taller than wide, and the last row of tiles is not full:
  //  1  2  3
  //  4  5  6
  //  7  8  9
  // 10 11 12
  const Tensor tall = cut_tiles(counted({4, 3}), {2, 3, 2, 1, 4});
  CHECK_TENSOR(tall, values({1, 4, 2, 5, 3, 6, 7, 10}, {4, 1, 2, 1}));
}

TEST_CASE("cut_tiles: pixel by pixel where the format says", "[08.11][property]") {
  const TileGrid grid{3, 4, 2, 5, 10};
  const Tensor sheet = counted({6, 20});
  const Tensor tiles = cut_tiles(sheet, grid);
  REQUIRE(tiles.shape() == Shape{10, 1, 2, 5});
  Index wrong = 0;  // tile i begins at x = (i % columns) * width, y = (i / columns) * height
  for (Index i = 0; i < 10; ++i) {
    for (Index r = 0; r < 2; ++r) {
      for (Index c = 0; c < 5; ++c) {
        wrong += tiles.at({i, 0, r, c}) != sheet.at({i / 4 * 2 + r, i % 4 * 5 + c});
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("cut_tiles: a sheet that is a view and a sheet of one tile", "[08.11][edge]") {
  const Tensor turned = counted({4, 2}).transpose(0, 1);  // 1 3 5 7, 2 4 6 8
  CHECK_TENSOR(cut_tiles(turned, {1, 2, 2, 2, 2}), values({1, 3, 2, 4, 5, 7, 6, 8}, {2, 1, 2, 2}));
  CHECK_TENSOR(cut_tiles(counted({2, 3}), {1, 1, 2, 3, 1}),
               values({1, 2, 3, 4, 5, 6}, {1, 1, 2, 3}));
}

TEST_CASE("ImageSheet: pictures from 0 to 1 with their labels", "[08.11][core]") {
  const ImageSheet sheet = load(from_hex(tiny_png), tiny_json);
  CHECK(sheet.size() == 3);
  CHECK_TENSOR(sheet.images().select(0, 2) * 255, values({20, 21, 22, 30, 31, 32}, {1, 2, 3}));
  CHECK_TENSOR(sheet.get(1).x * 255, values({3, 4, 5, 13, 14, 15}, {1, 2, 3}));
  CHECK(text(sheet.labels()) == "[3]: 1 0 1");
  CHECK(text(sheet.get(-1).y) == "[]: 1");
  CHECK(sheet.classes()[1] == "b");
}

TEST_CASE("ImageSheet: splits are views of the sheet", "[08.11][systems]") {
  const ImageSheet sheet = load(from_hex(tiny_png), tiny_json);
  const auto before = memory::stats().allocations;
  const auto train = sheet.split("train"), test = sheet.split("test");
  CHECK(memory::stats().allocations == before);
  CHECK(train.size() == 2);
  CHECK(test.size() == 1);
  CHECK(test.get(0).y.item() == 1);
  CHECK(test.get(0).x.shares_storage_with(sheet.images()));
  CHECK_THROWS_WITH(sheet.split("dev"),
                    contains("a split that the sheet has (test, train), got dev"));
}

TEST_CASE("ImageSheet: a picture file that is not whole", "[08.11][errors]") {
  const std::string whole = from_hex(tiny_png);
  CHECK(load(whole, tiny_json).size() == 3);
  CHECK_THROWS_AS(ImageSheet::load("nowhere", "tiny"), FileError);
  CHECK_THROWS_WITH(ImageSheet::load("nowhere", "tiny"), contains("nowhere/tiny.json"));
  CHECK_THROWS_WITH(load(whole.substr(0, 60), tiny_json), contains("expects a whole PNG picture"));
  CHECK_THROWS_WITH(load("", tiny_json), contains("got 0 bytes"));
  CHECK_THROWS_WITH(load(from_hex(colour_png), tiny_json), contains("got one with 3 channels"));
  CHECK_THROWS_WITH(load(whole, replaced("[3, 2]", "[2, 2]")),
                    contains("expects 4 x 4 pixels for 3 tiles of 2 x 2, got 6 x 4"));
}

TEST_CASE("ImageSheet: facts that contradict each other", "[08.11][errors]") {
  const std::string png = from_hex(tiny_png);
  CHECK(load(png, tiny_json).size() == 3);
  CHECK_THROWS_WITH(load(png, "{"), contains("tiny.json: expects JSON"));
  CHECK_THROWS_WITH(load(png, replaced("labels", "label")), contains("expects count, cols, tile"));
  CHECK_THROWS_WITH(load(png, replaced("bab", "ba")), contains("expects 3 labels"));
  CHECK_THROWS_WITH(load(png, replaced("bab", "bxb")), contains("got 'x'"));
  CHECK_THROWS_WITH(load(png, replaced("\"cols\": 2", "\"cols\": 0")), contains("cols"));
  CHECK_THROWS_WITH(load(png, replaced("[2, 3]", "[2, 4]")), contains("split test inside 0 .. 3"));
  CHECK_THROWS_WITH(load(png, replaced("[2, 3]", "[1, 3]")), contains("in two splits"));
}
