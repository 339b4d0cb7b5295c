// tito / lesson.hpp: sections of modules/NN_name/README.md.
#pragma once
#include <cstddef>
#include <string>

namespace tito {

/// The section about a blank: from the heading that names its id up to the next heading of the same
/// or a higher level. Empty if no heading does.
std::string lesson_section(const std::string& markdown, const std::string& blank_id);

/// Prose filled to `width` columns; headings, code, tables and indented lines as they are.
std::string fill_prose(const std::string& markdown, std::size_t width);

}  // namespace tito
