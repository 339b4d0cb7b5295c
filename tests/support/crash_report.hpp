// tests / crash_report.hpp: a last line on file descriptor 3 when a signal ends the test.
//
//   {"event":"signal","signal":11,"stack_overflow":false,"todo":"","frames":["0x4051aa",...]}
// Signals: those that a wrong program earns, and two that the runner sends or arranges: SIGALRM
// (wall clock) and SIGXCPU (CPU time). todo is the blank that was reached before, if one was
// (thrown where nobody may throw, it ends the program). frames are addresses in the executable,
// innermost first, callers already stepped back into their call instruction, so that `addr2line
// -Cfipe` on a program linked with -no-pie names each line. Everything here runs in a signal
// handler: no allocation, no locks, no stdio.
#pragma once
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace tt_test {

inline constexpr int record_fd = 3;
inline bool reporting = false;                    // report_crashes() has run
inline const char* (*reached_blank)() = nullptr;  // "01.2", or "" while none was
inline constexpr int reported_signals[] = {SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,
                                           SIGABRT, SIGALRM, SIGXCPU, SIGTERM};

inline bool record_pipe_is_open() { return fcntl(record_fd, F_GETFD) != -1; }

inline void write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t done = write(fd, data, size);
    if (done <= 0) return;
    data += done;
    size -= static_cast<std::size_t>(done);
  }
}

namespace detail {

/// One line, composed in a fixed buffer.
class Line {
 public:
  void text(const char* words) {
    while (*words != '\0' && used_ < sizeof(buffer_)) buffer_[used_++] = *words++;
  }
  void number(std::uintptr_t value, unsigned base) {
    char digits[24];
    int n = 0;
    do {
      digits[n++] = "0123456789abcdef"[value % base];
      value /= base;
    } while (value != 0);
    while (n > 0 && used_ < sizeof(buffer_)) buffer_[used_++] = digits[--n];
  }
  void send() { write_all(record_fd, buffer_, used_); }

 private:
  char buffer_[4096];
  std::size_t used_ = 0;
};

struct Place {
  std::uintptr_t pc = 0, sp = 0;
};

inline Place place_of(void* context) {
  const auto* machine = &static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return {static_cast<std::uintptr_t>(machine->gregs[REG_RIP]),
          static_cast<std::uintptr_t>(machine->gregs[REG_RSP])};
#elif defined(__aarch64__)
  return {machine->pc, machine->sp};
#else
  (void)machine;
  return {};
#endif
}

/// A fault this close to the stack pointer is a stack that grew past its end.
inline bool is_stack_overflow(int signal, std::uintptr_t address, std::uintptr_t sp) {
  constexpr std::uintptr_t reach = 64 << 10;
  return signal == SIGSEGV && sp != 0 && address + reach > sp && address < sp + reach;
}

[[noreturn]] inline void on_signal(int signal, siginfo_t* info, void* context) {
  static volatile sig_atomic_t entered = 0;
  const bool again = entered != 0;
  entered = 1;
  const Place place = place_of(context);
  Line line;
  line.text("{\"event\":\"signal\",\"signal\":");
  line.number(static_cast<std::uintptr_t>(signal), 10);
  line.text(",\"stack_overflow\":");
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  line.text(is_stack_overflow(signal, address, place.sp) ? "true" : "false");
  line.text(",\"todo\":\"");
  line.text(reached_blank != nullptr ? reached_blank() : "");
  line.text("\",\"frames\":[\"0x");
  line.number(place.pc, 16);
  line.text("\"");
  if (!again) {  // walking a damaged stack may fault again: then the one address must do
    constexpr int limit = 64;
    void* frames[limit];
    const int count = backtrace(frames, limit);
    int first = 2;  // this handler and the kernel's return from it
    for (int i = 0; i < count; ++i) {
      if (reinterpret_cast<std::uintptr_t>(frames[i]) == place.pc) first = i + 1;
    }
    for (int i = first; i < count; ++i) {
      line.text(",\"0x");
      line.number(reinterpret_cast<std::uintptr_t>(frames[i]) - 1, 16);
      line.text("\"");
    }
  }
  line.text("]}\n");
  line.send();
  _exit(128 + signal);
}

}  // namespace detail

/// Call once, before the test starts.
inline void report_crashes() {
  void* warm_up[2];
  backtrace(warm_up, 2);  // loads the unwinder now: it must not be loaded inside the handler

  constexpr std::size_t stack_size = 256
                                     << 10;  // a stack that overflowed cannot hold its own report
  stack_t stack{};
  stack.ss_size = stack_size;
  stack.ss_sp =
      mmap(nullptr, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack.ss_sp != MAP_FAILED) sigaltstack(&stack, nullptr);

  struct sigaction action {};
  action.sa_sigaction = detail::on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (const int signal : reported_signals) sigaction(signal, &action, nullptr);
  reporting = true;
}

}  // namespace tt_test
