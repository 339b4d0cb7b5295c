// grader / files.hpp: small text files, read and written whole, and their lines.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The whole file. Throws UsageError that names it.
std::string read_text(const std::filesystem::path& file);

/// Writes `text` unless the file says just that already; makes its folder. True if it was written.
bool write_if_changed(const std::filesystem::path& file, const std::string& text);

/// Writes to a temporary file beside `path`, syncs it and renames it over: never half a file.
/// `mode`: who may read it, before the umask.
void write_atomically(const std::filesystem::path& path, const std::string& text,
                      unsigned mode = 0644);

/// The regular files directly in `folder` whose names end in `extension` (".hpp"), sorted; none if
/// there is no such folder.
std::vector<std::filesystem::path> list_files(const std::filesystem::path& folder,
                                              std::string_view extension);

/// "a\nb\n" -> a, b; and back, with a line end after each.
std::vector<std::string> split_lines(std::string_view text);
std::string join_lines(const std::vector<std::string>& lines);

/// Without white space at both ends.
std::string_view trim(std::string_view text);

}  // namespace grader
