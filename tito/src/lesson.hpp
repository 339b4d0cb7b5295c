// tito / lesson.hpp: sections of modules/NN_name/README.md.
#pragma once
#include <string>

namespace tito {

/// The section about a blank: from the heading that names its id up to the next heading of the same
/// or a higher level. Empty if no heading does.
std::string lesson_section(const std::string& markdown, const std::string& blank_id);

}  // namespace tito
