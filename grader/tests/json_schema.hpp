// grader / tests / json_schema.hpp: as much of JSON Schema (2020-12) as our own schemas use.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tt_test {

/// What is wrong with `value`, one line each: "/modules/0/status: ...". Throws std::runtime_error
/// on a keyword of the schema that it does not know, so that no rule is skipped in silence.
std::vector<std::string> schema_errors(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace tt_test
