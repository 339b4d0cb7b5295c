// grader / archive.hpp: reads a .zip, .tar or .tar.gz that was handed in. Nothing is written.
//
// What the file is, its content says and not its name. An archive inside an archive is one more
// entry that nobody wants. Not here: what is taken (intake.hpp).
#pragma once
#include <filesystem>
#include <vector>

#include "entry.hpp"
#include "entry_names.hpp"

namespace grader {

/// All entries in their order, with the text of those that may be owned headers. Throws
/// RefusedSubmission if the archive is broken or passes a limit; UsageError if it cannot be opened
/// or the grader was built without libarchive.
std::vector<Entry> read_archive(const std::filesystem::path& file, const OwnedNames&,
                                const IntakeLimits& = {});

}  // namespace grader
