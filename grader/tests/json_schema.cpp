#include "json_schema.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <stdexcept>

namespace tt_test {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  throw std::runtime_error("the schema names a type that this validator does not know: " + type);
}

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void check(const json& schema, const json& value, const std::string& path) {
    static const std::set<std::string> notes = {"$schema", "$id", "title", "description", "$defs"};
    for (const auto& [keyword, rule] : schema.items()) {
      if (notes.count(keyword) == 0) apply(keyword, rule, schema, value, path);
    }
  }

  std::vector<std::string> errors;

 private:
  void expect(bool ok, const std::string& path, const std::string& what) {
    if (!ok) errors.push_back((path.empty() ? "/" : path) + ": " + what);
  }

  bool holds(const json& schema, const json& value) {
    Validator inner(root_);
    inner.check(schema, value, "");
    return inner.errors.empty();
  }

  void apply(const std::string& keyword, const json& rule, const json& schema, const json& value,
             const std::string& path) {
    if (keyword == "$ref") {
      check(root_.at(json::json_pointer(rule.get<std::string>().substr(1))), value, path);
    } else if (keyword == "type") {
      const auto is = [&](const json& type) { return has_type(value, type.get<std::string>()); };
      expect(rule.is_array() ? std::any_of(rule.begin(), rule.end(), is) : is(rule), path,
             "expects type " + rule.dump());
    } else if (keyword == "const") {
      expect(value == rule, path, "expects " + rule.dump() + ", got " + value.dump());
    } else if (keyword == "enum") {
      expect(std::find(rule.begin(), rule.end(), value) != rule.end(), path,
             value.dump() + " is not one of the values");
    } else if (keyword == "required") {
      for (const json& name : rule) {
        if (value.is_object()) expect(value.contains(name), path, "lacks " + name.dump());
      }
    } else if (keyword == "properties") {
      for (const auto& [name, sub] : rule.items()) {
        if (value.is_object() && value.contains(name)) check(sub, value[name], path + "/" + name);
      }
    } else if (keyword == "additionalProperties") {
      if (!value.is_object() || rule != false) return;
      for (const auto& [name, unused] : value.items()) {
        expect(schema.at("properties").contains(name), path, "must not have \"" + name + "\"");
      }
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
        check(rule, value[i], path + "/" + std::to_string(i));
    } else if (keyword == "anyOf") {
      expect(std::any_of(rule.begin(), rule.end(),
                         [&](const json& option) { return holds(option, value); }),
             path, "none of anyOf holds");
    } else if (keyword == "not") {
      expect(!holds(rule, value), path, "must not be like this: " + rule.dump());
    } else if (keyword == "pattern") {
      if (value.is_string())
        expect(std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())),
               path, "expects the pattern " + rule.dump());
    } else if (keyword == "minItems") {
      if (value.is_array()) expect(value.size() >= rule, path, "minItems is " + rule.dump());
    } else if (keyword == "minimum") {
      if (value.is_number()) expect(value >= rule, path, "expects at least " + rule.dump());
    } else if (keyword == "minLength" || keyword == "maxLength") {
      if (!value.is_string()) return;
      const auto size = value.get_ref<const std::string&>().size();
      expect(keyword == "minLength" ? size >= rule.get<std::size_t>()
                                    : size <= rule.get<std::size_t>(),
             path, keyword + " is " + rule.dump());
    } else {
      throw std::runtime_error("the schema has a keyword that this validator does not know: " +
                               keyword);
    }
  }

  const json& root_;
};

}  // namespace

std::vector<std::string> schema_errors(const json& schema, const json& value) {
  Validator validator(schema);
  validator.check(schema, value, "");
  return validator.errors;
}

}  // namespace tt_test
