// tito / sizes.hpp: how large each module is: headers, blanks, points, tests. Counted, so that no document need be.
#pragma once
#include <string>
#include <vector>

#include "course.hpp"

namespace tito {

struct ModuleSize {
  std::string id;
  int headers = 0, lines = 0, median = 0, longest = 0;  // of solutions/NN_name/*.hpp, in lines
  int core = 0, stretch = 0;                            // blanks
  int points = 0, tests = 0;
  double hours = 0;
};
ModuleSize size_of(const grader::Course&, const grader::Module&);

/// A table in Markdown, a module a row, and their sum.
std::vector<std::string> size_table(const std::vector<ModuleSize>&);

}  // namespace tito
