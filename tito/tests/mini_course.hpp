// tito / mini_course.hpp: a complete course of two modules and three blanks in a folder of its own.
//
// It holds: every proof says yes. A test plants one defect by replace(), and expects the proof to
// name it.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "course.hpp"
#include "proofs/suite_proofs.hpp"

namespace tito_test {

class MiniCourse {
 public:
  MiniCourse();

  ~MiniCourse();
  MiniCourse(const MiniCourse&) = delete;
  MiniCourse& operator=(const MiniCourse&) = delete;

  const std::filesystem::path& root() const { return root_; }
  grader::Course course() const { return grader::Course::load(root()); }

  std::string read(const std::string& file) const;
  void write(const std::string& file, const std::string& text) const;
  /// Replaces a text that stands in the file exactly once; anything else fails the test.
  void replace(const std::string& file, std::string_view from, std::string_view to) const;

 private:
  std::filesystem::path root_;
};

/// A setting for the proofs with the real repository's cache, so that Catch2 is compiled once and
/// not again.
tito::ProofSetting setting_for(const grader::Course&);

/// Does one of the problems contain this text? If not, they are shown.
bool mentions(const tito::Problems&, const std::string& text);

}  // namespace tito_test
