// grader / sync.hpp: from solutions/ to the forms that students and proofs use.
//
// Interface:  read_solution reads a module's sources and checks its regions as a whole;
//             write_skeletons / write_probes write NN_name/*.hpp below any folder, so that a proof
//             never depends on what lies in modules/.
// Not here:   protecting a student's files (tito dev sync does that), the forms themselves
// (regions.hpp).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "course.hpp"
#include "overlay.hpp"
#include "regions.hpp"

namespace grader {

/// One header of solutions/NN_name.
struct SolutionSource {
  std::string name;             // "views.hpp"
  std::filesystem::path shown;  // "solutions/01_tensor/views.hpp", for messages
  std::string text;
  std::vector<Region> regions;
};

/// All headers of a module, sorted by name. Throws RegionError, also for an id used in two of its
/// files.
std::vector<SolutionSource> read_solution(const Course&, const Module&);

struct GeneratedFile {
  std::string name, text;
};

/// The skeleton (or the probe) of each header, in memory.
std::vector<GeneratedFile> skeletons(const Course&, const Module&);
std::vector<GeneratedFile> probes(const Course&, const Module&);

/// Writes them to `module_dir`/NAME.hpp, and removes headers there that have no source.
void write_skeletons(const Course&, const Module&, const std::filesystem::path& module_dir);
void write_probes(const Course&, const Module&, const std::filesystem::path& module_dir);

/// Writes the skeletons (probes) of all modules below tree/modules/NN_name; the overlay that uses
/// them.
Overlay skeleton_tree(const Course&, const std::filesystem::path& tree);
Overlay probe_tree(const Course&, const std::filesystem::path& tree);

/// Likewise the solutions as they are: the tree of a student who wrote the reference.
Overlay solved_tree(const Course&, const std::filesystem::path& tree);

/// Where a blank stands in a folder of headers: at its todo(...) call, else at its TODO comment.
struct BlankPlace {
  std::filesystem::path file;  // empty if neither is left
  int line = 0;
  bool written = false;  // the todo(...) call is gone
};
BlankPlace find_blank_place(const std::filesystem::path& module_dir, const std::string& blank_id);

}  // namespace grader
