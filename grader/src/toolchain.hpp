// grader / toolchain.hpp: from test sources and an overlay to an executable, quickly.
//
// Interface:  Toolchain(course, compiler, profile, cache).build(sources, overlay, last, name)
// How:        main + recorder and the precompiled header (std + Catch2) are made once per compiler
//             and profile; test sources are compiled in as many groups as there are jobs
//             (test_group.hpp), one by one where a group fails; all is cached by content.
// Not here:   running what was built (runner.hpp); explaining a compiler's log (diagnosis.hpp).
// Flags come from cmake/profiles.json, which CMakeLists.txt reads as well.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "course.hpp"
#include "overlay.hpp"
#include "parallel.hpp"

namespace grader {

struct SourceLog {
  std::filesystem::path source;
  bool ok = false;
  std::string log;  // the compiler's words
};

struct BuildResult {
  bool ok = false;
  std::filesystem::path executable;  // of the sources that compiled; empty if there is none
  std::vector<SourceLog> sources;    // one each, in order
  std::string link_log;
  double compile_seconds = 0, link_seconds = 0;
  bool cached = false;
};

/// How a build uses the processors.
struct Schedule {
  int jobs = 2;    // compiles at a time
  int groups = 2;  // in which the test sources are compiled (test_group.hpp)
  std::shared_ptr<Slots> slots = std::make_shared<Slots>(2);  // shared by builds side by side
};

class Toolchain {
 public:
  /// `compiler`: "g++" or "clang++" (or a path). `profile`: plain, asan, double, asan-double,
  /// release, or one of these at another level, such as plain-O2.
  Toolchain(const Course&, std::string compiler, std::string profile,
            std::filesystem::path cache /* e.g. root/build/cache */);

  void set_schedule(Schedule schedule) { schedule_ = std::move(schedule); }

  /// Compiles each test source against the overlay and links with the prepared main. A source that
  /// does not compile is left out of the executable, so that one missing member does not fail every
  /// test.
  BuildResult build(const std::vector<std::filesystem::path>& sources, const Overlay&,
                    const Module& last, const std::string& name, bool werror) const;

  /// One program with its own main (milestones, `tito run`).
  BuildResult build_program(const std::filesystem::path& source, const Overlay&,
                            const std::string& name,
                            const std::vector<std::string>& extra_flags = {}) const;

  /// The compile flags with which any program compiles against the overlay's include folder.
  std::vector<std::string> flags(const std::filesystem::path& include_dir) const;

 private:
  struct Inputs {
    std::vector<std::filesystem::path> sources;
    Overlay overlay;
    const Module& last;
    std::string name;
    bool werror;
  };
  /// Nothing if it takes another try, without the earlier modules precompiled.
  std::optional<BuildResult> build_once(const Inputs&, bool with_earlier) const;

  const Course* course_;
  std::string compiler_, profile_;
  std::filesystem::path cache_;
  Schedule schedule_;
};

}  // namespace grader
