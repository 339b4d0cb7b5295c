// grader / entry_names.hpp: which names in a submission are a student's, and which are a danger.
//
// Pure functions on text; nothing here opens a file. A name that is not exactly one of the owned
// names is never taken, so the rest of this file only finds the words that say why.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "course.hpp"

namespace grader {

/// The headers that students write, by their path below a submission.
class OwnedNames {
 public:
  explicit OwnedNames(std::set<std::string> names) : names_(std::move(names)) {}
  /// What solutions/ has: the .hpp files of each module that is there.
  static OwnedNames of(const Course&);

  const std::set<std::string>& names() const { return names_; }
  /// modules/01_tensor/tensor.hpp, and nothing that is spelled in another way.
  bool owns(std::string_view path) const { return names_.count(std::string(path)) != 0; }
  /// owns(path), or owns what is left without the first folder: alice-main/modules/...
  bool owns_below_top(std::string_view path) const;
  /// Is it a folder above an owned name: modules, modules/01_tensor?
  bool leads_to_one(std::string_view folder) const;
  /// The owned name from which `path` differs only in upper and lower case, or "".
  std::string owned_twin(std::string_view path) const;
  /// The shortest part of a path that leads to no owned name: tests/pedagogy/x.cpp -> tests/
  std::string foreign_part(std::string_view path) const;

 private:
  std::set<std::string> names_;
};

/// Without "./" at the front, which tar writes, and "/" at the end, which marks a folder.
std::string plain_name(std::string_view path);

/// Why no entry should have this (plain) name, or "". For example "../x" "climbs out with ..".
std::string name_problem(std::string_view path);

/// In lower case; only ASCII, since an owned name has nothing else.
std::string fold_case(std::string_view path);

/// Fit for a report: one line, no control characters, at most 200 bytes.
std::string shown_path(std::string_view path);

}  // namespace grader
