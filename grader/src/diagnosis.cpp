#include "diagnosis.hpp"

#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t error_limit = 600;

/// A substring of the compiler's message, and what it usually means.
struct Explanation {
  std::string_view sign, words;
};

constexpr std::array explanations = {
    Explanation{"no member named 'length'",
                "A Shape counts its axes with size(); a Tensor has dim() and numel()."},
    Explanation{"has no member named",
                "That type has no such member: check the spelling, and what the variable is."},
    Explanation{"no member named",
                "That type has no such member: check the spelling, and what the variable is."},
    Explanation{"which is of non-class type",
                "A plain number or pointer has no members: is it the variable you mean?"},
    Explanation{"member reference base type",
                "A plain number or pointer has no members: is it the variable you mean?"},
    Explanation{"was not declared in this scope",
                "The compiler does not know this name here: a typing error, a "
                "missing #include, or it is declared further down."},
    Explanation{"use of undeclared identifier",
                "The compiler does not know this name here: a typing error, a "
                "missing #include, or it is declared further down."},
    Explanation{"does not name a type",
                "The compiler does not know this type: a typing error or a missing #include."},
    Explanation{"expected ';'", "A semicolon is missing, often at the end of the line before."},
    Explanation{"expected '}'",
                "A closing brace is missing; look for the block that was not closed."},
    Explanation{"expected unqualified-id",
                "Something before this line is not finished: a brace or a semicolon."},
    Explanation{"expected primary-expression",
                "A value is missing here: look for a stray operator or comma."},
    Explanation{"expected expression",
                "A value is missing here: look for a stray operator or comma."},
    Explanation{"no matching function",
                "A function of this name exists, but not for these arguments: compare their "
                "number and types with its declaration."},
    Explanation{"no match for 'operator",
                "These two types have no such operator: print or check their types."},
    Explanation{"invalid operands to binary",
                "These two types have no such operator: check their types."},
    Explanation{"discards qualifiers",
                "The object is const here, but the function may change it: mark the function "
                "const or work on a copy."},
    Explanation{"but function is not marked const",
                "The object is const here, but the function may change it: mark "
                "the function const or work on a copy."},
    Explanation{"read-only", "This is const and cannot be assigned to: work on a copy."},
    Explanation{"const-qualified type", "This is const and cannot be assigned to: work on a copy."},
    Explanation{"narrowing conversion",
                "Braces refuse to lose digits: write static_cast<Index>(...) where you mean it."},
    Explanation{"cannot be narrowed",
                "Braces refuse to lose digits: write static_cast<Index>(...) where you mean it."},
    Explanation{"cannot convert", "The value has another type than the one that is needed here."},
    Explanation{"could not convert",
                "The value has another type than the one that is needed here."},
    Explanation{"no viable conversion",
                "The value has another type than the one that is needed here."},
    Explanation{"redefinition of", "This is defined twice; keep one of the two."},
    Explanation{"redeclared", "This name is used twice in the same block; keep one of the two."},
    Explanation{"ignoring return value",
                "The result is thrown away: these functions change nothing, they return a "
                "new value."},
    Explanation{"different signedness",
                "A signed and an unsigned number are compared: use Index, or static_cast one."},
    Explanation{"is private within",
                "That member is private: use the public function that reads it."},
    Explanation{"is a private member",
                "That member is private: use the public function that reads it."},
    Explanation{"incomplete type",
                "The type is only announced here: include the header that defines it."},
    Explanation{"No such file", "The file in this #include is not there: check its name."},
    Explanation{"file not found", "The file in this #include is not there: check its name."},
    Explanation{"undefined symbol",
                "Declared and used, but its body is nowhere: was it deleted or renamed?"},
    Explanation{"undefined reference",
                "Declared and used, but its body is nowhere: was it deleted or renamed?"},
    Explanation{"no return statement", "The function must return a value on every path."},
    Explanation{
        "did not finish",
        "The compiler is kept busy without end: look for a template or constexpr that calls "
        "itself."},
};

/// "path:12:5: error: words" taken apart.
struct Report {
  fs::path file;
  int line = 0, column = 0;
  std::string words;
  std::size_t at = 0;  // index of its line in the log
  bool is_error = false;
};

std::optional<Report> parse_report(const std::string& line) {
  Report report;
  std::size_t pos = 0;
  for (std::size_t colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1)) {
    char* end = nullptr;
    report.line = static_cast<int>(std::strtol(line.c_str() + colon + 1, &end, 10));
    if (report.line <= 0 || *end != ':') continue;
    report.file = line.substr(0, colon);
    pos = static_cast<std::size_t>(end - line.c_str()) + 1;
    report.column = static_cast<int>(std::strtol(line.c_str() + pos, &end, 10));
    if (report.column > 0 && *end == ':') pos = static_cast<std::size_t>(end - line.c_str()) + 1;
    break;
  }
  if (pos == 0) return std::nullopt;
  std::string_view words = trim(std::string_view(line).substr(pos));
  for (const std::string_view kind : {"fatal error: ", "error: "}) {
    if (!words.starts_with(kind)) continue;
    words.remove_prefix(kind.size());
    report.is_error = true;
  }
  report.words = std::string(words);
  return report;
}

