// milestones / support / color_picture.hpp: colour pictures from and to PNG files.
//
//   Tensor x = read_color("photo.png");     [1, 3, height, width], 0 .. 255
//   write_color("out.png", x);              the same, clamped to 0 .. 255 and rounded
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <tinytorch/tensor.hpp>

#include "picture.hpp"
#include "stb.hpp"
#include "stop.hpp"

namespace milestone {

/// Red, green and blue as three channels: [1, 3, H, W]. How transparent a pixel is, is left out.
inline tt::Tensor read_color(const std::filesystem::path& file, const std::string& hint) {
  const std::string bytes = read_bytes(file, hint);
  int width = 0, height = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()),
                            static_cast<int>(bytes.size()), &width, &height, &channels, 3),
      stbi_image_free);
  if (!pixels || channels < 3) {
    throw InfrastructureError(file.string() + ": expects a whole PNG in colour, got " +
                              std::to_string(bytes.size()) + " bytes with " +
                              std::to_string(channels) + " channels\n  hint: " + hint);
  }
  const tt::Index rows = height, columns = width;
  const std::vector<tt::real> values(pixels.get(), pixels.get() + rows * columns * 3);
  return tt::tensor(values, {1, rows, columns, 3}).permute({0, 3, 1, 2}).contiguous();
}

/// A number as a screen shows it: 0 .. 255, rounded; NaN is black.
inline std::uint8_t shown_level(tt::real value) {
  return static_cast<std::uint8_t>(std::lround(value > 0 ? std::min(value, tt::real(255)) : 0));
}

inline void write_color(const std::filesystem::path& file, const tt::Tensor& picture) {
  const tt::Tensor rows = picture.select(0, 0).permute({1, 2, 0}).contiguous();  // [H, W, 3]
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(rows.numel()));
  std::transform(rows.data(), rows.data() + rows.numel(), pixels.begin(), shown_level);
  const int width = static_cast<int>(rows.size(1)), height = static_cast<int>(rows.size(0));
  if (stbi_write_png(file.string().c_str(), width, height, 3, pixels.data(), width * 3) == 0) {
    throw InfrastructureError(file.string() + ": cannot be written\n  hint: is the disk full?");
  }
}

}  // namespace milestone
