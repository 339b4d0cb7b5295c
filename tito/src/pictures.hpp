// tito / pictures.hpp: what a module looks like, drawn by the code that is in it.
//
// A module may have a program tests/pictures/NN_name.cpp. It is called with --out FOLDER, which exists, prints,
// writes FOLDER/NN_name.png, and exits with 0 if everything could be drawn, 1 if not.
#pragma once
#include <filesystem>
#include <string>

#include "context.hpp"

namespace tito {

/// The module's program; an empty path if it has none.
std::filesystem::path picture_source(const grader::Course&, const grader::Module&);

struct PictureOutcome {
  bool drawn = false;
  std::string output;  // what the program printed, if it was quiet
};

/// Builds the program with the release profile and runs it, on the student's code or the reference.
PictureOutcome draw_picture(const Context&, const grader::Module&, bool solution, bool quiet);

}  // namespace tito
