#include "course.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "files.hpp"

namespace grader {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// One value of the manifest together with its path in it, so that a message can name the place.
class Field {
 public:
  Field(const json& value, std::string path) : value_(&value), path_(std::move(path)) {}

  Field operator[](const std::string& key) const {
    expect(value_->is_object(), "an object");
    if (!value_->contains(key)) fail("expects a field \"" + key + "\"");
    return {value_->at(key), path_ + "." + key};
  }
  bool has(const std::string& key) const { return value_->is_object() && value_->contains(key); }

  std::vector<Field> items() const {
    expect(value_->is_array(), "a list");
    std::vector<Field> fields;
    for (std::size_t i = 0; i < value_->size(); ++i) {
      fields.emplace_back((*value_)[i], path_ + "[" + std::to_string(i) + "]");
    }
    return fields;
  }
  std::string text() const {
    expect(value_->is_string() && !value_->get_ref<const std::string&>().empty(),
           "a text that is not empty");
    return value_->get<std::string>();
  }
  int count() const {
    expect(value_->is_number_unsigned(), "a whole number from 0 on");
    return value_->get<int>();
  }
  double number() const {
    expect(value_->is_number(), "a number");
    return value_->get<double>();
  }
  bool flag() const {
    expect(value_->is_boolean(), "true or false");
    return value_->get<bool>();
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (const Field& item : items()) result.push_back(item.text());
    return result;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw UsageError("modules/course.json: " + path_ + " " + what);
  }
  void expect(bool ok, const std::string& what) const {
    if (!ok) fail("expects " + what + ", got " + value_->dump().substr(0, 60));
  }

