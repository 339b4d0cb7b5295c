// grader / course.hpp: the one manifest, modules/course.json, as C++ values.
//
// Interface:  Course::load(root) reads and checks it; module() finds one by "02", "2", "ops" or "02_ops".
// Not here:   where a blank stands in the sources (regions.hpp), which tests exist (test_index.hpp).
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// What a person did wrong in a command or a manifest: tools print it and exit with 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The machine, not the submission, is at fault: tools print it and exit with 3.
struct InfrastructureError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One thing that a student writes.
struct Blank {
  std::string id;        // "01.2"
  std::string function;  // "row_major_strides"
  int points = 0;
  bool stretch = false;            // "role": "stretch"; otherwise "core"
  std::vector<std::string> hints;  // from a nudge to nearly the answer
};

struct Module {
  std::string id;      // "01_tensor"
  std::string slug;    // "tensor"
  std::string title;   // "memory, shape, strides; views are free"
  std::string header;  // "tensor.hpp", the one that others include as <tinytorch/tensor.hpp>
  std::vector<std::string> needs;  // ids of earlier modules
  double hours = 0;
  int regression_points = 0;  // shared by the module's regression tests
  bool planned = false;       // announced, not there yet
  std::vector<Blank> blanks;
  std::string milestone;  // id of the milestone that passing this module unlocks, or empty

  int number() const;      // 1 for "01_tensor"
  int max_points() const;  // core blanks + regression_points; stretch blanks have their own credit
  const Blank* find_blank(std::string_view blank_id) const;
};

struct Milestone {
  std::string id;                  // "M1"
  std::string slug;                // "perceptron", in tests/milestones/01_perceptron
  std::string folder;              // "01_perceptron"
  std::string title;               // "Perceptron 1958"
  std::vector<std::string> needs;  // module ids
  std::vector<std::string> needs_blanks;  // stretch blanks of them that it uses as well
};

struct Course {
  std::filesystem::path root;  // the repository
  std::string name;
  std::vector<Module> modules;  // in order, planned ones too
  std::vector<Milestone> milestones;
  int integration_percent = 0;  // of a blank's points: what it takes to pass on one's own modules

  /// Reads root/modules/course.json. Throws UsageError that names the field and what it expects.
  static Course load(const std::filesystem::path& root);

  std::vector<const Module*> available() const;       // those that are not planned
  const Module& module(std::string_view name) const;  // throws UsageError listing the names
  const Module& module_of_blank(std::string_view blank_id) const;
  /// "01-03", "02", "01,03" or "" (all available) -> modules in order.
  std::vector<const Module*> select(std::string_view range) const;

  std::filesystem::path student_dir(const Module& m) const;   // root/modules/01_tensor
  std::filesystem::path solution_dir(const Module& m) const;  // root/solutions/01_tensor
};

}  // namespace grader
