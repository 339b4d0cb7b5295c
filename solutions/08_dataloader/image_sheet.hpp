// 08_dataloader / image_sheet.hpp: labelled pictures of one size, from datasets/.
//
//   const auto sheet = ImageSheet::load("datasets/digits8", "digits8");
//   const auto train = sheet.split("train");        a TensorDataset: x [1, 8, 8], y []
// NAME.png holds all pictures as tiles of one sheet, NAME.json says what they are
// (datasets/README.md). PNG is decoded by stb_image, JSON read by nlohmann/json: formats that
// others defined are read by their libraries (support/png.hpp, support/sheet_facts.hpp).
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/dataset.hpp>
#include <tinytorch/support/png.hpp>
#include <tinytorch/support/sheet_facts.hpp>

namespace tinytorch {

/// How the pictures lie in a sheet.
struct TileGrid {
  Index rows = 0, columns = 0;  // of tiles
  Index height = 0, width = 0;  // of one tile, in pixels
  Index count = 0;              // of pictures: the last row of tiles need not be full
};

/// The pictures of a sheet: [rows * height, columns * width] -> [count, 1, height, width].
///
/// Goal        From one large picture to many small ones.
/// Background  A row of pixels of the sheet crosses all tiles of its row, so the pixels of a tile do
///             not lie side by side: changing the shape alone would cut strips, not tiles. Name all
///             four axes, then change their order. The 1 is the channel: grey.
/// Examples    4 tiles of 1 x 2 in 2 columns:  1 2 | 3 4        1 2, 3 4, 5 6, 7 8
///                                             5 6 | 7 8   ->
/// Cost        one copy of the sheet, at the last reshape
inline Tensor cut_tiles(const Tensor& sheet, const TileGrid& grid) {
  // TODO(08.11): reshape, permute, reshape, slice.
  // HINT: [rows, height, columns, width] is a view of the sheet; in which order do you want them?
  // BEGIN SOLUTION 08.11
  return sheet.reshape({grid.rows, grid.height, grid.columns, grid.width})
      .permute({0, 2, 1, 3})  // [rows, columns, h, w]
      .reshape({grid.rows * grid.columns, 1, grid.height, grid.width})
      .slice(0, 0, grid.count);  // without the empty tiles at the end
  // END SOLUTION 08.11
}

/// A dataset of grey pictures, 0 (black) to 1 (white), and their classes.
class ImageSheet {
 public:
  ImageSheet(const std::filesystem::path& png, const std::filesystem::path& json)
      : facts_(read_sheet_facts(read_file(json), json.string())) {
    const GreyPicture picture = decode_grey(read_file(png), png.string());
    const TileGrid grid{facts_.rows, facts_.columns, facts_.height, facts_.width, facts_.count};
    const Index height = grid.rows * grid.height, width = grid.columns * grid.width;
    if (picture.height != height || picture.width != width) {
      throw FileError(png.string() + ": expects " + std::to_string(width) + " x " +
                      std::to_string(height) + " pixels for " + std::to_string(grid.count) +
                      " tiles of " + std::to_string(grid.width) + " x " +
                      std::to_string(grid.height) + ", got " + std::to_string(picture.width) +
                      " x " + std::to_string(picture.height));
    }
    const Tensor sheet = empty({height, width});
    std::transform(picture.pixels.begin(), picture.pixels.end(), sheet.data(),
                   [](std::uint8_t pixel) { return static_cast<real>(pixel) / 255; });
    images_ = cut_tiles(sheet, grid);
    labels_ = IndexTensor(facts_.labels, {facts_.count});
  }

  /// FOLDER/NAME.png with FOLDER/NAME.json.
  static ImageSheet load(const std::filesystem::path& folder, const std::string& name) {
    return ImageSheet(folder / (name + ".png"), folder / (name + ".json"));
  }

  Index size() const { return facts_.count; }
  Example get(Index i) const { return all().get(i); }  // [1, h, w], []

  const Tensor& images() const { return images_; }       // [N, 1, h, w]
  const IndexTensor& labels() const { return labels_; }  // [N], positions in classes()
  const std::vector<std::string>& classes() const { return facts_.classes; }

  /// The pictures that the sheet's makers set aside under this name: "train", "test". Views.
  TensorDataset<Tensor, IndexTensor> split(const std::string& name) const {
    const auto found = facts_.splits.find(name);
    if (found == facts_.splits.end()) {
      std::string names;
      for (const auto& [known, range] : facts_.splits) names += (names.empty() ? "" : ", ") + known;
      throw ValueError("ImageSheet: expects a split that the sheet has (" + names + "), got " +
                       name);
    }
    const auto [first, stop] = found->second;
    return {
        images_.slice(0, first, stop),
        IndexTensor({facts_.labels.begin() + first, facts_.labels.begin() + stop}, {stop - first})};
  }

 private:
  TensorDataset<Tensor, IndexTensor> all() const { return {images_, labels_}; }

  SheetFacts facts_;
  Tensor images_;       // [N, 1, h, w]
  IndexTensor labels_;  // [N]
};

}  // namespace tinytorch