 private:
  const json* value_;
  std::string path_;
};

Blank read_blank(const Field& field, const std::string& module_id) {
  Blank blank;
  blank.id = field["id"].text();
  field["id"].expect(blank.id.substr(0, 3) == module_id.substr(0, 2) + ".",
                     "an id that starts with " + module_id.substr(0, 2) + ".");
  blank.function = field["function"].text();
  blank.points = field["points"].count();
  const std::string role = field["role"].text();
  field["role"].expect(role == "core" || role == "stretch", "\"core\" or \"stretch\"");
  blank.stretch = role == "stretch";
  blank.hints = field["hints"].texts();
  return blank;
}

Module read_module(const Field& field) {
  Module module;
  module.id = field["id"].text();
  module.slug = field["slug"].text();
  field["id"].expect(module.id.size() > 3 &&
                         std::isdigit(static_cast<unsigned char>(module.id[0])) &&
                         std::isdigit(static_cast<unsigned char>(module.id[1])) &&
                         module.id.substr(2) == "_" + module.slug,
                     "two digits, _ and the slug, such as \"01_" + module.slug + "\"");
  module.title = field["title"].text();
  module.header = field["header"].text();
  module.needs = field["needs"].texts();
  module.hours = field["hours"].number();
  module.regression_points = field["regression_points"].count();
  if (field.has("planned")) module.planned = field["planned"].flag();
  if (field.has("milestone")) module.milestone = field["milestone"].text();
  if (field.has("blanks")) {
    for (const Field& blank : field["blanks"].items())
      module.blanks.push_back(read_blank(blank, module.id));
  }
  return module;
}

Milestone read_milestone(const Field& field) {
  Milestone milestone{field["id"].text(), field["slug"].text(), field["folder"].text(),
                      field["title"].text(), field["needs"].texts(), {}};
  if (field.has("needs_blanks")) milestone.needs_blanks = field["needs_blanks"].texts();
  return milestone;
}

/// Each id once, and no reference to a module or milestone that does not exist.
void check_references(const Course& course) {
  const auto fail = [](const std::string& what) {
    throw UsageError("modules/course.json: " + what);
  };
  std::set<std::string> modules, blanks, milestones;
  for (const Milestone& milestone : course.milestones) {
    if (!milestones.insert(milestone.id).second)
      fail("milestone " + milestone.id + " stands there twice");
  }
  for (const Module& module : course.modules) {
    if (!modules.insert(module.id).second) fail("module " + module.id + " stands there twice");
    if (!module.milestone.empty() && !milestones.count(module.milestone)) {
      fail(module.id + " unlocks milestone " + module.milestone + ", which is not listed");
    }
    for (const Blank& blank : module.blanks) {
      if (!blanks.insert(blank.id).second) fail("blank " + blank.id + " stands there twice");
    }
  }
  const auto check_needs = [&](const std::string& who, const std::vector<std::string>& needs) {
    for (const std::string& need : needs) {
      if (!modules.count(need)) fail(who + " needs " + need + ", which is no module");
    }
  };
  for (const Module& module : course.modules) check_needs(module.id, module.needs);
  for (const Milestone& milestone : course.milestones) {
    check_needs(milestone.id, milestone.needs);
    for (const std::string& blank : milestone.needs_blanks) {
      if (!blanks.count(blank)) fail(milestone.id + " needs " + blank + ", which is no blank");
    }
  }
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

}  // namespace

int Module::number() const { return std::stoi(id.substr(0, 2)); }

int Module::max_points() const {
  int points = regression_points;
  for (const Blank& blank : blanks) points += blank.stretch ? 0 : blank.points;
  return points;
}

const Blank* Module::find_blank(std::string_view blank_id) const {
  for (const Blank& blank : blanks) {
    if (blank.id == blank_id) return &blank;
  }
  return nullptr;
}

Course Course::load(const fs::path& root) {
  json document;
  try {
    document = json::parse(read_text(root / "modules" / "course.json"));
  } catch (const json::parse_error& error) {
    throw UsageError("modules/course.json: is not JSON: " + std::string(error.what()));
  }
  const Field top(document, "course");
  top["schema"].expect(top["schema"].text() == "tinytorch.course/1", "\"tinytorch.course/1\"");
  Course course;
  course.root = root;
  course.name = top["name"].text();
  course.integration_percent = top["marks"]["integration_percent"].count();
  for (const Field& field : top["modules"].items()) course.modules.push_back(read_module(field));
  for (const Field& field : top["milestones"].items())
    course.milestones.push_back(read_milestone(field));
  check_references(course);
  return course;
}

std::vector<const Module*> Course::available() const {
  std::vector<const Module*> result;
  for (const Module& module : modules) {
    if (!module.planned) result.push_back(&module);
  }
  return result;
}

const Module& Course::module(std::string_view wanted) const {
  std::string listed;
  for (const Module& module : modules) {
    const bool same_number = is_number(wanted) && wanted.size() <= 2 &&
                             std::stoi(std::string(wanted)) == module.number();
    if (wanted == module.id || wanted == module.slug || same_number) return module;
    listed += (listed.empty() ? "" : ", ") + module.id;
  }
  throw UsageError("no module '" + std::string(wanted) + "'; there are " + listed);
}

const Module& Course::module_of_blank(std::string_view blank_id) const {
  for (const Module& module : modules) {
    if (module.find_blank(blank_id)) return module;
  }
  throw UsageError("no blank '" + std::string(blank_id) +
                   "'; tito status lists the modules, tito test NN its blanks");
}

std::vector<const Module*> Course::select(std::string_view range) const {
  if (trim(range).empty()) return available();
  std::set<std::string> chosen;
  const auto want_one = [&](std::string_view part) {
    const Module& one = module(trim(part));
    if (one.planned) throw UsageError("module " + one.id + " is planned, not there yet");
    chosen.insert(one.id);
  };
  for (std::string_view rest = range; !rest.empty();) {
    const auto comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    const auto dash = part.find('-');
    if (dash == part.npos) {
      want_one(part);
      continue;
    }
    const int first = module(trim(part.substr(0, dash))).number();
    const int last = module(trim(part.substr(dash + 1))).number();
    if (first > last) {
      throw UsageError("modules '" + std::string(part) +
                       "': expects the lower number first, such as 01-03");
    }
    for (const Module* one : available()) {
      if (first <= one->number() && one->number() <= last) chosen.insert(one->id);
    }
  }
  std::vector<const Module*> result;
  for (const Module* one : available()) {
    if (chosen.count(one->id)) result.push_back(one);
  }
  return result;
}

fs::path Course::student_dir(const Module& m) const { return root / "modules" / m.id; }
fs::path Course::solution_dir(const Module& m) const { return root / "solutions" / m.id; }

}  // namespace grader
