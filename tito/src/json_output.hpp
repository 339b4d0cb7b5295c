// tito / json_output.hpp: what tito writes and reads as JSON, in one file: the library takes
// seconds to compile.
#pragma once
#include <string>
#include <vector>

#include "context.hpp"
#include "report.hpp"

namespace tito {

/// tinytorch.progress/1, for --json.
std::string progress_text(const Context&, const std::vector<grader::ModuleResult>&);

/// A milestone that cannot be run yet, for --json.
std::string locked_text(const grader::Milestone&, const std::vector<std::string>& needs);

/// A text field at the top of a JSON document; empty if there is none.
std::string text_field(const std::string& document, const std::string& field);

/// A remembered report. parse_report throws on anything that report_text did not write.
std::string report_text(const ModuleReport&);
ModuleReport parse_report(const std::string&);

}  // namespace tito
