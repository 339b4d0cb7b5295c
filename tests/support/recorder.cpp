// tests / recorder.cpp: what happens in a test case, written to file descriptor 3.
//
//   {"event":"begin","name":"..."}
//   {"event":"failure","file":"...","line":12,"expression":"CHECK( a == b )","expansion":"1 == 2"}
//   {"event":"end","assertions":5,"failed":1,"out_of_memory":false,"todo":"01.2",
//    "todo_function":"...","todo_file":"...","todo_line":44,"leaked_bytes":0}
//   {"event":"signal", ...}                                          (crash_report.hpp)
// Only when TT_CASE names the case that is meant: a program started by hand, or in a debugger,
// records nothing and installs no signal handler. A program that starts another case than TT_CASE
// ends at once; with TT_CASE=* all that it runs are recorded, one after the other. Linked into every test program; with -DTT_CATCH_IMPLEMENTATION it brings Catch2's
// own code and main as well.
#ifdef TT_CATCH_IMPLEMENTATION
#define CATCH_CONFIG_MAIN
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#endif
#include "tt_catch.hpp"

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/memory.hpp>
#include <tinytorch/support/todo.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "crash_report.hpp"

#if TT_CATCH_MAJOR >= 3
using ListenerBase = Catch::EventListenerBase;
#else
using ListenerBase = Catch::TestEventListenerBase;
#endif

namespace {

constexpr int wrong_case_exit_code = 97;
constexpr std::size_t text_limit = 16 << 10;
constexpr int failure_limit = 50;

bool out_of_memory = false;

std::string quoted(const std::string& text) {
  static const char* const hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text.substr(0, text_limit)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20) {
      (((out += "\\u00") += hex[byte >> 4])) += hex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

void write_line(std::string line) {
  line += '\n';
  tt_test::write_all(tt_test::record_fd, line.data(), line.size());
}

/// What Catch2 knows about one failing assertion, in the words that its console report would use.
std::string words_for(const Catch::AssertionStats& stats) {
  const Catch::AssertionResult& result = stats.assertionResult;
  std::string text;
  switch (result.getResultType()) {
    case Catch::ResultWas::ThrewException:
      text = "unexpected exception: " + static_cast<std::string>(result.getMessage());
      break;
    case Catch::ResultWas::DidntThrowException:
      text = "expected an exception, but nothing was thrown";
      break;
    case Catch::ResultWas::ExplicitFailure:
      text = static_cast<std::string>(result.getMessage());
      break;
    default: text = result.hasExpandedExpression() ? result.getExpandedExpression() : std::string();
  }
  for (const Catch::MessageInfo& info : stats.infoMessages) {
    if (info.type != Catch::ResultWas::Info && info.type != Catch::ResultWas::Warning) continue;
    if (!text.empty()) text += '\n';
    text += info.message;
  }
  return text;
}

class Recorder : public ListenerBase {
 public:
  using ListenerBase::ListenerBase;

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    const char* meant = std::getenv("TT_CASE");
    recording_ = meant != nullptr && tt_test::record_pipe_is_open();
    if (!recording_) return;
    write_line("{\"event\":\"begin\",\"name\":" + quoted(info.name) + "}");
    if (info.name != meant && std::string("*") != meant) std::_Exit(wrong_case_exit_code);
    failures_ = 0;
    out_of_memory = false;
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // what was printed before a crash is not lost
    tt_test::reached_blank = [] { return tinytorch::todo_record().blank.c_str(); };
    tt_test::report_crashes();
    tinytorch::todo_record().reset();
    live_bytes_ = tinytorch::memory::stats().live_bytes;
  }

#if TT_CATCH_MAJOR >= 3
  void assertionEnded(const Catch::AssertionStats& stats) override { note(stats); }
#else
  bool assertionEnded(const Catch::AssertionStats& stats) override {
    note(stats);
    return true;
  }
#endif

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    if (!recording_) return;
    const tinytorch::TodoRecord& todo = tinytorch::todo_record();
    const auto live = tinytorch::memory::stats().live_bytes;
    const auto& counts = stats.totals.assertions;
    write_line(
        "{\"event\":\"end\",\"assertions\":" + std::to_string(counts.passed + counts.failed) +
        ",\"failed\":" + std::to_string(counts.failed) + ",\"out_of_memory\":" +
        (out_of_memory ? "true" : "false") + ",\"todo\":" + quoted(todo.hit ? todo.blank : "") +
        ",\"todo_function\":" + quoted(todo.function) + ",\"todo_file\":" + quoted(todo.file) +
        ",\"todo_line\":" + std::to_string(todo.line) +
        ",\"leaked_bytes\":" + std::to_string(live > live_bytes_ ? live - live_bytes_ : 0) + "}");
  }

 private:
  void note(const Catch::AssertionStats& stats) {
    if (!recording_ || stats.assertionResult.isOk() || ++failures_ > failure_limit) return;
    const Catch::SourceLineInfo where = stats.assertionResult.getSourceInfo();
    write_line("{\"event\":\"failure\",\"file\":" + quoted(where.file) +
               ",\"line\":" + std::to_string(where.line) + ",\"expression\":" +
               quoted(static_cast<std::string>(stats.assertionResult.getExpressionInMacro())) +
               ",\"expansion\":" + quoted(words_for(stats)) + "}");
  }

  bool recording_ = false;
  int failures_ = 0;
  std::uint64_t live_bytes_ = 0;
};

}  // namespace

CATCH_REGISTER_LISTENER(Recorder)

CATCH_TRANSLATE_EXCEPTION(std::bad_alloc& error) {
  out_of_memory = true;
  return std::string("out of memory (") + error.what() + ")";
}

CATCH_TRANSLATE_EXCEPTION(tinytorch::MemoryError& error) {
  out_of_memory = true;
  return std::string(error.what());
}

// Catch2 installs handlers of its own around every test body, and they would lose the address of
// the fault. The programs are linked with -Wl,--wrap=sigaction, which sends every call here; ours,
// once installed, stay.
extern "C" int __real_sigaction(int, const struct sigaction*, struct sigaction*);
extern "C" int __wrap_sigaction(int, const struct sigaction*, struct sigaction*);
extern "C" int __wrap_sigaction(int signal, const struct sigaction* action, struct sigaction* old) {
  bool ours = false;
  for (const int reported : tt_test::reported_signals) ours = ours || signal == reported;
  return __real_sigaction(signal, tt_test::reporting && ours ? nullptr : action, old);
}