bool is_below(const fs::path& file, const fs::path& folder) {
  if (folder.empty()) return false;
  const fs::path relative = fs::absolute(file).lexically_normal().lexically_relative(
      fs::absolute(folder).lexically_normal());
  return !relative.empty() && *relative.begin() != "..";
}

/// The shortest name a person knows: modules/01_tensor/views.hpp, also for a copy of a submission.
std::string shown(const fs::path& file, const fs::path& root, const fs::path& modules) {
  const fs::path base = is_below(file, modules) ? modules.parent_path() : root;
  if (!is_below(file, base)) return file.generic_string();
  return fs::absolute(file)
      .lexically_normal()
      .lexically_relative(fs::absolute(base).lexically_normal())
      .generic_string();
}

/// g++ shows "   77 |   text", clang the text alone; both after the message.
std::string source_line(const std::vector<std::string>& lines, const Report& report) {
  if (report.at + 1 >= lines.size()) return {};
  std::string_view next = lines[report.at + 1];
  const std::size_t bar = next.find('|');
  const std::string number = std::to_string(report.line);
  if (bar != next.npos && trim(next.substr(0, bar)) == number)
    return std::string(trim(next.substr(bar + 1)));
  if (report.at + 2 < lines.size() && lines[report.at + 2].find('^') != std::string::npos)
    return std::string(trim(next));
  return {};
}

std::string straight_quotes(std::string text) {
  for (const std::string_view quote : {"\u2018", "\u2019"}) {
    for (std::size_t at = text.find(quote); at != text.npos; at = text.find(quote))
      text.replace(at, quote.size(), "'");
  }
  return text;
}

/// An error in a library's or a test's file is often caused from a line of the student, named in
/// the lines around it
/// ("required from here", "in instantiation of"). Looks there, up to the next error.
const Report* cause_of(const std::vector<Report>& reports, std::size_t error,
                       const fs::path& modules) {
  for (std::size_t i = error; i-- > 0 && !reports[i].is_error;) {
    if (is_below(reports[i].file, modules)) return &reports[i];
  }
  for (std::size_t i = error + 1; i < reports.size() && !reports[i].is_error; ++i) {
    if (is_below(reports[i].file, modules) &&
        reports[i].words.find("required from") != std::string::npos) {
      return &reports[i];
    }
  }
  return nullptr;
}

}  // namespace

CompileDigest digest_compile_log(const std::string& log, const fs::path& root,
                                 const fs::path& student_dir) {
  const fs::path modules = student_dir.parent_path();
  const std::vector<std::string> lines = split_lines(straight_quotes(clean_text(log, 128 << 10)));
  CompileDigest digest;
  std::vector<Report> reports;
  std::string loose_error;  // the linker's, or the driver's
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (auto report = parse_report(lines[i])) {
      report->at = i;
      digest.errors += report->is_error;
      reports.push_back(std::move(*report));
    } else if (const auto at = lines[i].find("error: "); at != std::string::npos) {
      ++digest.errors;
      if (loose_error.empty()) loose_error = lines[i].substr(at + 7);
    } else if (loose_error.empty() && lines[i].find("undefined reference") != std::string::npos) {
      ++digest.errors;
      loose_error = lines[i].substr(lines[i].find("undefined reference"));
    }
  }
  const Report* error = nullptr;
  const Report* place = nullptr;
  for (std::size_t i = 0; i < reports.size() && place == nullptr; ++i) {
    if (!reports[i].is_error) continue;
    if (error == nullptr) error = &reports[i];
    const Report* cause =
        is_below(reports[i].file, modules) ? &reports[i] : cause_of(reports, i, modules);
    if (cause != nullptr) {
      error = &reports[i];
      place = cause;
    }
  }
  if (place == nullptr) place = error;
  if (error != nullptr) {
    digest.file = shown(place->file, root, modules);
    digest.line = place->line;
    digest.column = place->column;
    digest.error = clean_text(error->words, error_limit);
    digest.source_line = source_line(lines, *place);
  } else {
    digest.error = clean_text(loose_error.empty() && !lines.empty() ? lines.front() : loose_error,
                              error_limit);
  }
  for (const Explanation& known : explanations) {
    if (digest.error.find(known.sign) == std::string::npos) continue;
    digest.explanation = known.words;
    break;
  }
  return digest;
}

}  // namespace grader
