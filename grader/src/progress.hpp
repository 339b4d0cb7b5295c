// grader / progress.hpp: results as JSON, schema "tinytorch.progress/1"
// (grader/schema/progress.schema.json).
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "files.hpp"  // write_atomically
#include "session.hpp"

namespace grader {

/// The blank a student should write next: the first, in course order, whose tests do not all pass.
struct NextBlank {
  std::string blank, function, file;  // file relative to the tree
  int line = 0;
};

std::optional<NextBlank> next_blank(const Course&, const std::vector<ModuleResult>&,
                                    const std::filesystem::path& tree);

nlohmann::json progress_json(const Course&, const std::vector<ModuleResult>&,
                             const std::filesystem::path& tree);

}  // namespace grader
