// tito / skeleton_guard.hpp: writes skeletons into modules/ without ever losing what a student
// wrote.
//
// modules/.skeletons records the hash of each skeleton as it was last generated. It is committed,
// so that a fresh clone knows it too. A file may be replaced if it is still one of those; anything
// else is somebody's work, whatever git says (a student may have committed it), and is left alone
// without --force.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "course.hpp"

namespace tito {

struct SyncReport {
  std::vector<std::filesystem::path> written, removed, kept;  // kept: a student's work, not touched
  std::filesystem::path backup;  // where forced files went; empty if none did
};

/// Brings modules/NN_name/*.hpp in step with solutions/. `backup`: a folder for what --force
/// replaces.
SyncReport sync_skeletons(const grader::Course&, bool force, const std::filesystem::path& backup);

/// "01_tensor/shape.hpp" -> hash, as modules/.skeletons has it.
using SkeletonRecord = std::map<std::string, std::string>;
SkeletonRecord read_skeleton_record(const grader::Course&);
SkeletonRecord expected_skeleton_record(const grader::Course&);

/// Copies a module's headers to backup/modules/NN_name/.
void back_up_module(const grader::Course&, const grader::Module&,
                    const std::filesystem::path& backup);

}  // namespace tito
