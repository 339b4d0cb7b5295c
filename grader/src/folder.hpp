// grader / folder.hpp: reads a folder that was handed in, without following a link out of it.
#pragma once
#include <filesystem>
#include <vector>

#include "entry.hpp"
#include "entry_names.hpp"

namespace grader {

/// The entries of the folders that lead to owned names, sorted, and the text of owned headers. Other
/// folders are named but not walked: a student's build/ may be large. Where there is no modules/,
/// one level further down is looked at: handin/alice-main/modules. Throws UsageError if there is
/// no modules/ there either, RefusedSubmission if a limit is passed.
std::vector<Entry> read_folder(const std::filesystem::path& folder, const OwnedNames&,
                               const IntakeLimits& = {});

}  // namespace grader
