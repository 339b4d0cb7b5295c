// grader / export / csv_read.hpp: RFC 4180 read: rosters, and our own mappings.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// Rows of cells; empty lines are left out. Takes LF and CRLF, and a byte order mark. Throws
/// UsageError that names the line of a quote that is not closed.
std::vector<std::vector<std::string>> parse_csv(std::string_view text);

}  // namespace grader
