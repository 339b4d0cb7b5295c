// milestones / support / stb.hpp: stb_image and stb_image_write, for which our warnings were not made.
//
// Exactly one source file of a program, its main.cpp, defines STB_IMAGE_IMPLEMENTATION and
// STB_IMAGE_WRITE_IMPLEMENTATION before it includes this header.
#pragma once

#define STBI_ONLY_PNG
#define STBI_NO_HDR
#define STBI_NO_LINEAR

#pragma GCC diagnostic push  // clang reads it, too
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wtype-limits"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop
