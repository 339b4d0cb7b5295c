// What a class summary is made from: a roster, and a folder of results.
#include <algorithm>
#include <cctype>
#include <set>

#include "export/class_summary.hpp"
#include "export/csv_read.hpp"
#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// The column of that name, or none; "SIS Login ID" is sis_login_id.
std::size_t column(const std::vector<std::string>& head, const std::string& name) {
  const auto same = [&](std::string word) {
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return c == ' ' ? '_' : std::tolower(c); });
    return trim(word) == name;
  };
  return static_cast<std::size_t>(std::find_if(head.begin(), head.end(), same) - head.begin());
}

}  // namespace

std::vector<RosterEntry> read_roster(const fs::path& file) {
  const auto rows = parse_csv(read_text(file));
  const std::vector<std::string> head = rows.empty() ? std::vector<std::string>{} : rows.front();
  const std::size_t id = column(head, "id");
  if (id == head.size())
    throw UsageError("roster " + file.generic_string() +
                     ": expects a first line with a column id, got none");
  const std::size_t others[] = {column(head, "name"), column(head, "canvas_id"),
                                column(head, "sis_user_id"), column(head, "sis_login_id"),
                                column(head, "section")};
  std::vector<RosterEntry> roster;
  std::set<std::string> seen;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto cell = [&](std::size_t at) {
      return at < rows[i].size() ? clean_text(trim(rows[i][at]), 300) : std::string();
    };
    RosterEntry entry{cell(id),        cell(others[0]), cell(others[1]),
                      cell(others[2]), cell(others[3]), cell(others[4])};
    if (entry.id.empty() || !seen.insert(entry.id).second)
      throw UsageError("roster " + file.generic_string() +
                       ": expects an id of its own in each row, got '" + entry.id + "' in row " +
                       std::to_string(i + 1));
    roster.push_back(std::move(entry));
  }
  return roster;
}

std::vector<StudentResult> read_results(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw UsageError("summary: expects a folder of results, got " + folder.generic_string());
  std::vector<StudentResult> results;
  for (const fs::path& file : list_files(folder, ".json")) {
    StudentResult student;
    student.id = clean_text(file.stem().string(), 300);
    try {
      student.result = read_result(file);
    } catch (const UsageError& error) {
      student.error = clean_text(error.what(), 1000);
    }
    results.push_back(std::move(student));
  }
  return results;
}

}  // namespace grader
