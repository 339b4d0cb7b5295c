#include "record.hpp"

#include <nlohmann/json.hpp>

#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace {

using nlohmann::json;
constexpr std::size_t text_limit = 16 << 10;

void read_failure(const json& line, Record& record) {
  FailedAssertion failure;
  failure.file = clean_text(line.at("file").get<std::string>(), 500);
  failure.line = line.at("line").get<int>();
  failure.expression = clean_text(line.at("expression").get<std::string>(), text_limit);
  failure.expansion = clean_text(line.at("expansion").get<std::string>(), text_limit);
  record.failures.push_back(std::move(failure));
}

void read_end(const json& line, Record& record) {
  record.assertions = line.at("assertions").get<int>();
  record.failed = line.at("failed").get<int>();
  record.out_of_memory = line.at("out_of_memory").get<bool>();
  record.todo_blank = clean_text(line.at("todo").get<std::string>(), 20);
  record.todo_function = clean_text(line.at("todo_function").get<std::string>(), 100);
  record.leaked_bytes = line.at("leaked_bytes").get<std::uint64_t>();
  record.ended = true;
}

void read_signal(const json& line, Record& record) {
  record.signal = line.at("signal").get<int>();
  record.stack_overflow = line.at("stack_overflow").get<bool>();
  record.todo_blank = clean_text(line.at("todo").get<std::string>(), 20);
  for (const json& entry : line.at("frames")) {
    const std::string address = entry.get<std::string>();
    const bool is_hex = address.size() > 2 && address.starts_with("0x") &&
                        address.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
    if (is_hex) record.addresses.push_back(address);  // they become arguments of addr2line
  }
  record.signalled = true;
}

/// Reads each line into the record that `begin(name)` answered last.
template <class Begin>
void read_events(const std::string& text, Begin begin) {
  Record before_any;
  Record* record = &before_any;
  for (const std::string& raw : split_lines(text)) {
    try {
      const json line = json::parse(raw);
      const std::string event = line.at("event").get<std::string>();
      if (event == "begin") {
        record = &begin(line.at("name").get<std::string>());
        record->begun = true;
      }
      if (event == "failure") read_failure(line, *record);
      if (event == "end") read_end(line, *record);
      if (event == "signal") read_signal(line, *record);
    } catch (const json::exception&) {
      continue;
    }
  }
}

}  // namespace

Record parse_record(const std::string& text, const std::string& expected_name) {
  Record record;
  read_events(text, [&](const std::string& name) -> Record& {
    record.wrong_case = record.begun || name != expected_name;
    return record;
  });
  return record;
}

std::map<std::string, Record> parse_records(const std::string& text) {
  std::map<std::string, Record> records;
  read_events(text, [&](const std::string& name) -> Record& {
    Record& record = records[name];
    record.wrong_case = record.begun;  // twice
    return record;
  });
  return records;
}

}  // namespace grader
