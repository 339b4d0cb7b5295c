// support / png.hpp: a grey PNG as bytes, through stb_image.
//
//   const GreyPicture p = decode_grey(read_file("digits8.png"), "digits8.png");
//   p.width, p.height, p.pixels        8 bits each, row by row
// stb_image is compiled into each source that includes this, with names that stay inside it
// (STB_IMAGE_STATIC): a framework of headers has no other place for it.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/types.hpp>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_NO_STDIO

#pragma GCC diagnostic push  // clang reads it, too
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wtype-limits"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#undef STB_IMAGE_IMPLEMENTATION

namespace tinytorch {

struct GreyPicture {
  Index width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// The pixels of a grey PNG. `who` names it in errors.
inline GreyPicture decode_grey(const std::string& bytes, const std::string& who) {
  const std::string got = ", got " + std::to_string(bytes.size()) + " bytes";
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw FileError(who + ": expects a PNG of less than 2 GiB" + got);
  }
  int width = 0, height = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()),
                            static_cast<int>(bytes.size()), &width, &height, &channels, 0),
      stbi_image_free);
  if (!pixels) {
    const char* reason = stbi_failure_reason();
    throw FileError(who + ": expects a whole PNG picture" + got +
                    " that break off or are damaged (stb_image: " + (reason ? reason : "") + ")");
  }
  if (channels != 1) {
    throw FileError(who + ": expects a grey picture, got one with " + std::to_string(channels) +
                    " channels");
  }
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, {pixels.get(), pixels.get() + count}};
}

}  // namespace tinytorch
